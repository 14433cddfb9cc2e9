/**
 * The declaration of a PingOne environment, in the words of AIC's where the thing is the same. What is not: scopes belong to
 * resources (APIs, MCP servers) instead of applications, and whom an agent may act for is said by the tokens that users get
 * for a resource, not by user names. Pure.
 */

import { z } from "zod";
import { grantTypes, identity, name, names, PATTERNS, type Pattern } from "./common.ts";

/** Key of an agent or application, for this file and for Pulumi; PingOne chooses the client id. */
const key = z.string().regex(/^[A-Za-z0-9_-]+$/, "a key has letters, digits, dashes and underscores only");

const access = z.strictObject({
  resource: name.describe(
    "Key under resources, or the name of a resource that others manage; openid for OpenID Connect",
  ),
  scopes: names.min(1, "name the scopes").describe("Scopes that may be asked for"),
});

/** How users sign on: PingOne keeps the two kinds apart, and so does the declaration. */
const policies = z.strictObject({
  kind: z.enum(["sign-on", "davinci"]).describe("PingOne's own policies, or DaVinci flow policies"),
  names: names.min(1, "name the policies, the first that applies wins"),
});

const mapping = z.strictObject({
  value: name.describe("A constant, or an expression over the user"),
  required: z.boolean().optional(),
  idToken: z.boolean().optional(),
  userInfo: z.boolean().optional(),
  scopes: names.optional().describe("Scopes of OpenID Connect that bring the claim"),
});

const secret = z.strictObject({
  rotation: z.string().optional().describe("Any text; a change makes a new secret"),
  overlap: z.int().optional().describe("Seconds for which the old secret still works after a rotation"),
  output: z.boolean().optional().describe("Puts the secret, encrypted, into the state and the outputs"),
});

/** What agents and other applications have in common, before the settings of the platform. */
const client = {
  ...identity,
  grantTypes: grantTypes.optional(),
  access: z.array(access).optional().describe("Resources that may be reached, with which scopes"),
  policies: policies.optional(),
  claims: z.record(name, mapping).optional().describe("Claims about the user, by name"),
  secret: secret.optional().describe("Default: PingOne keeps it, and nothing here knows it"),
};

/**
 * The schema of a PingOne declaration.
 *
 * @param settings the fields of an application that the platform knows; each can be declared on an agent or an application
 *   and wins over what the pattern expands to
 * @param resourceSettings the same for resources
 */
export function pingOneDeclaration<Settings extends z.ZodRawShape, ResourceSettings extends z.ZodRawShape>(
  settings: Settings,
  resourceSettings: ResourceSettings,
) {
  const resource = z.strictObject({
    ...resourceSettings,
    name: identity.name,
    description: identity.description,
    adopt: identity.adopt,
    scopes: z.record(name, z.string()).optional().describe("Descriptions of scopes by name"),
    claims: z
      .record(name, z.union([z.string(), z.record(z.string(), z.json())]))
      .optional()
      .describe("Claims of access tokens by name: an expression, or a JSON value"),
  });
  const application = z.strictObject({
    ...settings,
    ...client,
    type: z.enum(["web", "service", "spa", "native", "custom"]).describe("Kind of application, as in the console"),
  });
  const agent = z.strictObject({
    ...settings,
    ...client,
    pattern: z
      .enum(PATTERNS)
      .describe("autonomous: acts for itself; on-behalf-of: for a user; approved: asks the user (CIBA)"),
    actsForUsersOf: names
      .optional()
      .describe("Keys of resources: their tokens name this agent in may_act, so that it may exchange them"),
  });
  return z
    .strictObject({
      platform: z.literal("pingone"),
      environment: z.uuid().optional().describe("UUID of the environment. Default: PINGONE_ENVIRONMENT_ID"),
      resources: z.record(key, resource).optional(),
      applications: z.record(key, application).optional(),
      agents: z.record(key, agent).optional(),
    })
    .superRefine((value, context) => checkDelegation(value as unknown as Delegating, context));
}

type Delegating = {
  resources?: Readonly<Record<string, { claims?: object | undefined }>>;
  agents?: Readonly<Record<string, { pattern: Pattern; actsForUsersOf?: string[] | undefined }>>;
};

/** `may_act` names one agent, and only a resource of this file can be given it. */
function checkDelegation({ resources = {}, agents = {} }: Delegating, { addIssue }: z.RefinementCtx): void {
  const taken = new Map<string, string>();
  for (const [agent, { pattern, actsForUsersOf }] of Object.entries(agents)) {
    const refuse = (message: string, ...more: PropertyKey[]) =>
      addIssue({ code: "custom", path: ["agents", agent, ...more], message });
    if (pattern !== "on-behalf-of" && actsForUsersOf) {
      refuse("only an agent on-behalf-of acts for users", "actsForUsersOf");
    }
    if (pattern === "on-behalf-of" && !actsForUsersOf?.length) {
      refuse("say for whom the agent acts: actsForUsersOf, with the resources whose tokens it may exchange");
    }
    for (const [index, resource] of (actsForUsersOf ?? []).entries()) {
      const at = ["actsForUsersOf", index] as const;
      const declared = resources[resource];
      const other = taken.get(resource);
      if (!declared) refuse(`no resource "${resource}" in this file`, ...at);
      else if (declared.claims && "may_act" in declared.claims) refuse(`${resource} declares may_act itself`, ...at);
      if (other) refuse(`tokens of ${resource} name ${other} already: may_act holds one agent`, ...at);
      taken.set(resource, agent);
    }
  }
}
