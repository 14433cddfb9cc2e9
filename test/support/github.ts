/** A stand-in of GitHub's REST API, as far as this kit asks it: short pages with `Link` headers, and the refusals that jobs see. */

import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { type Context, Hono } from "hono";
import { afterAll } from "vitest";

/** Rows of a page, whatever is asked for. */
const PAGE = 3;

const REPOSITORY = "acme/agents";
const TOKEN = "ghs_canaryTokenOfTheJob";
/** Under which the token writes. */
const BOT = "github-actions[bot]";

type Person = { readonly login: string } | null;
type Comment = { readonly id: number; readonly user: Person; body: string };
type Issue = {
  readonly number: number;
  readonly user: Person;
  title: string;
  body: string;
  state: "open" | "closed";
  readonly pull_request?: object;
};
type Review = { readonly user: Person; readonly state: string; readonly commit_id: string };
type Pull = {
  readonly number: number;
  readonly head: { sha: string };
  body: string | null;
  merged_at: string | null;
  merge_commit_sha: string | null;
};

/** An answer in place of the right one, for the next call. */
export type Fault = { readonly status: 401 | 403 | 404 | 429; readonly headers?: Record<string, string> };

/** Starts it for the tests of a file. */
export async function startGithub() {
  const comments = new Map<number, Comment[]>();
  const issues: Issue[] = [];
  const labels = new Map<number, string[]>();
  const reviews = new Map<number, Review[]>();
  const pulls = new Map<number, Pull>();
  const calls: string[] = [];
  const faults: Fault[] = [];
  let last = 100;

  const app = new Hono().basePath("/api/v3");
  app.use(async (context, next) => {
    const { method, path } = context.req;
    calls.push(`${method} ${path.replace(/^\/api\/v3\/repos\/acme\/agents/, "")}`);
    const fault = faults.shift();
    if (fault) return context.json({ message: `Refused, as ${TOKEN} sees` }, fault.status, fault.headers);
    if (context.req.header("authorization") !== `Bearer ${TOKEN}`)
      return context.json({ message: "Bad credentials" }, 401);
    return next();
  });
  app.notFound((context) => context.json({ message: "Not Found", documentation_url: "https://docs.github.com" }, 404));
  const repository = app.basePath(`/repos/${REPOSITORY}`);
  const at = <T>(map: Map<number, T[]>, context: Context) => {
    const number = Number(context.req.param("number"));
    return map.get(number) ?? map.set(number, []).get(number) ?? [];
  };

  repository.get("/issues/:number/comments", (context) => paged(context, at(comments, context)));
  repository.post("/issues/:number/comments", async (context) => {
    const { body } = await context.req.json();
    const comment = { id: ++last, user: { login: BOT }, body };
    at(comments, context).push(comment);
    return context.json(comment, 201);
  });
  repository.patch("/issues/comments/:id", async (context) => {
    const comment = [...comments.values()].flat().find(({ id }) => id === Number(context.req.param("id")));
    if (!comment) return context.notFound();
    return context.json(Object.assign(comment, await context.req.json()));
  });
  repository.get("/issues/:number/labels", (context) =>
    paged(
      context,
      at(labels, context).map((name) => ({ name })),
    ),
  );
  repository.post("/issues/:number/labels", async (context) => {
    const own = at(labels, context);
    for (const name of (await context.req.json()).labels) if (!own.includes(name)) own.push(name);
    return context.json(own.map((name) => ({ name })));
  });
  repository.delete("/issues/:number/labels/:name", (context) => {
    const own = at(labels, context);
    const index = own.indexOf(context.req.param("name"));
    if (index < 0) return context.json({ message: "Label does not exist" }, 404);
    own.splice(index, 1);
    return context.json(own.map((name) => ({ name })));
  });
  repository.get("/issues", (context) => {
    const { state, creator } = context.req.query();
    return paged(
      context,
      issues.filter((one) => one.state === state && one.user?.login === creator),
    );
  });
  repository.post("/issues", async (context) => {
    const issue = { number: ++last, user: { login: BOT }, state: "open" as const, ...(await context.req.json()) };
    issues.push(issue);
    return context.json(issue, 201);
  });
  repository.patch("/issues/:number", async (context) => {
    const issue = issues.find(({ number }) => number === Number(context.req.param("number")));
    if (!issue) return context.notFound();
    return context.json(Object.assign(issue, await context.req.json()));
  });
  repository.get("/pulls/:number", (context) => {
    const pull = pulls.get(Number(context.req.param("number")));
    return pull ? context.json(pull) : context.notFound();
  });
  repository.get("/pulls/:number/reviews", (context) => paged(context, at(reviews, context)));
  repository.get("/commits/:sha/pulls", (context) =>
    paged(
      context,
      [...pulls.values()].filter(({ merge_commit_sha }) => merge_commit_sha === context.req.param("sha")),
    ),
  );

  const server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" });
  await once(server, "listening");
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v3`;
  return {
    comments: (number: number) => comments.get(number) ?? comments.set(number, []).get(number) ?? [],
    labels: (number: number) => labels.get(number) ?? [],
    reviews: (number: number) => reviews.get(number) ?? reviews.set(number, []).get(number) ?? [],
    issues,
    pulls,
    /** Method and path below the repository of every call. */
    calls,
    faults,
    /** What a job has in its environment. */
    variables: { GITHUB_API_URL: url, GITHUB_REPOSITORY: REPOSITORY, GITHUB_TOKEN: TOKEN },
  };
}

/** A page, and where the next one is. */
function paged(context: Context, rows: readonly object[]) {
  const page = Number(context.req.query("page") ?? 1);
  if (rows.length > page * PAGE) {
    const next = new URL(context.req.url);
    next.searchParams.set("page", String(page + 1));
    context.header("link", `<${next}>; rel="next", <${next}>; rel="last"`);
  }
  return context.json(rows.slice((page - 1) * PAGE, page * PAGE));
}
