/** Turns what went wrong on the wire into an {@link AdminApiError}, taking over only text that was redacted. */
import { AdminApiError, type AdminApiErrorCode, type PolicyFailure } from "./errors.ts";
import { redact } from "./redaction.ts";

/** What an error may tell about the call that failed. */
export type CallFacts = {
  readonly method: string;
  /** Path and `_action`; other query parameters are left out, they can hold personal data. */
  readonly path: string;
  readonly tenant: string;
  /** How often the call was sent by now. */
  readonly attempts: number;
  /** Secrets that the request carried, to be cut out of what the server echoes. */
  readonly secrets: readonly string[];
  /** Names of the top-level members of the request body. */
  readonly sentMembers: readonly string[];
};

/** A failed attempt: the error to throw unless the call is repeated, and whether repeating can help. */
export type Failure = { readonly error: AdminApiError; readonly transient: boolean };

type Facts = { readonly status?: number; readonly headers?: Readonly<Record<string, string>> };

const NEXT: Partial<Record<AdminApiErrorCode, string>> = {
  ERR_API_UNREACHABLE: "check AIC_TENANT_URL and the network, then run the command again",
  ERR_API_TIMEOUT: "run the command again; if it stays, the tenant is overloaded or the network drops packets",
  ERR_API_OUTAGE:
    "wait until the tenant answers (a restart takes minutes), check AIC_TENANT_URL, then run the command again",
  ERR_API_RATE_LIMITED: "wait, then run the command again with a lower --parallel",
  ERR_API_UNAUTHENTICATED:
    "check AIC_SERVICE_ACCOUNT_ID and AIC_SERVICE_ACCOUNT_KEY; the account must be active on this tenant",
  ERR_API_FORBIDDEN: "check that the tenant offers this operation and that the service account has the scope for it",
  ERR_API_VALIDATION: "correct the value in the declaration",
  ERR_API_NOT_FOUND: "check the name and the realm; for an object deleted outside run `pulumi refresh`",
  ERR_API_CONFLICT: "look at the object that exists, then adopt it or choose another id",
  ERR_API_PRECONDITION: "look at the object that exists or was changed meanwhile, then run the command again",
};

