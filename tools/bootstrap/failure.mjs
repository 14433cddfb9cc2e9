// Errors that a user is meant to read: the message is the whole story, without a stack.

/** Something the user can put right. `message` says what happened and what to do next. */
export class Failure extends Error {
  /** @param {string} message */
  constructor(message) {
    super(withoutPasswords(message));
    this.name = "Failure";
  }
}

/**
 * Ends the process with exit code 1 and the error's message; with its stack if the error is nobody's intention.
 *
 * @param {unknown} error
 */
export function failWith(error) {
  console.error(error instanceof Failure ? error.message : error);
  process.exit(1);
}

/**
 * Hides user and password in the URLs of a text: registries, proxies and backends may have them.
 *
 * @param {string} text
 */
export function withoutPasswords(text) {
  return text.replace(/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/?#"'<>]*@/gi, "$1***@");
}
