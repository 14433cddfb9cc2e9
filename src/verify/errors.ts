/** What keeps the verifier from working at all. What a tenant answers is never an error but a verdict. */

import { ERROR_CODES, type ErrorCode } from "../error-codes.ts";
import { type ErrorDetails, PingAgentsError } from "../errors.ts";

/** The verifier cannot work: the message never holds a secret or a token. */
export class VerifyError extends PingAgentsError {
  override readonly name = "VerifyError";
  declare readonly code: ErrorCode<"The verifier">;

  /** @param details what to do next. @default what the table of codes says */
  constructor(code: ErrorCode<"The verifier">, what: string, details?: ErrorDetails) {
    super(code, what, { hint: ERROR_CODES["The verifier"][code][1], ...details });
  }

  /** What happened in one line, for a row or a note among others. */
  get line(): string {
    return `${this.code}: ${this.what}`;
  }
}

/** The tenant is rate-limited or down at the moment: a case that meets it is inconclusive. */
export class Busy extends VerifyError {
  constructor(what: string) {
    super("ERR_VERIFY_BUSY", what);
  }
}

/** A case that proves nothing, with what is missing: it counts as inconclusive. */
export class Unprovable extends Error {
  override readonly name = "Unprovable";
  /** What came back instead of an answer. */
  readonly got: string;

  constructor(message: string, got = "not run") {
    super(message);
    this.got = got;
  }
}
