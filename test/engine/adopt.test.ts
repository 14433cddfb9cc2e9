/** A realm that only raw calls have filled, taken into a declaration and a stack by `ping-agents adopt`, with the real engine. */

import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { fill, secretOf, shapes } from "../adoption/aic/shapes.ts";
import { startAic } from "../support/aic.ts";
import type { Dump } from "../support/dump.ts";
import { textsOf } from "../support/page.ts";
import { writes } from "../support/tenant.ts";
import { summary } from "./cli.ts";
import { openProject } from "./project.ts";

/** What docs/adoption.md has people type. */
const commands = textsOf("docs/adoption.md").flatMap((block) => block.trim().split("\n"));

const tenant = await startAic();
afterAll(() => tenant.stop());

/** What the token endpoint says to a client with the secret that somebody gave it: `invalid_client` where it is another one. */
async function answerTo(id: string, isPosted: boolean): Promise<string> {
  const form = { grant_type: "client_credentials", ...(isPosted && { client_id: id, client_secret: secretOf(id) }) };
  const basic = `Basic ${Buffer.from(`${id}:${secretOf(id)}`).toString("base64")}`;
  const answer = await fetch(`${tenant.url}/am/oauth2/realms/root/realms/alpha/access_token`, {
    method: "POST",
    headers: isPosted ? {} : { authorization: basic },
    body: new URLSearchParams(form),
  });
  return ((await answer.json()) as { error?: string }).error ?? "a token";
}

/** Everything but the marks; what is empty is none. */
const unmarked = (content: Dump) => {
  const text = JSON.stringify(content).replaceAll(/ ?\(managed by ping-agents: [^)]*\)/g, "");
  return JSON.parse(text, (_key, value) => (value === "" || value === null ? undefined : value)) as Dump;
};

/** Takes everything out of a state but what is there before the first write. */
function forget(file: string): void {
  const state = JSON.parse(readFileSync(file, "utf8"));
  const { latest } = state.checkpoint;
  const isFirst = ({ type }: { type: string }) => /^pulumi:|:StackBinding$|:ProviderBaseline$/.test(type);
  latest.resources = latest.resources.filter(isFirst);
  expect(latest.resources.length).toBeGreaterThan(2);
  writeFileSync(file, JSON.stringify(state));
}

test("40 agents of mixed shapes: marks and nothing else, then no change, no write, each secret works, one can go", async () => {
  const all = await shapes();
  await fill(tenant, all);
  const living = () =>
    Promise.all(
      all.map(({ id, advanced }) => answerTo(id, advanced?.tokenEndpointAuthMethod === "client_secret_post")),
    );
  const answers = await living();
  expect(answers.filter((answer) => answer !== "invalid_client").length).toBeGreaterThan(30);
  const before = unmarked(await tenant.content());

  const stack = await openProject(tenant)("prod", "");
  const folder = dirname(stack.declarationFile);
  // Neither the declaration nor the stack is there yet.
  rmSync(stack.declarationFile);
  const stateFile = join(folder, "state", ".pulumi", "stacks", "ping-agents", "prod.json");
  rmSync(stateFile);
  const [dry = "", adopt = "", preview = ""] = commands;
  expect((await stack.kit(dry.split(" ").slice(2))).stderr).toContain("Nothing was written. Next: the same with --yes");
  const { stdout } = await stack.kit(adopt.split(" ").slice(2));
  for (const { id, leftOut } of all.filter((one) => one.leftOut !== undefined))
    expect(stdout).toMatch(new RegExp(`agents.${id}: .*${leftOut}`));
  expect(readFileSync(stack.declarationFile, "utf8")).toContain("several-on-one:");

  // Killed after its writes and before their checkpoints, and run again: it goes on.
  forget(stateFile);
  expect((await stack.kit(adopt.split(" ").slice(2))).stdout).toMatch(/^The stack's mark on \d\d objects/m);
  expect(unmarked(await tenant.content())).toEqual(before);
  expect(await living()).toEqual(answers);

  expect(preview).toBe("npx pulumi preview --stack prod --expect-no-changes");
  await stack.preview({ args: ["--expect-no-changes"] });
  const seen = await tenant.count(async () => {
    expect(Object.keys(summary(await stack.up()))).toEqual(["unchanged"]);
  });
  expect(writes(seen)).toEqual([]);

  const agent = stack.resources.find(({ urn }) => urn.endsWith("AiAgent::autonomous-reads")) ?? expect.unreachable();
  await stack.destroy({ args: ["--target", agent.urn, "--target-dependents"] });
  const left = (await tenant.admin.am("alpha").query("AIAgent")).map(({ _id }) => _id);
  expect(left.toSorted()).toEqual(all.flatMap(({ id }) => (id === "autonomous-reads" ? [] : [id])).toSorted());
});
