/** What keeps the verifier from working at all. What a tenant answers is never an error but a verdict. */

/** `code` is stable and starts with `ERR_VERIFY_`; the message says what to do next and never holds a secret or a token. */
export class VerifyError extends Error {
  override readonly name = "VerifyError";
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(`${code}: ${message}`, options);
    this.code = code;
  }
}

/** A case that cannot be run, with what is missing: it counts as inconclusive. */
export class Unprovable extends Error {
  override readonly name = "Unprovable";
}
