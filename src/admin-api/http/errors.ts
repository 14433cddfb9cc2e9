/** The typed error of everything that talks to a tenant. Built only from redacted text: nothing secret can be reached from it. */
import type { ErrorCode } from "../../error-codes.ts";
import { type ErrorDetails, PingAgentsError } from "../../errors.ts";

/** The codes that {@link AdminApiError} has. */
export type AdminApiErrorCode = ErrorCode<"Calls to a tenant">;

/** One property that was refused, e.g. `{ property: "name", requirements: ["UNIQUE"] }`; requirements are IDM's policies or PingOne's codes. */
export type PolicyFailure = { readonly property: string; readonly requirements: readonly string[] };

/** Options of {@link AdminApiError}. There is no `cause`: an HTTP library's error holds the request, secrets included. */
export type AdminApiErrorDetails = Omit<ErrorDetails, "cause"> & {
  /** HTTP status, absent when there was no answer. */
  readonly status?: number | undefined;
  /** The answer's `x-forgerock-transactionid`, PingOne: `Correlation-Id`. Finds the call in the tenant's logs. */
  readonly transactionId?: string | undefined;
  readonly policyFailures?: readonly PolicyFailure[] | undefined;
  /** How often the call was sent. Above 1, a conflict may be the trace of our own earlier attempt. */
  readonly attempts?: number | undefined;
};

/**
 * A call to a tenant failed, or could not be made.
 *
 * @example if (error instanceof AdminApiError && error.code === "ERR_API_RATE_LIMITED") await later();
 */
export class AdminApiError extends PingAgentsError {
  override readonly name = "AdminApiError";
  declare readonly code: AdminApiErrorCode;
  readonly status: number | undefined;
  readonly transactionId: string | undefined;
  readonly policyFailures: readonly PolicyFailure[];
  readonly attempts: number;

  constructor(code: AdminApiErrorCode, what: string, details: AdminApiErrorDetails = {}) {
    super(code, what, { where: details.where, hint: details.hint });
    this.status = details.status;
    this.transactionId = details.transactionId;
    this.policyFailures = details.policyFailures ?? [];
    this.attempts = details.attempts ?? 1;
  }
}
