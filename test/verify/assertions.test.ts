/** What a declaration asserts of access, proven by token requests on both clouds: held, contradicted by the tenant, and by a weakened one. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { aicAssertions } from "../../src/cli/verify/aic-plan.ts";
import { pingOneAssertions } from "../../src/cli/verify/pingone-plan.ts";
import { aicDeclarationSchema } from "../../src/components/aic/declaration.ts";
import { pingOneDeclarationSchema } from "../../src/components/pingone/schema.ts";
import { parseDeclaration } from "../../src/declaration/load.ts";
import { managedPath } from "../../src/verify/aic/snapshot.ts";
import { exitCode, type Report, type RunOptions, render } from "../../src/verify/index.ts";
import { withoutPolicy } from "../access/support.ts";
import { ASSISTANT, REALM, startTenant as startAic } from "./aic/tenant.ts";
import { SUPPORT, startTenant as startPingOne, WATCHER } from "./pingone/tenant.ts";

/** Nothing but assertions, and what preflight finds. */
const CASES = ["A01", "A02", "A03"];

const DEV = withoutPolicy("dev");
const ORDERS = `platform: pingone
resources:
  portal: { name: Portal, audience: https://portal.example.com, scopes: { "portal:use": Use } }
  orders: { name: Orders, audience: https://orders.example.com, scopes: { "orders:read": Read, "orders:write": Write } }
  agents: { name: Agents, audience: https://agents.example.com, scopes: { "agent:act": Act } }
applications:
  support-portal:
    name: Support Portal
    type: web
    redirectUris: [https://portal.example.com/callback]
    access: [{ resource: portal, scopes: ["portal:use"] }]
agents:
  support-agent:
    name: Support Agent
    pattern: on-behalf-of
    actsForUsersOf: [portal]
    access: [{ resource: orders, scopes: ["orders:read"] }, { resource: agents, scopes: ["agent:act"] }]
  stock-watcher:
    name: Stock Watcher
    pattern: autonomous
    access: [{ resource: orders, scopes: ["orders:read"] }]
  refund-agent:
    name: Refund Agent
    pattern: approved
    access: [{ resource: orders, scopes: ["orders:write"] }]
    policies: { kind: davinci, names: [Agent Approval] }
`;

type Options = Partial<RunOptions> & { readonly user?: string };

/** A cloud as these tests go: its declaration, and what hands do to its tenant. */
type Subject = {
  readonly declared: string;
  verify(policy: string, options?: Options & { readonly agent?: string; readonly declared?: string }): Promise<Report>;
  /** Gives an agent a forbidden scope. @returns undoes it */
  grant(): Promise<() => Promise<unknown>>;
  /** Takes a declared scope away. @returns undoes it */
  take(): Promise<() => Promise<unknown>>;
  /** How nobody gets users' tokens: no password is known on AIC, and a real environment of PingOne has a browser for it. */
  readonly unable: Options;
  control(path: string, body?: object): Promise<unknown>;
  stop(): Promise<void>;
};

async function aic(): Promise<Subject> {
  const tenant = await startAic();
  const { admin, control, sandbox, privilegeOfAssistant } = tenant;
  const permit = (values: string[]) =>
    admin.write("PATCH", privilegeOfAssistant, [
      { operation: "replace", field: "/permissions", value: [{ type: "scopes", values }] },
    ]);
  const idOf = async (type: string, filter: string) =>
    String((await admin.query(managedPath(REALM, type), filter, ["_id"]))[0]?._id);
  const ref = (type: string, id: string) => ({
    ...{ _ref: `managed/${REALM}_${type}/${id}`, _refResourceCollection: `managed/${REALM}_${type}` },
    _refResourceId: id,
  });
  return {
    declared: DEV,
    verify(policy, { agent, declared = DEV, ...options } = {}) {
      const parsed = parseDeclaration(`${declared}accessPolicy: ${policy}\n`, "stacks/dev.yaml");
      const declaration = parsed.check(aicDeclarationSchema);
      const assertions = aicAssertions(declaration, parsed.placeOf, agent);
      return tenant.verify({ ...tenant.plan, assertions }, { cases: CASES, ...options });
    },
    async grant() {
      const path = `${managedPath(REALM, "aiagentprivilege")}/11111111-2222-4333-8444-555555555555`;
      await admin.write("PUT", path, {
        agent: ref("aiagent", await idOf("aiagent", `oauth2ClientId eq "${ASSISTANT}"`)),
        resource: ref("application", await idOf("application", 'name eq "Digital Assistant Web App"')),
        subjects: [ref("user", await idOf("user", 'userName eq "barbara.jensen"'))],
        permissions: [{ type: "scopes", values: ["admin-action"] }],
      });
      return () => admin.write("DELETE", path);
    },
    async take() {
      await permit(["write-data"]);
      return () => permit(["read-data"]);
    },
    unable: { credentials: { ...tenant.credentials, password: async () => undefined } },
    control,
    stop: () => sandbox.stop(),
  };
}