/** Faults that a repetition does not heal: the name is unknown, or the certificate is not trusted. */
const LASTING_NETWORK_FAULT = /^(?:ENOTFOUND|ERR_TLS|ERR_INVALID|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/;

/** No usable answer: the connection failed. `fault` is the system's code, e.g. `ECONNREFUSED`. */
export function networkFailure(call: CallFacts, fault: string): Failure {
  const error = failure(call, "ERR_API_UNREACHABLE", `found no connection: ${fault}`);
  return { error, transient: !LASTING_NETWORK_FAULT.test(fault) };
}

/** No answer within `deadlineMs` milliseconds. */
export function timeoutFailure(call: CallFacts, deadlineMs: number): Failure {
  const error = failure(call, "ERR_API_TIMEOUT", `had no complete answer after ${deadlineMs / 1_000} s`);
  return { error, transient: true };
}

/** The answer is not JSON, so it was not written by the server we asked but by something before it. */
export function outageFailure(call: CallFacts, facts: Facts, what: string): Failure {
  return { error: failure(call, "ERR_API_OUTAGE", `answered ${facts.status} with ${what}`, facts), transient: true };
}

/** The answer is well formed, but not what the contract says. */
export function unexpectedFailure(call: CallFacts, facts: Facts, what: string): Failure {
  const hint = "check that AIC_TENANT_URL is the tenant's own address; else report this with the transaction id";
  return {
    error: failure(call, "ERR_API_UNEXPECTED", `answered ${facts.status} ${what}`, facts, { hint }),
    transient: false,
  };
}

/** An answer with an error status. `body` is the parsed body, `undefined` when it was empty. */
export function statusFailure(call: CallFacts, facts: Required<Facts>, body: unknown): Failure {
  const { status } = facts;
  const answer = isRecord(body) ? body : {};
  const policyFailures = policyFailuresOf(answer.detail, call.secrets);
  const message = messageOf(answer, call.secrets);
  const code = codeOf(status, message, policyFailures.length > 0);
  const reason = typeof answer.reason === "string" ? ` ${redact(answer.reason, call.secrets)}` : "";
  const causes = [
    message,
    ...policyFailures.map(({ property, requirements }) => `${property}: ${requirements.join(", ")}`),
    unknownAttributes(answer.detail, call.sentMembers),
  ];
  const what = [`answered ${status}${reason}`, causes.filter(Boolean).join("; ")].filter(Boolean).join(": ");
  return {
    error: failure(call, code, what, facts, { policyFailures }),
    transient: status === 408 || status === 429 || code === "ERR_API_OUTAGE",
  };
}

function failure(
  { method, path, tenant, attempts }: CallFacts,
  code: AdminApiErrorCode,
  what: string,
  { status, headers }: Facts = {},
  more: { hint?: string; policyFailures?: readonly PolicyFailure[] } = {},
): AdminApiError {
  const transactionId = headers?.["x-forgerock-transactionid"];
  const notes = [attempts > 1 && `after ${attempts} attempts`, transactionId && `transaction ${transactionId}`];
  const inBrackets = notes.filter(Boolean).join(", ");
  return new AdminApiError(code, `${method} ${path} ${what}${inBrackets && ` (${inBrackets})`}`, {
    where: { tenant },
    hint: NEXT[code],
    status,
    transactionId,
    attempts,
    ...more,
  });
}

function codeOf(status: number, message: string, isPolicyFailure: boolean): AdminApiErrorCode {
  // IDM refuses values with 403, AM some with 500 (contract 1.4, 3.5): the text decides, not the status.
  const isValidation = /Data validation failed|Invalid attribute specified|Invalid config:|must include/.test(message);
  if (isPolicyFailure || status === 422 || (isValidation && [400, 500].includes(status))) return "ERR_API_VALIDATION";
  if (status === 409 || (status === 400 && /already exists/.test(message))) return "ERR_API_CONFLICT";
  if (status === 401) return "ERR_API_UNAUTHENTICATED";
  if (status === 403) return "ERR_API_FORBIDDEN";
  if (status === 404) return "ERR_API_NOT_FOUND";
  if (status === 408) return "ERR_API_TIMEOUT";
  if (status === 412) return "ERR_API_PRECONDITION";
  if (status === 429) return "ERR_API_RATE_LIMITED";
  if ([502, 503, 504].includes(status)) return "ERR_API_OUTAGE";
  return status < 500 ? "ERR_API_BAD_REQUEST" : "ERR_API_UNEXPECTED";
}

/** AM, IDM and the environment API say `message`, OAuth 2.0 endpoints `error` and `error_description` (RFC 6749 §5.2). */
function messageOf({ message, error, error_description }: Record<string, unknown>, secrets: readonly string[]): string {
  const texts = [message, error, error_description].filter((text) => typeof text === "string");
  return redact(texts.join(": "), secrets);
}

/** `detail` can hold the whole request (contract 1.1, unparsable bodies), so only names are taken from it. */
function policyFailuresOf(detail: unknown, secrets: readonly string[]): PolicyFailure[] {
  if (!isRecord(detail) || !Array.isArray(detail.failedPolicyRequirements)) return [];
  return detail.failedPolicyRequirements.filter(isRecord).map(({ property, policyRequirements }) => ({
    property: redact(String(property), secrets),
    requirements: (Array.isArray(policyRequirements) ? policyRequirements : [])
      .filter(isRecord)
      .map(({ policyRequirement }) => redact(String(policyRequirement), secrets)),
  }));
}

/** AM lists what it knows, not what it refused. */
function unknownAttributes(detail: unknown, sentMembers: readonly string[]): string {
  if (!isRecord(detail) || !Array.isArray(detail.validAttributes)) return "";
  const known = new Set(detail.validAttributes);
  const unknown = sentMembers.filter((name) => !known.has(name) && !["_id", "_type"].includes(name));
  return unknown.length ? `not known to the tenant: ${unknown.join(", ")}` : "";
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
