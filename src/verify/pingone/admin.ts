/** A thin client of the management API with a worker application (pingone §2.2, §3): what preflight and throw-away agents need. */
import { createAdminSession } from "../admin-session.ts";
import type { Clock } from "../clock.ts";
import { Busy, VerifyError } from "../errors.ts";
import { accepted, isAbsent, isBusy, isObject, isSpoilt, type Json, type Observation, textOf } from "../http.ts";
import { type Client, postForm } from "../oauth.ts";
import { allRows, type Page } from "../pages.ts";
import type { Send } from "../send.ts";

export type Worker = {
  /** Base of the management API, e.g. `https://api.pingone.eu/v1`. */
  readonly apiUrl: string;
  /** The environment that is managed. */
  readonly environmentId: string;
  /** Issuer of the worker's tokens, whose own environment may be another one. */
  readonly issuer: string;
  readonly client: Client;
};

export type PingOneAdmin = {
  /** An object. @param path below the environment */
  get(path: string): Promise<Json>;
  /** {@link get}, or undefined for what is not there. */
  find(path: string): Promise<Json | undefined>;
  /** All rows of a collection, to the last page. */
  rows(path: string, query?: string): Promise<Json[]>;
  /** All rows of a collection that is small, or undefined: one page is read. @param most rows */
  few(path: string, most: number): Promise<readonly Json[] | undefined>;
  /** The roles that there are, which are the same in every environment. */
  roles(): Promise<readonly Json[]>;
  /** A write whose answer is looked at by the caller. */
  attempt(method: "POST" | "PUT" | "DELETE", path: string, body?: unknown): Promise<Observation>;
  /** A write that must succeed. */
  write(method: "POST" | "PUT" | "DELETE", path: string, body?: unknown): Promise<Json>;
};

/** @param clock of the tenant: tokens expire by it */
export function createAdmin(send: Send, { apiUrl, environmentId, issuer, client }: Worker, clock: Clock): PingOneAdmin {
  const base = `${apiUrl}/environments/${environmentId}/`;
  // Workers' tokens live an hour (pingone §2.2).
  const authenticated = createAdminSession({ login: () => login(send, issuer, client), seconds: 1_800, clock });
  const ask = (method: string, url: string, body?: unknown) =>
    authenticated((token) =>
      send(url, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body !== undefined && { "content-type": "application/json" }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    );
  const attempt: PingOneAdmin["attempt"] = (method, path, body) => ask(method, base + path, body);

  const pageOf = async (path: string, url: string): Promise<Page> => {
    const { _embedded, _links } = accepted("GET", path, await ask("GET", url));
    if (!isObject(_embedded)) throw new VerifyError("ERR_VERIFY_ADMIN", `GET ${path}: the answer is no list`);
    const lists = Object.values(_embedded);
    const next = isObject(_links) && isObject(_links.next) ? textOf(_links.next.href) : undefined;
    return { rows: lists.flat().filter(isObject), next };
  };

  return {
    attempt,
    get: async (path) => accepted("GET", path, await ask("GET", base + path)),
    async find(path) {
      const answer = await ask("GET", base + path);
      return isAbsent(answer) ? undefined : accepted("GET", path, answer);
    },
    write: async (method, path, body) => accepted(method, path, await attempt(method, path, body)),
    rows(path, query = "") {
      return allRows(path, async (url = base + path + query) => {
        const { rows, next } = await pageOf(path, url);
        return { rows, next: next?.startsWith(base) ? next : undefined };
      });
    },
    async few(path, most) {
      const { rows, next } = await pageOf(path, `${base}${path}?limit=${most + 1}`);
      return next === undefined && rows.length <= most ? rows : undefined;
    },
    roles: async () => (await pageOf("roles", `${apiUrl}/roles`)).rows,
  };
}

async function login(send: Send, issuer: string, client: Client): Promise<string> {
  const answer = await postForm(send, `${issuer}/token`, client, { grant_type: "client_credentials" });
  const token = textOf(answer.body.access_token);
  if (token) return token;
  if (isBusy(answer) || isSpoilt(answer)) throw new Busy(`login of the worker application: ${answer.status}`);
  throw new VerifyError(
    "ERR_VERIFY_LOGIN",
    `${new URL(issuer).origin} refuses the worker application (${answer.status} ${answer.error ?? ""})`,
    { hint: "check PINGONE_CLIENT_ID, PINGONE_CLIENT_SECRET and PINGONE_ENVIRONMENT_ID" },
  );
}