async function pingOne(): Promise<Subject> {
  const tenant = await startPingOne();
  const { admin, control, sandbox } = tenant;
  const scopesOf = async (names: string[]) =>
    (await admin.scopes(tenant.id("Orders")).list())
      .filter(({ name }) => names.includes(String(name)))
      .map(({ id }) => ({ id }));
  const replace = async (key: string, names: string[]) => {
    const grants = admin.below(tenant.id(key), "grants");
    const grant = (await grants.list()).find(({ resource }) => (resource as { id: string }).id === tenant.id("Orders"));
    await grants.replace(String(grant?.id), { resource: grant?.resource, scopes: await scopesOf(names) });
  };
  return {
    declared: ORDERS,
    verify(policy, { agent, declared = ORDERS, ...options } = {}) {
      const parsed = parseDeclaration(`${declared}accessPolicy: ${policy}\n`, "stacks/pingone.yaml");
      const declaration = parsed.check(pingOneDeclarationSchema);
      const assertions = pingOneAssertions(declaration, parsed.placeOf, agent);
      const { credentials, ...more } = options;
      return tenant.verify({ ...tenant.plan, assertions }, { cases: CASES, ...more });
    },
    async grant() {
      await replace(SUPPORT, ["orders:read", "orders:write"]);
      return () => replace(SUPPORT, ["orders:read"]);
    },
    async take() {
      await replace(WATCHER, ["orders:write"]);
      return () => replace(WATCHER, ["orders:read"]);
    },
    unable: { target: "tenant" },
    control,
    stop: () => sandbox.stop(),
  };
}

/** What each row of an assertion came to, in short. */
const came = ({ rows }: Report) =>
  rows
    .filter(({ asserted }) => asserted)
    .map(({ case: id, title, got, verdict }) => `${verdict} ${id} ${title} -> ${got}`);

