/** A tenant that hands change: what they add or alter lasts until the test is over, and what verify then finds. */
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { managedPath } from "../../../src/verify/aic/snapshot.ts";
import type { Allowance } from "../../../src/verify/allowance.ts";
import { exitCode, type Report } from "../../../src/verify/index.ts";
import { REALM, startTenant, type Tenant } from "./tenant.ts";

/** Id of the one object that a test adds. */
export const ID = "11111111-2222-4333-8444-555555555555";

export type Added = {
  description?: string;
  application?: string;
  scopes?: string[];
  type?: string;
  user?: string;
  group?: string;
};

/** Starts the tenant before the tests of a file, and stops it after them. */
export function byHand() {
  let tenant: Tenant;
  let ids: Record<"users" | "agents" | "applications", Record<string, string>>;
  const undo: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    tenant = await startTenant();
    const rows = (type: string, fields: string[]) =>
      tenant.admin.query(managedPath(REALM, type), "true", ["_id", ...fields]);
    const byName = (list: Record<string, unknown>[], name: (row: Record<string, unknown>) => unknown) =>
      Object.fromEntries(list.map((row) => [String(name(row)), String(row._id)]));
    ids = {
      users: byName(await rows("user", ["userName"]), ({ userName }) => userName),
      agents: byName(await rows("aiagent", ["oauth2ClientId"]), ({ oauth2ClientId }) => oauth2ClientId),
      applications: byName(await rows("application", ["ssoEntities"]), ({ ssoEntities }) =>
        String((ssoEntities as { oidcId?: string } | null)?.oidcId),
      ),
    };
  });
  afterEach(async () => {
    for (const act of undo.splice(0).reverse()) await act();
  });
  afterAll(() => tenant.sandbox.stop());

  /** A privilege as the console makes it. */
  async function add(
    agent: string,
    id: string,
    { description, application, scopes, type = "scopes", user, group }: Added,
  ) {
    const path = `${managedPath(REALM, "aiagentprivilege")}/${id}`;
    undo.push(() => tenant.admin.write("DELETE", path));
    await tenant.admin.write("PUT", path, {
      _id: id,
      agent: ref("aiagent", ids.agents[agent]),
      ...(description && { description }),
      permissions: scopes ? [{ type, values: scopes }] : [],
      ...(application && { resource: ref("application", ids.applications[application]) }),
      ...(user && { subjects: [ref("user", ids.users[user])] }),
      ...(group && { subjectGroups: [ref("group", group)] }),
    });
  }

  /** Changes an attribute until the test is over. */
  async function amend(path: string, [section, name]: readonly [string, string], value: unknown) {
    const { _id, _rev, _type, ...body } = (await tenant.admin.get(path)) ?? {};
    undo.push(() => tenant.admin.write("PUT", path, body));
    await tenant.amend(path, [section, name], () => value);
  }

  /** Hardly a flow runs: what is found before them is enough. Nothing is changed. */
  async function look(allow: Allowance[] = [], realm: Allowance[] = []): Promise<Report> {
    const agents = tenant.plan.agents.map((agent) => ({ ...agent, allow }));
    const before = await tenant.control("dump");
    const report = await tenant.verify({ ...tenant.plan, allow: realm, agents }, { cases: ["F01"] });
    expect(await tenant.control("dump")).toEqual(before);
    return report;
  }

  /** Replaces the permissions of the assistant's declared privilege. */
  async function permit(permissions: readonly object[]) {
    const replace = (value: unknown) =>
      tenant.admin.write("PATCH", tenant.privilegeOfAssistant, [
        { operation: "replace", field: "/permissions", value },
      ]);
    undo.push(() => replace([{ type: "scopes", values: ["read-data"] }]));
    await replace(permissions);
  }

  /** Makes an object of IDM. */
  async function make(path: string, body: object) {
    undo.push(() => tenant.admin.write("DELETE", path));
    await tenant.admin.write("PUT", path, body);
  }
  return { tenant: () => tenant, add, amend, permit, make, look };
}

const ref = (type: string, id: string | undefined) => ({
  _ref: `managed/${REALM}_${type}/${id}`,
  _refResourceCollection: `managed/${REALM}_${type}`,
  _refResourceId: String(id),
});

/** What preflight found. */
export const found = ({ rows }: Report) => rows.filter(({ case: id }) => id === "preflight");
/** One row, and with it the run fails. */
export function expectRow(report: Report, agent: string, code: string, sentence: string) {
  expect(found(report).map((row) => [row.agent, row.title])).toEqual([[agent, code]]);
  expect(found(report)[0]?.got).toContain(sentence);
  expect(exitCode(report)).toBe(1);
}
