/** GitHub's REST API, as a job of its workflows reaches it. */

import { z } from "zod";
import { AdminApiError } from "../../admin-api/http/errors.ts";
import { boundedRows } from "../../admin-api/http/list-bounds.ts";
import { noteSecret } from "../../admin-api/http/redaction.ts";
import { type ApiRequest, Transport } from "../../admin-api/http/transport.ts";
import { segments } from "../../admin-api/http/url.ts";
import { SettingError } from "../../errors.ts";
import { githubDialect } from "./dialect.ts";
import { MARKER } from "./marker.ts";

/** The login under which the token of a job writes. */
const OWN_LOGIN = "github-actions[bot]";

/** Who wrote something; nobody where the account is gone. */
const user = z.object({ login: z.string() }).nullable();

/** What a comment and an issue have in common. */
export const post = z.object({ user, body: z.string().nullish() });
type Post = z.infer<typeof post>;

/** A repository of GitHub. */
export type Repository = {
  /**
   * Sends a call.
   *
   * @param path below the repository, already encoded
   * @throws AdminApiError
   */
  call<T>(method: ApiRequest["method"], path: string, answer: z.ZodType<T>, body?: unknown): Promise<T>;
  /** All rows of a list, over all its pages. @throws AdminApiError */
  all<T>(path: string, row: z.ZodType<T>, query?: ApiRequest["query"]): Promise<T[]>;
  /** Under which the token writes. */
  readonly login: string;
  /** Whether this kit wrote something: others may write a marker, too. */
  isOwn(post: Post): boolean;
};

/**
 * The repository that the job is about: `GITHUB_REPOSITORY` at `GITHUB_API_URL`, with `GITHUB_TOKEN`.
 *
 * @param login under which the token writes. @default that of a job's own token
 * @throws SettingError
 */
export function connectGithub(env: NodeJS.ProcessEnv, login = OWN_LOGIN): Repository {
  const token = setting(env, "GITHUB_TOKEN");
  noteSecret(token);
  const base = `/repos/${segments(setting(env, "GITHUB_REPOSITORY"))}`;
  const transport = new Transport({
    baseUrl: env.GITHUB_API_URL || "https://api.github.com",
    dialect: githubDialect,
  });
  // Not as `bearer`: the token of a job cannot be renewed.
  const headers = {
    accept: "application/vnd.github+json",
    authorization: `Bearer ${token}`,
    "x-github-api-version": "2022-11-28",
  };
  const parsed = <T>(schema: z.ZodType<T>, body: unknown, method: string, path: string): T => {
    const { data, error } = schema.safeParse(body);
    if (!error) return data;
    const [issue] = error.issues;
    const what = `${method} ${base}${path} answered without a usable ${issue?.path.join(".") || "body"}`;
    throw new AdminApiError("ERR_API_UNEXPECTED", what, { where: transport.where, hint: "report this" });
  };
  return {
    login,
    isOwn: ({ user: author, body }) => author?.login === login && body?.startsWith(MARKER) === true,
    async call(method, path, answer, body) {
      const request = { method, path: base + path, headers, ...(body !== undefined && { body }) };
      return parsed(answer, (await transport.request(request)).body, method, path);
    },
    async all(path, row, query = {}) {
      const rows = boundedRows<ReturnType<typeof row.parse>>(transport, base + path);
      let page: Pick<ApiRequest, "path" | "query" | "encodedQuery"> = {
        path: base + path,
        query: { ...query, per_page: 100 },
      };
      for (;;) {
        const { body, headers: said, length } = await transport.request({ method: "GET", ...page, headers });
        const next = nextPage(said.link ?? "");
        rows.add(parsed(z.array(row), body, "GET", path), length, next?.href);
        if (next === undefined) return rows.rows;
        // The token must not travel anywhere else.
        const below = transport.pathBelow(next);
        if (below === undefined) {
          const what = `GET ${base}${path} answered with a next page on another server`;
          throw new AdminApiError("ERR_API_UNEXPECTED", what, { where: transport.where, hint: "report this" });
        }
        page = { path: below, encodedQuery: next.search.slice(1) };
      }
    },
  };
}

/** The address under `rel="next"` of a `Link` header (RFC 8288). */
function nextPage(link: string): URL | undefined {
  const [, address = ""] = /<([^>]*)>\s*;[^,]*\brel="?next"?/.exec(link) ?? [];
  return URL.parse(address) ?? undefined;
}

/** @throws SettingError `ERR_SETTING_MISSING` */
export function setting(env: NodeJS.ProcessEnv, name: string): string {
  const value = env[name]?.trim();
  if (value) return value;
  throw new SettingError("ERR_SETTING_MISSING", `not set: ${name}`, {
    hint: `run this in a job of GitHub Actions, which sets it${name === "GITHUB_TOKEN" ? ` with env: { GITHUB_TOKEN: "\${{ github.token }}" }` : ""}`,
  });
}
