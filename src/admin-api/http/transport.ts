/** HTTP to one server: keep-alive, limiter, deadlines, retries, one token renewal, and errors that hold no secret. */
import type { Agent as HttpAgent } from "node:http";
import type { Agent as HttpsAgent } from "node:https";
import { createRequire } from "node:module";
import { setTimeout as pause } from "node:timers/promises";
import type { AxiosResponse } from "axios";
import type { Where } from "../../errors.ts";
import { exchange, explainFault, systemFault } from "../../network.ts";
import { type ApiResponse, judge } from "./answer.ts";
import type { Dialect } from "./dialect.ts";
import { type Failure, networkFailure, type SpokenCall, timeoutFailure, tooLargeFailure } from "./failures.ts";
import { createLimiter, type Limiter } from "./limiter.ts";
import { pauseBefore, retryAfterMs } from "./retry.ts";
import { type Query, queryString, serverUrl } from "./url.ts";

// Required: to import Node's http loads another HTTP client, which nobody here uses.
const require = createRequire(import.meta.url);
const http = require("node:http") as typeof import("node:http");
const https = require("node:https") as typeof import("node:https");

/** Where bearer tokens come from. */
export type TokenSource = {
  /** A token that is valid for the next call. */
  get(): Promise<string>;
  /** A token other than `stale`, which the server refused. */
  renew(stale: string): Promise<string>;
};

export type TransportOptions = CallOptions & {
  /** Address that paths are appended to. https, or http for a loopback host. */
  readonly baseUrl: string;
  /** Without it calls carry no `Authorization` header. */
  readonly bearer?: TokenSource;
  /** How the server words its errors, and which setting holds its address. */
  readonly dialect: Dialect;
};

/** Deadlines, repetitions and the like: the same for every server that a connection talks to. */
export type CallOptions = {
  /** Longest wait for one attempt, in milliseconds. @default 30_000 */
  readonly deadlineMs?: number;
  /** Longest time for a call with all its repetitions, in milliseconds, from the first attempt on. @default 120_000 */
  readonly operationDeadlineMs?: number;
  /** Longest body that is sent or taken, in bytes once it is decompressed. @default 128 MiB */
  readonly maxBytes?: number;
  /** Calls under way at the same time. @default 8 */
  readonly maxConcurrent?: number;
  /** Repetitions after the first attempt. @default 5 */
  readonly retries?: number;
  /** Source of jitter, from 0 up to 1. @default Math.random */
  readonly random?: () => number;
  /** Waits before a repetition; milliseconds. @default a timer */
  readonly sleep?: (milliseconds: number) => Promise<unknown>;
  /** Is told every answer to a call but those for tokens; never a header of the call. @default nobody is */
  readonly observe?: (exchange: Exchange) => void;
  /** The clock of `operationDeadlineMs`: milliseconds since any moment, never back. @default performance.now */
  readonly now?: () => number;
};

/** A call and its answer, as they went over the wire: secrets among them are in clear. */
export type Exchange = Pick<ApiRequest, "method" | "path" | "body"> & {
  readonly status: number;
  readonly answer: string;
};

export type ApiRequest = {
  readonly method: "GET" | "PUT" | "POST" | "PATCH" | "DELETE";
  /** Path below `baseUrl`, already encoded, without a query. */
  readonly path: string;
  readonly query?: Query;
  /** Part of the query that is percent-encoded already and sent unchanged: IDM's paging cookies (aic §1.3). */
  readonly encodedQuery?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as a form. Asked for at every attempt, so that a repeated assertion is a new one. */
  readonly form?: () => Promise<Readonly<Record<string, string>>>;
  /** Sent as they are, with the `content-type` of `headers`: an image. */
  readonly bytes?: Uint8Array;
  /**
   * Whether the call may reach the server twice. @default true for GET, PUT and DELETE, false for POST and PATCH. A call that came
   * too soon is always repeated: the server says that it did nothing.
   */
  readonly safeToRepeat?: boolean;
  /** Error statuses that are an answer, e.g. 404; accepted with the server's own body only, so that a gateway cannot say "not found". */
  readonly accept?: readonly number[];
  /** Whether success may have an empty body; `body` is `undefined` then. @default false */
  readonly mayBeEmpty?: boolean;
  /** Longest wait for one attempt of this call, in milliseconds. @default that of the transport */
  readonly deadlineMs?: number;
};

type Outcome = { readonly response: ApiResponse<unknown> } | (Failure & { readonly retryAfterMs: number });

/**
 * A client of one server.
 *
 * @throws SettingError `ERR_SETTING_INVALID` or `ERR_INSECURE_TENANT_URL` for an address that must not be used
 */
export class Transport {
  /** Scheme, host and port. */
  readonly origin: string;
  readonly #base: string;
  readonly #dialect: Dialect;
  readonly #options: Required<CallOptions>;
  readonly #bearer: TokenSource | undefined;
  readonly #limit: Limiter;
  readonly #connection: { httpAgent: HttpAgent; httpsAgent: HttpsAgent };

