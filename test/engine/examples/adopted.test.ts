/** Published stacks taken into a declaration again: what follows from `delegates` is written as `delegates`, and nothing changes. */

import { readFileSync, writeFileSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { disown } from "../../adoption/pingone/disown.ts";
import { startAic } from "../../support/aic.ts";
import { startPingOne } from "../../support/pingone.ts";
import { summary } from "../cli.ts";
import { openProject, type Stack } from "../project.ts";

const textOf = (name: string) =>
  readFileSync(new URL(`../../../stacks/examples/${name}.yaml`, import.meta.url), "utf8");

/** Loses the declaration, and of the state all but what is there before the first write: whose the objects are is still known. */
function lose(stack: Stack, head: object): void {
  const state = JSON.parse(stack.stateText);
  const { latest } = state.checkpoint;
  const isFirst = ({ type }: { type: string }) => /^pulumi:|:StackBinding$|:ProviderBaseline$/.test(type);
  latest.resources = latest.resources.filter(isFirst);
  writeFileSync(stack.stateFile, JSON.stringify(state));
  stack.declare(head);
}

/** Marks are written where they are already. */
const timeless = (dump: unknown) =>
  JSON.parse(JSON.stringify(dump, (key, value) => (key === "lastModifiedDate" ? undefined : value)));

const writtenBy = (stack: Stack) => parse(readFileSync(stack.declarationFile, "utf8"));

describe("AIC", async () => {
  const name = "aic-autonomous-tool";
  const tenant = await startAic();
  afterAll(() => tenant.stop());
  const text = textOf(name);
  const stack = await openProject(tenant)(name, text);
  await stack.up();
  const { agents, applications, provider, ...head } = parse(text);
  lose(stack, head);

  test("scripts that say exactly what delegates and audience would are no scripts in the declaration", async () => {
    const before = timeless(await tenant.dump());
    await stack.kit(["adopt", name, "--yes"]);
    expect(writtenBy(stack)).toEqual({ ...head, agents, applications, provider });
    expect(timeless(await tenant.dump())).toEqual(before);
    await stack.preview({ args: ["--expect-no-changes"] });
    expect(Object.keys(summary(await stack.up()))).toEqual(["unchanged"]);
    expect(Object.keys(summary(await stack.drift()))).toEqual(["unchanged"]);
  });

  test("another name, another text, or a realm that ignores audiences: overrides name the script by its id", async () => {
    const am = tenant.admin.am("alpha");
    const scripts = am.collection("scripts", "protocol=2.0,resource=1.0");
    const [mayAct] = await scripts.query('name eq "crm-agent may act"');
    const { _id: id = "", _rev, ...body } = mayAct ?? expect.unreachable();
    const adopted = async () => {
      lose(stack, head);
      const { stdout } = await stack.kit(["adopt", name]);
      return stdout;
    };
    const code = 'token.setMayAct({ client_id: "gateway-extension", sub: "somebody-else" });';
    for (const change of [{ name: "Agent may act" }, { script: Buffer.from(code).toString("base64") }]) {
      await scripts.put(id, { ...body, ...change });
      const said = await adopted();
      expect(said).toContain(`accessTokenMayActScript: ${id}`);
      expect(said).not.toContain("delegates:");
      expect(said).toContain("overrides.accessTokenMayActScript: nothing that delegates or audience makes");
      expect(said).toContain("audience: google-cloud-agent-gateway");
    }
    await scripts.put(id, body);
    const { _rev: _revision, ...document } = (await am.getOAuth2Provider()) ?? expect.unreachable();
    const { advancedOAuth2Config: settings } = document as Record<string, object>;
    const ignoring = { ...settings, acceptAudienceParametersInTokenExchangeRequests: false };
    await am.putOAuth2Provider({ ...document, advancedOAuth2Config: ignoring });
    const said = await adopted();
    expect(said).toContain(`accessTokenMayActScript: ${id}`);
    expect(said).toContain("overrides.accessTokenMayActScript: names gateway-extension, which has no delegates");
  });
});

describe("PingOne", async () => {
  const name = "pingone-on-behalf-of";
  const tenant = await startPingOne();
  afterAll(() => tenant.stop());
  const text = textOf(name);
  const stack = await openProject(tenant)(name, text);
  await stack.up();

  test("an application that is asked for, with all who act with its users' tokens: access as before, and no change", async () => {
    const rowsOf = async (...more: string[]) => {
      const { stdout } = await stack.kit(["access", name, "--format", "json", ...more]);
      const { environments } = JSON.parse(stdout) as { environments: { rows: { sentence: string }[] }[] };
      return environments.flatMap(({ rows }) => rows.map(({ sentence }) => sentence)).toSorted();
    };
    const before = await rowsOf();
    await disown(tenant);
    lose(stack, { platform: "pingone" });
    const { stdout } = await stack.kit(["adopt", name, "--application", "Chat UI", "--yes"]);
    expect(stdout).not.toContain("Spelled out");
    const { resources, applications } = writtenBy(stack);
    expect(Object.keys(applications)).toEqual(["agent-gateway-extension", "chat-ui", "financial-agent"]);
    expect(applications["financial-agent"].delegates).toEqual([
      { with: "financial-agent-api", resource: "agent-gateway", scopes: ["stripe_mcp:invoke"] },
    ]);
    const kept = parse(text).resources["agent-gateway"].claims;
    expect(Object.values(resources).map((one) => (one as { claims: object }).claims)).toEqual([kept, kept, kept]);
    await stack.preview({ args: ["--expect-no-changes"] });
    expect(Object.keys(summary(await stack.drift()))).toEqual(["unchanged"]);
    expect(await rowsOf()).toEqual(before);
    expect(await rowsOf("--tenant")).toEqual(before);
  });
});
