/**
 * Keys and display names are labels: whoever renames one keeps the object with its id, its secret and all that hangs on it, in
 * one run or over one that was killed in the middle.
 */

import { afterAll, beforeAll, expect, test } from "vitest";
import { startPingOne } from "../../support/pingone.ts";
import { summary } from "../cli.ts";
import { openProject, type Stack } from "../project.ts";

/** Keys and names of the three objects. */
type Labels = { readonly [key in "api" | "app" | "bot"]: readonly [key: string, name: string] };

/** What depends on the objects, all of it. */
const declared = ({ api, app, bot }: Labels) => {
  const client = {
    owners: ["demo.owner"],
    access: [{ resource: api[0], scopes: ["invoice:read"] }],
    claims: { email: { value: "mail" } },
    policies: { kind: "sign-on", names: ["Single_Factor"] },
    secret: { output: true },
  };
  return {
    platform: "pingone",
    resources: {
      [api[0]]: { name: api[1], audience: "https://billing.example.net", scopes: { "invoice:read": "Read invoices" } },
    },
    applications: {
      [app[0]]: { name: app[1], type: "web", redirectUris: ["https://portal.example.net/callback"], ...client },
    },
    agents: { [bot[0]]: { name: bot[1], pattern: "on-behalf-of", actsForUsersOf: [api[0]], ...client } },
  };
};

const names = { api: "Billing API", app: "Invoice Portal", bot: "Invoice Bot" };
const labels = (prefix: string, of: Readonly<Record<keyof Labels, string>> = names): Labels => ({
  api: [`${prefix}-api`, of.api],
  app: [`${prefix}-portal`, of.app],
  bot: [`${prefix}-bot`, of.bot],
});
const MARK = / ?\(managed by ping-agents.*\)$/;

const tenant = await startPingOne();
afterAll(() => tenant.stop());
const addStack = openProject(tenant);

/** Everything in the environment with its ids, without times and marks. */
const held = async () => {
  const dump = Object.entries((await tenant.control("dump")) as object).filter(([name]) => name.startsWith("pingone/"));
  return JSON.parse(JSON.stringify(Object.fromEntries(dump)), (key, value) => {
    if (["updatedAt", "pingAgents"].includes(key)) return undefined;
    return typeof value === "string" ? value.replace(MARK, "") : value;
  });
};
const writes = async () => (await tenant.calls()).filter((call) => !call.startsWith("GET ")).sort();
/** A create asks first, and is refused: the name is taken. */
const REFUSED = ["POST applications", "POST applications", "POST resources"];
const MARKS = [...REFUSED, "PUT applications/*/metadata", "PUT applications/*/metadata", "PUT resources/*"];

let stack: Stack;
let before: unknown;
let left: unknown;
/** What a check for drift says when there is none. */
let whole: Record<string, number>;
const secrets = async () =>
  JSON.parse((await stack.run(["stack", "output", "secrets", "--show-secrets", "--json"])).stdout);

beforeAll(async () => {
  left = await tenant.dump();
  stack = await addStack("renamed", declared(labels("first")));
  await stack.up();
  whole = summary(await stack.drift());
  before = await held();
  await tenant.calls();
});

test("new keys: the same objects, and marks are all that is written", async () => {
  const old = await secrets();
  await stack.declare(declared(labels("second"))).up();
  expect(await writes()).toEqual(MARKS);
  expect(await held()).toEqual(before);
  expect(Object.values(await secrets())).toEqual(Object.values(old));
  expect(summary(await stack.drift())).toEqual(whole);
});

test("new keys in a run that ended before the old ones went: the next one comes to the same end", async () => {
  await tenant.calls();
  stack.declare(declared(labels("third")));
  await stack.up({ args: ["--target", "**::third-*"] });
  expect(stack.resources.some(({ urn }) => urn.includes("::second-"))).toBe(true);
  expect(await writes()).toEqual(MARKS);
  await stack.up();
  expect(await writes()).toEqual([]);
  expect(await held()).toEqual(before);
  expect(stack.resources.some(({ urn }) => urn.includes("::second-"))).toBe(false);
  expect(summary(await stack.drift())).toEqual(whole);
});

test("new display names: three objects are written, and nothing that hangs on them", async () => {
  await tenant.calls();
  const renamed = { api: "Billing v2", app: "Billing Portal", bot: "Billing Bot" };
  const run = await stack.declare(declared(labels("third", renamed))).up();
  expect(summary(run)).toMatchObject({ updated: expect.any(Number) });
  expect(summary(run)).not.toHaveProperty("replaced");
  expect(await writes()).toEqual(["PUT applications/*", "PUT applications/*", "PUT resources/*"]);
  expect(summary(await stack.drift())).toEqual(whole);
  await stack.declare(declared(labels("third"))).up();
  expect(await held()).toEqual(before);
});

test("destroy leaves nothing", async () => {
  await stack.destroy();
  expect(await tenant.dump()).toEqual(left);
});