  constructor({ baseUrl, bearer, dialect, ...options }: TransportOptions) {
    const url = serverUrl(baseUrl, dialect.addressSetting);
    this.#dialect = dialect;
    this.origin = url.origin;
    this.#base = url.origin + url.pathname.replace(/\/+$/, "");
    this.#bearer = bearer;
    this.#options = {
      deadlineMs: 30_000,
      operationDeadlineMs: 120_000,
      maxBytes: 128 * 1024 * 1024,
      maxConcurrent: 8,
      retries: 5,
      random: Math.random,
      sleep: pause,
      now: () => performance.now(),
      observe: () => {},
      ...options,
    };
    this.#limit = createLimiter(this.#options.maxConcurrent);
    this.#connection = {
      httpAgent: new http.Agent({ keepAlive: true }),
      httpsAgent: new https.Agent({ keepAlive: true }),
    };
  }

  /** Where a mistake was found, for messages. */
  get where(): Where {
    return { [this.#dialect.server ?? "tenant"]: this.origin };
  }

  /** The path of an address below `baseUrl`, as {@link ApiRequest} takes it; `undefined` when it leads to another place. */
  pathBelow({ origin, pathname }: URL): string | undefined {
    const whole = origin + pathname;
    return whole.startsWith(`${this.#base}/`) ? whole.slice(this.#base.length) : undefined;
  }

  /**
   * Sends a call, repeating it while that is safe and can help.
   *
   * @typeParam T the body as documented; the caller vouches for the shape, the transport only for JSON
   * @throws AdminApiError with one of the `ERR_API_…` codes
   */
  async request<T>(request: ApiRequest): Promise<ApiResponse<T>> {
    const { retries, random, sleep, now, operationDeadlineMs } = this.#options;
    const repeatable = request.safeToRepeat ?? !["POST", "PATCH"].includes(request.method);
    const deadlineMs = request.deadlineMs ?? this.#options.deadlineMs;
    let endsAt: number | undefined;
    let renewed = false;
    for (let attempts = 1, failures = 0; ; attempts += 1) {
      const token = await this.#bearer?.get();
      const outcome = await this.#limit(() => {
        // The clock starts with the first attempt, not in the queue: a long queue is not the tenant's fault.
        endsAt ??= now() + Math.max(operationDeadlineMs, deadlineMs);
        const left = Math.max(1, Math.ceil(endsAt - now()));
        return this.#attempt(request, attempts, token, Math.min(deadlineMs, left));
      });
      if ("response" in outcome) return outcome.response as ApiResponse<T>;
      if (outcome.error.status === 401 && this.#bearer && token !== undefined && !renewed) {
        renewed = true;
        await this.#bearer.renew(token);
        continue;
      }
      failures += 1;
      const mayRepeat = repeatable || outcome.error.code === "ERR_API_RATE_LIMITED";
      if (!mayRepeat || !outcome.transient || failures > retries) throw outcome.error;
      const wait = pauseBefore(failures, random, outcome.retryAfterMs);
      if (endsAt !== undefined && now() + wait >= endsAt) throw outcome.error;
      await sleep(wait);
    }
  }

  async #attempt(
    request: ApiRequest,
    attempts: number,
    token: string | undefined,
    deadlineMs: number,
  ): Promise<Outcome> {
    const { method, path, query, encodedQuery, headers, body, bytes } = request;
    const form = await request.form?.();
    const call: SpokenCall = {
      dialect: this.#dialect,
      method,
      path: path + queryString({ _action: query?._action }),
      tenant: this.origin,
      attempts,
      sentMembers: typeof body === "object" && body !== null && !Array.isArray(body) ? Object.keys(body) : [],
    };
    const failed = (failure: Failure, afterMs = 0): Outcome => ({ ...failure, retryAfterMs: afterMs });
    const signal = AbortSignal.timeout(deadlineMs);
    let answer: AxiosResponse<string>;
    try {
      answer = await exchange({
        ...this.#connection,
        url: this.#base + path + queryString(query, encodedQuery),
        method,
        headers: {
          accept: "application/json",
          "user-agent": "ping-agents",
          ...(form && { "content-type": "application/x-www-form-urlencoded" }),
          ...(body !== undefined && { "content-type": "application/json" }),
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
          ...headers,
        },
        data: bytes ?? (form ? new URLSearchParams(form).toString() : body && JSON.stringify(body)),
        signal,
        maxContentLength: this.#options.maxBytes,
        maxBodyLength: this.#options.maxBytes,
      });
    } catch (thrown) {
      if (signal.aborted) return failed(timeoutFailure(call, deadlineMs));
      const exceeded = exceededBound(thrown);
      if (exceeded) return failed(tooLargeFailure(call, `${exceeded} more than ${this.#options.maxBytes} bytes`));
      return failed(networkFailure(call, explainFault(systemFault(thrown), process.env)));
    }
    if (!form) this.#options.observe({ method, path, body, status: answer.status, answer: answer.data });
    const facts = { status: answer.status, headers: plainHeaders(answer) };
    const outcome = judge(request, call, facts, answer.data);
    return "response" in outcome ? outcome : failed(outcome, retryAfterMs(facts.headers));
  }
}

function plainHeaders({ headers }: AxiosResponse): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
}

/** Which bound a call broke: axios has no code of its own for it. */
function exceededBound(thrown: unknown): "would send" | "answered with" | undefined {
  const message = thrown instanceof Error ? thrown.message : "";
  if (message.startsWith("maxContentLength")) return "answered with";
  return message.startsWith("Request body larger than maxBodyLength") ? "would send" : undefined;
}