describe.each([
  [
    "AIC",
    aic,
    {
      never: "{ never: [{ scope: admin-action, reason: agents administer nothing }] }",
      name: "never scope admin-action",
      refused: [
        "admin-action (its own scope) for itself, without a user -> 400 invalid_scope",
        "admin-action on Digital Assistant Web App for itself, by exchange -> 400 invalid_request",
        "admin-action on Digital Assistant Web App for barbara.jensen, by exchange -> 400 invalid_scope (barbara.jensen)",
        "admin-action on Digital Assistant Web App for end.user, by exchange -> 400 invalid_scope (end.user)",
        "admin-action (its own scope) for itself, without a user -> 400 invalid_scope",
        "admin-action (its own scope) for anyone, after the user approves -> 400 invalid_scope",
      ],
      contradicted: "may admin-action on Digital Assistant Web App for barbara.jensen, by exchange",
      allow: "{ allow: [{ agent: digital-assistant-ai-agent, scope: read-data, subject: group/customers }] }",
      allowed: "anyone in customers (barbara.jensen)",
      critical: "{ critical: [{ scope: payment, approvers: [jane.doe] }] }",
      granted: [
        "payment (its own scope) for itself, without a user",
        "payment (its own scope) for anyone, after the user approves",
      ],
      rule: "X06",
      users: "{ never: [{ agent: digital-*, scope: admin-action }] }",
      broken: "{ never: [{ agent: bot-*, scope: logs-read }] }",
      unread: [
        "    scopes: [monitor-system]\n",
        "    scopes: [monitor-system]\n    overrides: { accessTokenMayActScript: 01e1a3c0-038b-4c16-956a-6c9d89328cff }\n",
      ],
      forbidden: "ai-agent",
      only: "ai-agent",
    },
  ],
  [
    "PingOne",
    pingOne,
    {
      never: '{ never: [{ agent: "!refund-agent", scope: "orders:write", reason: agents administer nothing }] }',
      name: "never agent !refund-agent; scope orders:write",
      refused: [
        "orders:write on Orders for itself, without a user -> 400 invalid_scope",
        "orders:write on Orders for anyone signed in to Portal, by exchange -> 400 invalid_scope (barbara.jensen)",
        "orders:write on Orders for itself, without a user -> 400 invalid_scope",
      ],
      contradicted: "may orders:write on Orders for anyone signed in to Portal, by exchange",
      allow: '{ allow: [{ agent: stock-watcher, scope: "orders:read" }] }',
      allowed: "without a user",
      critical: '{ critical: [{ scope: "orders:write", approvers: [jane.doe] }] }',
      granted: ["orders:write on Orders for anyone, after the user approves"],
      rule: "scopeNotGranted",
      users: '{ never: [{ agent: support-agent, subject: anyone, scope: "orders:write" }] }',
      broken: '{ never: [{ agent: stock-*, scope: "orders:read" }] }',
      unread: [
        'audience: https://orders.example.com, scopes: { "orders:read": Read, "orders:write": Write } }',
        `audience: https://orders.example.com, scopes: { "orders:read": Read, "orders:write": Write }, claims: { may_act: "\${user.mayAct}" } }`,
      ],
      forbidden: "support-agent",
      only: "refund-agent",
    },
  ],
] as const)("on %s", (_cloud, start, on) => {
  let subject: Subject;
  const undo: (() => Promise<unknown>)[] = [];
  beforeAll(async () => {
    subject = await start();
  });
  afterEach(async () => {
    for (const act of undo.splice(0)) await act();
  });
  afterAll(() => subject.stop());
  /** Line of the assertion: the last of the file. */
  const place = () => `:${subject.declared.split("\n").length}`;

  test("what never may be is refused, and proven", async () => {
    const before = await subject.control("dump");
    const report = await subject.verify(on.never);
    expect(report.rows.map(({ verdict, title, got }) => `${verdict} ${title} -> ${got}`)).toEqual(
      on.refused.map((line) => `pass ${on.name}: may ${line}`),
    );
    expect(exitCode(report)).toBe(0);
    expect(render(report, "text")).toContain("1 assertion computed, 1 proven:");
    expect(await subject.control("dump")).toEqual(before);
  });

  test("what must be possible is granted, and proven by a token of each agent and target", async () => {
    const report = await subject.verify(on.allow);
    expect(came(report)).toEqual([expect.stringMatching(/^pass A01 allow .* -> 200 token/)]);
    expect(came(report)[0]).toContain(on.allowed.replace(/ \(.*/, ""));
    expect(report.rows[0]?.claims).toContain("aud=[");
    expect(exitCode(report)).toBe(0);
  });

  test("what is critical is granted as declared, and refused to all others", async () => {
    const report = await subject.verify(on.critical);
    const granted = came(report).filter((line) => line.includes(" A01 "));
    expect(granted.map((line) => line.replace(/^pass A01 critical scope \S+: may (.*) -> .*/, "$1"))).toEqual(
      on.granted,
    );
    expect(came(report).filter((line) => line.startsWith("pass A02")).length).toBeGreaterThan(1);
    expect(report.rows.filter(({ verdict }) => verdict !== "pass")).toEqual([]);
  });

  test("access that somebody added on the tenant contradicts it: the assertion, its place and the row are named", async () => {
    undo.push(await subject.grant());
    const report = await subject.verify(on.never);
    const failed = report.rows.filter(({ case: id, verdict }) => id === "A02" && verdict === "fail");
    expect(failed.map(({ title }) => title)).toContain(`${on.name}: ${on.contradicted}`);
    for (const { cause, got } of failed) {
      expect(got).toContain("200 token");
      expect(cause).toMatch(new RegExp(`${place()}\\): agents administer nothing$`));
    }
    expect(exitCode(report)).toBe(1);
    for (const format of ["text", "markdown", "json"] as const) {
      expect(render(report, format)).toContain(`${on.name}: ${on.contradicted}`);
      expect(render(report, format)).toContain(`${on.name} does not hold (stacks/`);
    }
    expect(render(report, "junit")).toContain(`<failure message="expected refused, got 200 token`);
    expect(render(report, "text")).toMatch(/1 assertion computed, 0 proven:\nVERDICT .*\nFAIL /);
  });

  test("access that somebody took away contradicts what must be possible", async () => {
    undo.push(await subject.take());
    const report = await subject.verify(on.allow);
    expect(report.rows.find(({ case: id }) => id === "A01")).toMatchObject({
      verdict: "fail",
      cause: expect.stringMatching(/allow .* does not hold \(stacks\/.*no token was issued/),
    });
    expect(exitCode(report)).toBe(1);
  });

  test("a tenant that grants a forbidden scope makes verify fail, and the assertion is named", async () => {
    await subject.control("rules", { off: [on.rule] });
    undo.push(() => subject.control("rules", { off: [] }));
    const report = await subject.verify(on.never);
    expect(report.findings).toEqual([]);
    const failed = report.rows.filter(({ verdict }) => verdict === "fail");
    expect(failed.length).toBeGreaterThan(0);
    for (const { asserted, cause } of failed) {
      expect(asserted?.name).toBe(on.name);
      expect(cause).toContain(`${on.name} does not hold (stacks/`);
    }
    expect(exitCode(report)).toBe(1);
  });

  test("what nobody can try is computed only, and counted apart", async () => {
    const report = await subject.verify(on.never, subject.unable);
    const untried = on.refused.filter((line) => line.endsWith(")"));
    expect(report.rows).toHaveLength(on.refused.length - untried.length);
    expect(report.assertions).toMatchObject([{ untried: untried.length }]);
    expect(render(report, "text")).toMatch(
      /1 assertion computed, 1 proven, 1 of them in part:\n.*\nPASS +\d refused, \d computed only /,
    );
    const { assertions, rows } = await subject.verify(on.users, subject.unable);
    expect(rows).toEqual([]);
    expect(render({ ...report, assertions, rows }, "markdown")).toContain("### 1 assertion computed, 0 proven");
  });

  test("what the declaration itself contradicts needs no token", async () => {
    const report = await subject.verify(on.broken);
    expect(came(report)).toContainEqual(
      expect.stringMatching(/^fail A03 never agent \S+; scope \S+: (?:Bot|Stock) .* may .* -> declared otherwise/),
    );
    expect(exitCode(report)).toBe(1);
  });

  test("what may be by a claim or script that nobody can read is not proven never to be, until somebody answers for it", async () => {
    const [from, to] = on.unread;
    const declared = subject.declared.replace(from, to);
    expect(declared).not.toBe(subject.declared);
    const report = await subject.verify(on.never, { declared });
    const [open, ...others] = report.rows.filter(({ verdict }) => verdict !== "pass");
    expect(others).toEqual([]);
    expect(open).toMatchObject({ case: "A03", got: "not run", verdict: "inconclusive", agent: "(declaration)" });
    expect(open?.title).toMatch(/^never [^:]*(?::\w+)?: (?:Bot Traffic Analyzer Agent|Orders): /);
    // What cannot be read is named with its line, beside the assertion and its own.
    expect(open?.cause).toMatch(
      /^never .* cannot be shown to hold \(stacks\/.*:\d+\)\. (?:Bot Traffic Analyzer Agent: script|Orders: may_act) .* \(stacks\/.*:\d+\): .*accept unread-claim$/,
    );
    expect(exitCode(report)).toBe(2);
    expect(render(report, "text")).toContain("1 assertion computed, 0 proven:");
    // Whoever may act is unknown: it may be this one.
    expect(exitCode(await subject.verify(on.never, { declared, agent: on.forbidden }))).toBe(2);
    const accept = "{ rule: unread-claim, reason: read, owner: ann, expires: 2099-01-01 }";
    const answered = await subject.verify(on.never.replace(/ }$/, `, accept: [${accept}] }`), { declared });
    expect(exitCode(answered)).toBe(0);
    expect((await subject.verify(on.allow, { declared })).rows.map(({ case: id }) => id)).not.toContain("A03");
  });

  test("of one agent only what is about it", async () => {
    const report = await subject.verify(on.critical, { agent: on.only });
    expect(new Set(report.rows.map(({ agent }) => agent))).toEqual(new Set([on.only]));
    expect((await subject.verify(on.allow, { agent: on.only })).assertions).toEqual([]);
  });
});
