/** What an agent must not get: each scope that is not its own, asked for alone, and anything at all where it is switched off. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { configPath, managedPath } from "../../../src/verify/aic/snapshot.ts";
import { exitCode } from "../../../src/verify/index.ts";
import { byHand, ID } from "./by-hand.ts";
import { ASSISTANT, ASSISTANT_APP, LOGS_AGENT, REALM } from "./tenant.ts";

const { tenant, add, amend } = byHand();

describe("an agent that is declared as switched off", () => {
  const plan = () => ({
    ...tenant().plan,
    agents: tenant().plan.agents.map((one) => (one.clientId === LOGS_AGENT ? { ...one, enabled: false } : one)),
  });
  const path = `${configPath(REALM)}/agents/AIAgent/${LOGS_AGENT}`;

  test("gets no token, and nothing else is tried of it", async () => {
    await amend(path, ["coreOAuth2ClientConfig", "status"], { inherited: false, value: "Inactive" });
    const report = await tenant().verify(plan());
    const rows = report.rows.filter(({ agent }) => agent === LOGS_AGENT);
    expect(rows.map(({ case: id, verdict, got }) => [id, verdict, got])).toEqual([
      ["F05", "pass", expect.stringContaining("400 invalid_client")],
    ]);
    expect(exitCode(report)).toBe(0);
  });

  test("fails when it gets one, and preflight says why", async () => {
    const report = await tenant().verify(plan(), { cases: ["F05"] });
    expect(report.rows.map(({ case: id, title, verdict }) => [id, title, verdict])).toEqual([
      ["preflight", "client-enabled", "fail"],
      ["F05", "switched off as declared", "fail"],
    ]);
  });

  describe("though not there: the tenant has it stopped", () => {
    const change = async (operation: object) => {
      const row = (await tenant().admin.get(path)) ?? expect.unreachable();
      const { value: id } = row.aiAgentIdentityUid as { value: string };
      await tenant().admin.write("PATCH", `${managedPath(REALM, "aiagent")}/${id}`, [
        { field: "/customAttributes", ...operation },
      ]);
    };
    beforeAll(() => change({ operation: "replace", value: { pingAgentsStopped: "2026-11-26T10:00:00.000Z" } }));
    afterAll(() => change({ operation: "remove" }));

    test("it gets no token, as expected, and nothing else is tried of it", async () => {
      await amend(path, ["coreOAuth2ClientConfig", "status"], { inherited: false, value: "Inactive" });
      const report = await tenant().verify();
      const rows = report.rows.filter(({ agent }) => agent === LOGS_AGENT);
      expect(rows.map(({ case: id, title, verdict, claims }) => [id, title, verdict, claims])).toEqual([
        ["F05", "stopped, gets no token", "pass", "stopped since 2026-11-26T10:00:00.000Z"],
      ]);
      expect(exitCode(report)).toBe(0);
    });

    test("it fails when it gets one all the same", async () => {
      const report = await tenant().verify(tenant().plan, { cases: ["F05"] });
      expect(report.rows.map(({ title, verdict, got }) => [title, verdict, got])).toEqual([
        ["client-enabled", "fail", `${LOGS_AGENT}: it is switched on, and stopped: run pulumi up --refresh`],
        ["stopped, gets no token", "fail", expect.any(String)],
      ]);
    });
  });

  test("an application: no user's token of it is expected", async () => {
    const off = `${configPath(REALM)}/agents/OAuth2Client/${ASSISTANT_APP}`;
    await amend(off, ["coreOAuth2ClientConfig", "status"], { inherited: false, value: "Inactive" });
    const disabled = <One extends { clientId: string }>(one: One) =>
      one.clientId === ASSISTANT_APP ? { ...one, enabled: false } : one;
    const { rows } = await tenant().verify({
      ...tenant().plan,
      applications: tenant().plan.applications.map(disabled),
      agents: tenant().plan.agents.map((agent) => ({
        ...agent,
        access: agent.access.map((entry) => ({ ...entry, application: disabled(entry.application) })),
      })),
    });
    expect(rows.filter(({ verdict }) => verdict !== "pass")).toEqual([]);
    expect(rows.find(({ case: id }) => id === "F05")?.agent).toBe(ASSISTANT_APP);
    expect(rows.filter(({ agent }) => agent === ASSISTANT).map(({ flow }) => flow)).not.toContain("user-token");
  });
});

test("each scope that an agent must not get is asked for alone", async () => {
  const { rows } = await tenant().verify(tenant().plan, { cases: ["X06", "C07"] });
  const asked = (agent: string, id: string) =>
    rows
      .filter((row) => row.agent === agent && row.case === id)
      .map(({ title }) => title.split(": ")[1]?.split(",")[0]);
  expect(asked(ASSISTANT, "X06")).toEqual([
    ...["write-data", "admin-action", "logs-read", "logs-search", "monitor-system", "prices", "address", "payment"],
    ...["supply-chain:restock", "crm:read"],
  ]);
  expect(asked(LOGS_AGENT, "C07")).toEqual(expect.arrayContaining(["logs-read", "logs-search", "payment"]));
});

test("a scope that is granted by another privilege is issued although the declared one refuses it in a bundle", async () => {
  await add(ASSISTANT, ID, { application: ASSISTANT_APP, scopes: ["admin-action"], user: "barbara.jensen" });
  const { rows } = await tenant().verify(tenant().plan, { cases: ["X06"] });
  const failed = rows.filter(({ case: id, verdict }) => id === "X06" && verdict === "fail");
  expect(failed.map(({ title }) => title)).toEqual([expect.stringContaining("admin-action")]);
});

test("of many such scopes the first are asked for, and the report says how many were not", async () => {
  const scopes = Array.from({ length: 30 }, (_, index) => `scope-${index}`);
  const other = { clientId: "other", authMethod: "client_secret_basic", scopes, grantTypes: [], declared: false };
  const agents = tenant().plan.agents.filter(({ clientId }) => clientId === LOGS_AGENT);
  const report = await tenant().verify({ ...tenant().plan, agents, applications: [other] }, { cases: ["X06"] });
  expect(report.rows.filter(({ case: id }) => id === "X06")).toHaveLength(20);
  expect(report.notes.join("\n")).toContain(`more scopes that ${LOGS_AGENT} must not get`);
});
