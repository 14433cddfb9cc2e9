/** Example stack P-b: each row of the tables of delegation §1.2, as a request. */

import { describe, expect, test } from "vitest";
import { summary } from "../cli.ts";
import { example, requiredBut } from "./pingone.ts";

const scope = "supply-chain:restock";
const [AGENT, EXT] = ["CRM Agent", "Agent Gateway Extension"];
const { idOf, own, exchange, tenant, stack, endsWithNothing } = await example("pingone-autonomous-tool");

async function claimOfTool(claim: string) {
  const [tool] = (await tenant.admin.resources.list()).filter(({ name }) => name === "Supply Chain MCP Tool");
  const claims = tenant.admin.resourceAttributes(String(tool?.id));
  return { claims, row: (await claims.list()).find(({ name }) => name === claim) ?? expect.unreachable(claim) };
}

describe("Try", () => {
  test("1: the agent's own token names the extension", async () => {
    const { claims } = await own(AGENT, scope);
    expect(claims).toMatchObject({
      aud: ["google-cloud-agent-gateway"],
      client_id: idOf(AGENT),
      may_act: { sub: idOf(EXT) },
      scope,
    });
    expect(claims).not.toHaveProperty("sub");
  });

  test("2: the extension's own token, without a scope, says that nobody acts for nobody", async () => {
    const { claims } = await own(EXT);
    expect(claims).toMatchObject({ sub: "no-subject", act: "noActor", aud: ["supply-chain-mcp-tool"], scope });
  });

  test("3: the extension exchanges the agent's token for one for the tool", async () => {
    const { status, claims } = await exchange(EXT, { subject: await own(AGENT, scope), scope });
    expect(status).toBe(200);
    expect(claims).toMatchObject({
      sub: idOf(AGENT),
      client_id: idOf(EXT),
      aud: ["supply-chain-mcp-tool"],
      act: { sub: idOf(EXT) },
    });
    expect(claims).not.toHaveProperty("may_act");
  });
});

describe("Refused", () => {
  const refused = { status: 400, error: "invalid_request", text: requiredBut("act"), token: "" };

  test("an actor token of another client", async () => {
    expect(await exchange(EXT, { subject: await own(AGENT, scope), actor: AGENT, scope })).toMatchObject(refused);
  });

  test("a subject token without may_act", async () => {
    expect(await exchange(EXT, { subject: await own(EXT, scope), scope })).toMatchObject(refused);
  });

  test("no actor token", async () => {
    expect(await exchange(EXT, { subject: await own(AGENT, scope), actor: "", scope })).toMatchObject(refused);
  });

  test("every token of the client's own, where somebody makes sub required", async () => {
    const { claims, row: sub } = await claimOfTool("sub");
    await claims.replace(sub.id, { name: "sub", value: sub.value, required: true });
    expect(await own(EXT, scope)).toMatchObject({ status: 400, text: requiredBut("sub") });
    await claims.replace(sub.id, { name: "sub", value: sub.value, required: false });
  });
});

test("that nobody has to act any more is drift, and is put back", async () => {
  const { claims, row } = await claimOfTool("act");
  await claims.replace(row.id, { name: "act", value: row.value, required: false });
  expect(Object.keys(await stack.driftedProperties())).toEqual(["pingone:Resource supply-chain-tool"]);
  expect(summary(await stack.up({ args: ["--refresh"] }))).toMatchObject({ updated: 1 });
  expect((await claimOfTool("act")).row).toMatchObject({ value: row.value, required: true });
});

endsWithNothing();
