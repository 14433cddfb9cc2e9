/** One HTTP call and what was observed. Bodies stay in memory: they hold tokens and are never printed. */
import type { AxiosResponse } from "axios";
import { type Explanation, exchange, explainFault, PROXY_REFUSED, systemFault } from "../network.ts";
import { Busy, VerifyError } from "./errors.ts";

export type Json = Record<string, unknown>;

/** What is sent. */
export type Call = {
  /** @default GET */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Parameters are sent as a form. */
  readonly body?: string | URLSearchParams;
  /** Ends the call. */
  readonly signal?: AbortSignal;
};

/** What a call brought. */
export type Observation = {
  readonly status: number;
  /** OAuth 2.0 error code (RFC 6749 §5.2), or the reason of an administration API. */
  readonly error?: string | undefined;
  readonly description?: string | undefined;
  /** Which of its rules a local tenant says it applied. */
  readonly rule?: string | undefined;
  readonly challenge?: string | undefined;
  /** Seconds after which the tenant wants to be asked again (RFC 9110 §10.2.3). */
  readonly retryAfter?: number | undefined;
  /** Parsed JSON; empty for anything else. */
  readonly body: Json;
  /** Whether the body is anything else: a list without rows is no such thing, and an object may be empty. @default false */
  readonly isNoJson?: boolean;
  /** The text of a page. */
  readonly page?: string | undefined;
  /** Where a redirect leads. */
  readonly location?: string | undefined;
  /** Cookies that the answer sets, as `name=value`. */
  readonly cookies?: readonly string[];
};

/** Milliseconds until a tenant that does not answer is given up. */
const DEADLINE_MS = 30_000;

/**
 * @param init its signal ends the call, as does the deadline
 * @throws {VerifyError} `ERR_VERIFY_UNREACHABLE` when there is no answer at all
 */
export async function call(url: string, { method = "GET", headers, body, signal }: Call = {}): Promise<Observation> {
  const address = new URL(url);
  const end = AbortSignal.any([AbortSignal.timeout(DEADLINE_MS), ...(signal ? [signal] : [])]);
  let answer: AxiosResponse<string>;
  try {
    answer = await exchange({
      ...{ url, method, signal: end, data: body?.toString() },
      headers: {
        accept: "*/*",
        "user-agent": "ping-agents",
        ...(body instanceof URLSearchParams && { "content-type": "application/x-www-form-urlencoded" }),
        ...headers,
      },
    });
  } catch (cause) {
    throw unreachable(address, end.aborted ? undefined : explainFault(systemFault(cause), process.env));
  }
  if (answer.status === 407) throw unreachable(address, PROXY_REFUSED);
  return observed(answer);
}

function observed({ status, headers, data: text }: AxiosResponse<string>): Observation {
  const header = (name: string) => textOf(headers[name]);
  const read = parse(text);
  const body = read ?? {};
  const isPage = header("content-type")?.startsWith("text/html") === true;
  const cookies: readonly string[] = headers["set-cookie"] ?? [];
  return {
    status,
    error: textOf(body.error) ?? textOf(body.reason),
    description: textOf(body.error_description) ?? textOf(body.message),
    rule: header("x-sandbox-rule"),
    challenge: header("www-authenticate"),
    retryAfter: secondsOf(header("retry-after")),
    body,
    ...(read === undefined && { isNoJson: true }),
    ...(isPage && { page: text }),
    location: header("location"),
    cookies: cookies.map((cookie) => cookie.split(";", 1)[0] ?? ""),
  };
}

/** @param why unless it was given up */
function unreachable({ origin }: URL, why: Pick<Explanation, "what" | "hint"> | undefined): VerifyError {
  const what = why ? `no answer from ${origin}: a call ${why.what}` : `no answer from ${origin}`;
  return new VerifyError("ERR_VERIFY_UNREACHABLE", what, why?.hint === undefined ? {} : { hint: why.hint });
}

/** Whether the tenant itself says that there is no such object; a gateway's 404 says nothing about it (aic §1.4, pingone §3.3). */
export function isAbsent({ status, body: { code, id } }: Observation): boolean {
  return status === 404 && (code === 404 || (typeof code === "string" && typeof id === "string"));
}

/** Whether a server says that it cannot answer now: a rate limit (RFC 6585 §4) or an outage, which proves nothing. */
export function isBusy({ status }: Pick<Observation, "status">): boolean {
  return status === 429 || status >= 500;
}

/** The body of an answer. @throws {VerifyError} `ERR_VERIFY_ADMIN` for a refusal, {@link Busy} for none */
export function accepted(method: string, path: string, answer: Observation): Json {
  const what = `${method} ${path.split("?")[0]}: ${said(answer)}`;
  if (isSpoilt(answer)) throw new Busy(`${what}, which is no answer of the tenant's own`);
  if (answer.status >= 200 && answer.status < 300) return answer.body;
  throw isBusy(answer) ? new Busy(what) : new VerifyError("ERR_VERIFY_ADMIN", what);
}

const said = ({ status, description }: Observation) => [status, description].filter(Boolean).join(" ");

/** Whether a success brings nothing that can be read, such as half a body or a gateway's page: nobody knows what was answered. */
export function isSpoilt({ status, isNoJson = false }: Pick<Observation, "status" | "isNoJson">): boolean {
  return status >= 200 && status < 300 && status !== 204 && isNoJson;
}

/** A delay in seconds, or until a date. */
function secondsOf(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  const seconds = /^\d+$/.test(header) ? Number(header) : Math.ceil((Date.parse(header) - Date.now()) / 1000);
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds);
}

export function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A member that is a string and not empty. */
export function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** The strings of a list. */
export function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

function parse(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
