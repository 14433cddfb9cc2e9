/** Whether what came back over HTTP is an answer of the server that was asked. */
import { PROXY_REFUSED } from "../../network.ts";
import {
  type Failure,
  networkFailure,
  outageFailure,
  type SpokenCall,
  statusFailure,
  unexpectedFailure,
} from "./failures.ts";
import { isRecord } from "./json.ts";

/** An answer with the status that was asked for. */
export type ApiResponse<T> = {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: T;
  /** Length of the body as text, in UTF-16 units. */
  readonly length: number;
};

/**
 * Decides whether an HTTP answer is one.
 *
 * @param accept error statuses that are. @default none
 * @param mayBeEmpty whether success may have no body. @default false
 */
export function judge(
  { accept = [], mayBeEmpty = false }: { readonly accept?: readonly number[]; readonly mayBeEmpty?: boolean },
  call: SpokenCall,
  facts: { readonly status: number; readonly headers: Readonly<Record<string, string>> },
  text: string,
): { readonly response: ApiResponse<unknown> } | Failure {
  const { status, headers } = facts;
  if (status === 407) return networkFailure(call, PROXY_REFUSED);
  if (status >= 300 && status < 400) {
    const target =
      URL.canParse(headers.location ?? "", call.tenant) && new URL(headers.location ?? "", call.tenant).origin;
    return unexpectedFailure(call, facts, `and redirects to ${target || "nowhere"}`);
  }
  const body = parsed(text);
  const isSuccess = status >= 200 && status < 300;
  if (body === "unreadable") {
    if (status === 401) return statusFailure(call, facts, undefined);
    return outageFailure(call, facts, /^\s*</.test(text) ? "an HTML page of a gateway" : "something that is not JSON");
  }
  if (status === 404 && !call.dialect.isOwn404({ answer: isRecord(body) ? body : {}, call })) {
    return outageFailure(call, facts, "a body that is not the server's own, but of something before it");
  }
  if (body === undefined) {
    if (isSuccess && mayBeEmpty) return { response: { status, headers, body, length: 0 } };
    return isSuccess ? unexpectedFailure(call, facts, "with an empty body") : statusFailure(call, facts, body);
  }
  if (isSuccess || accept.includes(status)) return { response: { status, headers, body, length: text.length } };
  return statusFailure(call, facts, body);
}

/** A JSON object or array; `undefined` for no body. */
function parsed(text: string): object | "unreadable" | undefined {
  if (text.trim() === "") return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : "unreadable";
  } catch {
    return "unreadable";
  }
}
