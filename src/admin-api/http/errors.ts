/** The typed error of everything that talks to a tenant. Built only from redacted text: nothing secret can be reached from it. */
import { type ErrorDetails, PingAgentsError } from "../../errors.ts";

/**
 * Every code that `src/admin-api` throws. Codes are stable: branch on them, not on messages.
 *
 * | Code | Means |
 * | --- | --- |
 * | `ERR_API_UNREACHABLE` | no connection: name not resolved, refused, dropped, certificate not trusted |
 * | `ERR_API_TIMEOUT` | no answer within the deadline, or 408 |
 * | `ERR_API_OUTAGE` | 502, 503, 504, or an answer that is not JSON (a gateway's HTML page) |
 * | `ERR_API_RATE_LIMITED` | 429 |
 * | `ERR_API_UNAUTHENTICATED` | 401, or the token endpoint did not accept the account or its key |
 * | `ERR_API_FORBIDDEN` | 403 that is not a policy failure, or a scope that the account was not granted |
 * | `ERR_API_UNKNOWN_ENDPOINT` | PingOne's gateway has no such path or method, which it says with 403 (pingone §3.6) |
 * | `ERR_API_VALIDATION` | the tenant refused a value: AM 400 or 500, IDM 403 with `failedPolicyRequirements`, PingOne 400 `INVALID_DATA`, 422 |
 * | `ERR_API_NOT_FOUND` | 404 where absence is not an answer |
 * | `ERR_API_CONFLICT` | 409, 400 "already exists", or PingOne's `UNIQUENESS_VIOLATION` |
 * | `ERR_API_PRECONDITION` | 412: `If-None-Match: *` met an existing object |
 * | `ERR_API_BAD_REQUEST` | any other 4xx, or an id that cannot stand in a URL |
 * | `ERR_API_UNEXPECTED` | any other 5xx, a redirect, an answer of a shape that the contract does not know |
 * | `ERR_INSECURE_TENANT_URL` | plain `http:` to a host that is not loopback |
 * | `ERR_SETTING_MISSING` | a setting is neither in the environment nor in the stack configuration |
 * | `ERR_SETTING_INVALID` | a setting is there but cannot be used, e.g. a malformed key |
 */
export type AdminApiErrorCode =
  | "ERR_API_UNREACHABLE"
  | "ERR_API_TIMEOUT"
  | "ERR_API_OUTAGE"
  | "ERR_API_RATE_LIMITED"
  | "ERR_API_UNAUTHENTICATED"
  | "ERR_API_FORBIDDEN"
  | "ERR_API_UNKNOWN_ENDPOINT"
  | "ERR_API_VALIDATION"
  | "ERR_API_NOT_FOUND"
  | "ERR_API_CONFLICT"
  | "ERR_API_PRECONDITION"
  | "ERR_API_BAD_REQUEST"
  | "ERR_API_UNEXPECTED"
  | "ERR_INSECURE_TENANT_URL"
  | "ERR_SETTING_MISSING"
  | "ERR_SETTING_INVALID";

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

/** A call to a tenant failed, or could not be made. */
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
