/** Turns what went wrong on the wire into an {@link AdminApiError}, taking over only text that was redacted. */
import type { Explanation } from "../../network.ts";
import type { CallFacts, Dialect } from "./dialect.ts";
import { AdminApiError, type AdminApiErrorCode, type PolicyFailure } from "./errors.ts";
import { isRecord } from "./json.ts";
import { redact } from "./redaction.ts";

/** A failed attempt: the error to throw unless the call is repeated, and whether repeating can help. */
export type Failure = { readonly error: AdminApiError; readonly transient: boolean };

type Facts = { readonly status?: number; readonly headers?: Readonly<Record<string, string>> };

/** A call and how the server that it went to speaks. */
export type SpokenCall = CallFacts & { readonly dialect: Dialect };

/** No usable answer: the connection failed. */
export function networkFailure(call: SpokenCall, { what, hint, transient }: Explanation): Failure {
  return { error: failure(call, "ERR_API_UNREACHABLE", what, {}, [], hint), transient };
}

/** No answer within `deadlineMs` milliseconds. */
export function timeoutFailure(call: SpokenCall, deadlineMs: number): Failure {
  const error = failure(call, "ERR_API_TIMEOUT", `had no complete answer after ${deadlineMs / 1_000} s`);
  return { error, transient: true };
}

/** The answer is not JSON, so it was not written by the server we asked but by something before it. */
export function outageFailure(call: SpokenCall, facts: Facts, what: string): Failure {
  return { error: failure(call, "ERR_API_OUTAGE", `answered ${facts.status} with ${what}`, facts), transient: true };
}

/** More than any tenant has to say, or more than is ever sent to one. */
export function tooLargeFailure(call: SpokenCall, what: string): Failure {
  return { error: failure(call, "ERR_API_TOO_LARGE", what), transient: false };
}

/** The answer is well formed, but not of the documented shape. */
export function unexpectedFailure(call: SpokenCall, facts: Facts, what: string): Failure {
  return {
    error: failure(call, "ERR_API_UNEXPECTED", `answered ${facts.status} ${redact(what)}`, facts),
    transient: false,
  };
}

/** An answer with an error status. `body` is the parsed body, `undefined` when it was empty. */
export function statusFailure(call: SpokenCall, facts: Required<Facts>, body: unknown): Failure {
  const { status, headers } = facts;
  const reading = call.dialect.read({ status, headers, answer: isRecord(body) ? body : {}, call });
  const { code, reason, causes, policyFailures } = reading;
  const what = [`answered ${status}${reason && ` ${reason}`}`, causes.filter(Boolean).join("; ")];
  return {
    error: failure(call, code, what.filter(Boolean).join(": "), facts, policyFailures),
    transient:
      status === 408 || ["ERR_API_RATE_LIMITED", "ERR_API_OUTAGE"].includes(code) || isTransient(call.dialect, status),
  };
}

const isTransient = ({ transient = [] }: Dialect, status: number) => transient.includes(status);

function failure(
  { method, path, tenant, attempts, dialect }: SpokenCall,
  code: AdminApiErrorCode,
  what: string,
  { status, headers }: Facts = {},
  policyFailures: readonly PolicyFailure[] = [],
  hint = dialect.hints[code],
): AdminApiError {
  const id = headers?.[dialect.transactionHeader];
  const transactionId = id && redact(id);
  const notes = [attempts > 1 && `after ${attempts} attempts`, transactionId && `transaction ${transactionId}`];
  const inBrackets = notes.filter(Boolean).join(", ");
  return new AdminApiError(code, `${method} ${path} ${what}${inBrackets && ` (${inBrackets})`}`, {
    where: { [dialect.server ?? "tenant"]: tenant },
    hint,
    status,
    transactionId,
    attempts,
    policyFailures,
  });
}
