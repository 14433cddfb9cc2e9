/** What is found in the access of a program: told at the component that it is about, or a reason to make nothing; YAML and TypeScript alike. */

import * as pulumi from "@pulumi/pulumi";
import { afterEach, describe, expect, test, vi } from "vitest";
import { accessPolicy } from "../../src/components/held.ts";
import { parseDeclaration } from "../../src/declaration/load.ts";
import { PingAgentsError } from "../../src/errors.ts";
import type { AccessPolicy } from "../../src/fields/access-policy.ts";
import { aic, pingone } from "../../src/index.ts";
import { register } from "./program.ts";

/** Two agents that nobody answers for and one that has an owner: one reads and writes, and holds what is worth no warning, too. */
const AGENTS = `agents:
  bot: { name: Bot, pattern: autonomous, access: [{ TARGET: shop, scopes: [read, write] }] }
  mole: { name: Mole, pattern: autonomous }
  helper: { name: Helper, pattern: autonomous, owners: [ann], expires: 2999-12-31 }
`;
const AIC = `platform: aic
realm: alpha
tier: development
applications: { shop: { name: Shop, type: service, scopes: [read, write, ship] } }
${AGENTS.replace("TARGET", "application")}`;
const PINGONE = `platform: pingone
resources: { shop: { name: Shop, scopes: { read: "", write: "", ship: "" } } }
${AGENTS.replace("TARGET", "resource")}`;

type Text = string;
type Program = (policy?: AccessPolicy) => object;

const yaml = <Declaration>(
  text: Text,
  schema: { parse: (value: unknown) => Declaration },
  declare: (declaration: Declaration, written: ReturnType<typeof parseDeclaration>) => object,
): Program => {
  return (policy) => {
    const parsed = parseDeclaration(`${text}accessPolicy: ${JSON.stringify(policy ?? {})}\n`, "stacks/test.yaml");
    return declare(schema.parse(parsed.value), parsed);
  };
};

const shop = { realm: "alpha", clientId: "shop", name: "Shop", type: "service", scopes: ["read", "write", "ship"] };
const own = {
  bot: { name: "Bot", pattern: "autonomous" },
  mole: { name: "Mole", pattern: "autonomous" },
  helper: { name: "Helper", pattern: "autonomous", owners: ["ann"], expires: "2999-12-31" },
} as const;

/** The same agents on each cloud, declared in both ways. */
const PROGRAMS: readonly (readonly [way: string, program: Program, place: RegExp | undefined])[] = [
  ["AIC's YAML", yaml(AIC, aic.aicDeclarationSchema, aic.declareAic), /^stacks\/test\.yaml:\d+$/],
  [
    "PingOne's YAML",
    yaml(PINGONE, pingone.pingOneDeclarationSchema, pingone.declarePingOne),
    /^stacks\/test\.yaml:\d+$/,
  ],
  [
    "AIC's classes",
    (policy) => {
      if (policy) accessPolicy(policy);
      new aic.CustomApplication("shop", { ...shop, type: "service", realm: "alpha" });
      const access = [{ application: "shop", scopes: ["read", "write"] }];
      new aic.DeclaredAgent("bot", { realm: "alpha", clientId: "bot", ...own.bot, access });
      new aic.DeclaredAgent("mole", { realm: "alpha", clientId: "mole", ...own.mole });
      const { urn } = new aic.DeclaredAgent("helper", { realm: "alpha", clientId: "helper", ...own.helper });
      return { urn };
    },
    undefined,
  ],
  [
    "PingOne's classes",
    (policy) => {
      if (policy) accessPolicy(policy);
      const resource = new pingone.Resource("shop", { name: "Shop", scopes: { read: "", write: "", ship: "" } });
      const resources = { shop: { name: "Shop", resourceId: resource.resourceId } };
      const access = [{ resource: "shop", scopes: ["read", "write"] }];
      new pingone.DeclaredAgent("bot", { ...own.bot, resources, access });
      new pingone.DeclaredAgent("mole", own.mole);
      const { urn } = new pingone.DeclaredAgent("helper", own.helper);
      return { urn };
    },
    undefined,
  ],
];

