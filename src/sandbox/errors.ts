/** What goes wrong in the local tenant: answers that are errors, things it does not serve, and failures to start. */

/** A failure of the sandbox itself, outside of any request. */
export class SandboxError extends Error {
  override readonly name: string = "SandboxError";
  /** Stable, starts with `ERR_SANDBOX_`. */
  readonly code: string;
  /** What happened, without the code. */
  readonly what: string;

  constructor(code: string, what: string, options?: ErrorOptions) {
    super(`${code}: ${what}`, options);
    this.code = code;
    this.what = what;
  }
}

/** Reason phrases as the tenant writes them (aic §1.4). */
const REASONS: Record<number, string> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  409: "Conflict",
  412: "Precondition Failed",
  500: "Internal Server Error",
  501: "Not Implemented",
};

/** An error that is the answer of a request. Each server of the tenant writes its body in its own dialect. */
export class ApiError extends Error {
  readonly status: number;
  /** `code` in the body where it is not the HTTP status (ENV 422 has 606). */
  readonly bodyCode: number;
  readonly detail: unknown;
  readonly headers: Record<string, string>;

  constructor(
    status: number,
    message: string,
    options: { code?: number; detail?: unknown; headers?: Record<string, string> } = {},
  ) {
    super(message);
    this.status = status;
    this.bodyCode = options.code ?? status;
    this.detail = options.detail;
    this.headers = options.headers ?? {};
  }

  get reason(): string {
    return REASONS[this.status] ?? "Error";
  }
}

/** Something whose behaviour on a tenant nobody has seen, or that this tenant does not serve: it fails closed, and says so. */
export class Gap extends ApiError {
  /** @param what what is not known, with the section of the contract where there is one */
  constructor(what: string) {
    super(501, `the sandbox does not serve this: ${what}`, { headers: { "x-sandbox-gap": "1" } });
  }
}
