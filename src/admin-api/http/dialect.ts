/** How a platform words its errors: what `failures.ts` must know to say what happened and what to do next. */
import type { AdminApiErrorCode, PolicyFailure } from "./errors.ts";

/** What an error may tell about the call that failed. */
export type CallFacts = {
  readonly method: string;
  /** Path and `_action`; other query parameters are left out, they can hold personal data. */
  readonly path: string;
  readonly tenant: string;
  /** How often the call was sent by now. */
  readonly attempts: number;
  /** Names of the top-level members of the request body. */
  readonly sentMembers: readonly string[];
};

/** An answer with an error status, as a dialect gets it. */
export type Refused = {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The JSON object of the body; empty when there was none. */
  readonly answer: Readonly<Record<string, unknown>>;
  readonly call: CallFacts;
};

/** What an answer means. All texts are redacted. */
export type Reading = {
  readonly code: AdminApiErrorCode;
  /** The server's word for the status, e.g. `Forbidden` or `INVALID_DATA`; empty when it has none. */
  readonly reason: string;
  /** What the server says went wrong; empty texts are left out. */
  readonly causes: readonly string[];
  readonly policyFailures?: readonly PolicyFailure[];
};

/** How one platform speaks. */
export type Dialect = {
  /** What the server is, for messages. @default "tenant" */
  readonly server?: "tenant" | "forge";
  /** Header of an answer that finds the call in the tenant's logs; lower case. */
  readonly transactionHeader: string;
  /** Setting that holds the address, for messages. */
  readonly addressSetting: string;
  /** What to do next, by code. */
  readonly hints: Readonly<Partial<Record<AdminApiErrorCode, string>>>;
  readonly read: (refused: Refused) => Reading;
  /** Statuses that a repetition can heal, beside 408, 429, 502, 503 and 504. @default none */
  readonly transient?: readonly number[];
  /** Whether a 404 is the server's own. A gateway that has lost its way to the server says it, too, and means no object. */
  readonly isOwn404: (refused: Pick<Refused, "answer" | "call">) => boolean;
};

/** The code for a status when the body says nothing better (RFC 9110 §15). */
export function codeOfStatus(status: number): AdminApiErrorCode {
  if (status === 401) return "ERR_API_UNAUTHENTICATED";
  if (status === 403) return "ERR_API_FORBIDDEN";
  if (status === 404) return "ERR_API_NOT_FOUND";
  if (status === 408) return "ERR_API_TIMEOUT";
  if (status === 409) return "ERR_API_CONFLICT";
  if (status === 412) return "ERR_API_PRECONDITION";
  if (status === 422) return "ERR_API_VALIDATION";
  if (status === 429) return "ERR_API_RATE_LIMITED";
  if ([502, 503, 504].includes(status)) return "ERR_API_OUTAGE";
  return status < 500 ? "ERR_API_BAD_REQUEST" : "ERR_API_UNEXPECTED";
}

/** What every platform hints at in the same words. */
export const COMMON_HINTS: Dialect["hints"] = {
  ERR_API_TIMEOUT: "run the command again; if it stays, the tenant is overloaded or the network drops packets",
  ERR_API_RATE_LIMITED: "wait, then run the command again with a lower --parallel",
  ERR_API_VALIDATION: "correct the value in the declaration",
  ERR_API_PRECONDITION: "look at the object that exists or was changed meanwhile, then run the command again",
};