/** What is told at what, in the order of the texts. */
async function warnings(program: Program, policy?: AccessPolicy, config = {}): Promise<(readonly [string, string])[]> {
  const warn = vi.spyOn(pulumi.log, "warn").mockResolvedValue();
  await register(() => program(policy), config);
  return warn.mock.calls
    .map(([text, resource]) => [nameOf(resource), text] as const)
    .toSorted(([, a], [, b]) => (a < b ? -1 : 1));
}

const nameOf = (resource: pulumi.Resource | undefined) => (resource as { __name?: string } | undefined)?.__name ?? "";

afterEach(() => vi.restoreAllMocks());

describe.each(PROGRAMS)("%s", (_way, program, place) => {
  test("warns of each finding at its component, and not of information", async () => {
    const told = await warnings(program);
    expect(told.map(([at, text]) => `${at} | ${text.split("\n", 1)[0]?.replace(/ \((\S+:\d+)\)$/, "")}`)).toEqual([
      'bot | low reads-and-writes: Bot: reads ("read") and writes ("write")',
      'bot | medium autonomous-writes: Bot: acts for itself and has "write"',
      "bot | medium no-owner: Bot: has no owner and no sponsor",
      "mole | medium no-owner: Mole: has no owner and no sponsor",
    ]);
    for (const [, text] of told) {
      expect(text.split("\n").at(-1)).toMatch(/^ {4}Next: /);
      expect(/ \((\S+:\d+)\)\n/.exec(text)?.[1] ?? "").toMatch(place ?? /^$/);
    }
  });

  test("does not warn of what somebody answers for, and takes severities from the policy", async () => {
    const entry = { reason: "new team", owner: "jane.doe" };
    const told = await warnings(program, {
      severity: { "autonomous-writes": "info", "no-expiry": "low" },
      accept: [
        { rule: "no-owner", on: "bot", ...entry },
        { rule: "reads-and-writes", ...entry },
      ],
    });
    expect(told.map(([at, text]) => `${at} ${text.split(":", 1)[0]}`)).toEqual([
      "bot low no-expiry",
      "mole low no-expiry",
      "mole medium no-owner",
    ]);
  });
});

test.each(PROGRAMS)("%s goes on where an agent may do less than is asserted, and says so", async (_way, program) => {
  const told = await warnings(program, { allow: [{ agent: "helper", scope: "write" }], severity: QUIET });
  expect(told.map(([, text]) => text.split(":", 1)[0])).toEqual(["high allow"]);
});

const QUIET = { "no-owner": "info", "autonomous-writes": "info", "reads-and-writes": "info" } as const;

describe.each(PROGRAMS.slice(0, 2))("%s makes nothing", (_way, program) => {
  async function refusal(policy: AccessPolicy, config: Record<string, string> = {}): Promise<PingAgentsError> {
    let refused: unknown;
    const { resources } = await register(() => {
      try {
        return program(policy);
      } catch (error) {
        refused = error;
        return {};
      }
    }, config);
    expect(resources).toEqual([]);
    expect(refused).toBeInstanceOf(PingAgentsError);
    return refused as PingAgentsError;
  }

  test("where there is what must never be, and tells that alone", async () => {
    const { message } = await refusal({ never: [{ scope: "write", subject: "itself", reason: "agents only read" }] });
    expect(message).toContain(
      "ERR_ACCESS_POLICY: a finding about access, and nothing was changed\n  high never: Bot: may write on Shop",
    );
    expect(message).toContain("\n    agents only read\n    Next: take the access away");
    expect(message).not.toContain("no-owner");
  });

  test("where something is as bad as the stack says", async () => {
    const { message } = await refusal({}, { "ping-agents:failOn": "medium" });
    expect(message).toContain("ERR_ACCESS_POLICY: 3 findings about access, and nothing was changed\n");
    expect(message).not.toContain("reads-and-writes");
  });

  test("where the stack's setting is no severity", async () => {
    const { message } = await refusal({}, { "ping-agents:failOn": "hgih" });
    expect(message).toContain("ERR_SETTING_INVALID");
    expect(message).toContain("npx pulumi config set ping-agents:failOn info|low|medium|high");
  });
});

test("a policy of a program that is none is refused", () => {
  const wrong = { accept: [{ rule: "no-ownr", reason: "none", owner: "jane" }] } as unknown as AccessPolicy;
  expect(() => accessPolicy(wrong)).toThrow(/^ERR_SETTING_INVALID: .*\n {2}at field accessPolicy\.accept\.0\.rule/);
});
