/** A thin client of the management API with a worker application (pingone §2.2, §3): what preflight and throw-away agents need. */
import type { Clock } from "../clock.ts";
import { Busy, VerifyError } from "../errors.ts";
import { accepted, isBusy, isObject, type Json, type Observation, textOf } from "../http.ts";
import { type Client, postForm } from "../oauth.ts";
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
  few(path: string, most: number): Promise<Json[] | undefined>;
  /** The roles that there are, which are the same in every environment. */
  roles(): Promise<Json[]>;
  /** A write whose answer is looked at by the caller. */
  attempt(method: "POST" | "PUT" | "DELETE", path: string, body?: unknown): Promise<Observation>;
  /** A write that must succeed. */
  write(method: "POST" | "PUT" | "DELETE", path: string, body?: unknown): Promise<Json>;
};

type Page = { readonly rows: Json[]; readonly next: string | undefined };

/** @param clock of the tenant: tokens expire by it */
export function createAdmin(send: Send, { apiUrl, environmentId, issuer, client }: Worker, clock: Clock): PingOneAdmin {
  const base = `${apiUrl}/environments/${environmentId}/`;
  let session: { token: Promise<string>; until: number } | undefined;

  const token = () => {
    // Workers' tokens live an hour (pingone §2.2); renewed early, so that none ends on the way.
    if (!session || clock.now() >= session.until)
      session = { token: login(send, issuer, client), until: clock.now() + 1_800 };
    return session.token;
  };
  const ask = async (method: string, url: string, body?: unknown) =>
    send(url, {
      method,
      headers: {
        authorization: `Bearer ${await token()}`,
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  const attempt: PingOneAdmin["attempt"] = (method, path, body) => ask(method, base + path, body);

  const pageOf = async (path: string, url: string): Promise<Page> => {
    const { _embedded, _links } = accepted("GET", path, await ask("GET", url));
    const lists = isObject(_embedded) ? Object.values(_embedded) : [];
    const next = isObject(_links) && isObject(_links.next) ? textOf(_links.next.href) : undefined;
    return { rows: lists.flat().filter(isObject), next };
  };

  return {
    attempt,
    get: async (path) => accepted("GET", path, await ask("GET", base + path)),
    async find(path) {
      const answer = await ask("GET", base + path);
      return answer.status === 404 ? undefined : accepted("GET", path, answer);
    },
    write: async (method, path, body) => accepted(method, path, await attempt(method, path, body)),
    async rows(path, query = "") {
      const found: Json[] = [];
      for (let url: string | undefined = base + path + query; url?.startsWith(base); ) {
        const page: Page = await pageOf(path, url);
        found.push(...page.rows);
        url = page.next;
      }
      return found;
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
  if (isBusy(answer)) throw new Busy(`login of the worker application: ${answer.status}`);
  throw new VerifyError(
    "ERR_VERIFY_LOGIN",
    `${new URL(issuer).origin} refuses the worker application (${answer.status} ${answer.error ?? ""}); check PINGONE_CLIENT_ID, PINGONE_CLIENT_SECRET and PINGONE_ENVIRONMENT_ID`,
  );
}
