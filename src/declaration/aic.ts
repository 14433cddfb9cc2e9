/**
 * The declaration: one YAML file per environment that says which agents exist, which applications they may reach, for whom
 * and with which scopes. Pure: what a platform knows of OAuth 2.0 settings is handed in, so that this file, the JSON Schema
 * and the resources share one source.
 */

import { z } from "zod";
import {
  checkJourney,
  clientIdSchema,
  customAttributes,
  esvEncoding,
  esvExpressionType,
  esvId,
  groupName,
  journeyFields,
  privilegeFields,
  realmSchema,
  tenantAddress,
  tierSchema,
  userFields,
} from "../fields/aic.ts";
import { grantTypes } from "../fields/grant-types.ts";
import { description, name, set } from "../fields/text.ts";
import { allowedAccess, privilegeAccess, providerAccess } from "../fields/undeclared-access.ts";
import { cibaKeys } from "./ciba-keys.ts";
import { identity, life, ownedAccess, type Pattern, patternSchema, undeclaredAccessOfAll } from "./common.ts";
import { aicExisting } from "./rules/references.ts";
import { secretLabelOf } from "./secret-label.ts";
import { keyed, refuseTwins } from "./twins.ts";

const { application, scopes, subjects, subjectGroups } = privilegeFields;
const access = z.strictObject({
  ...privilegeFields,
  application: application.describe("Client id of the application, also the audience of the token exchange"),
  name: z.string().optional().describe("Tells two entries for one application apart"),
  scopes: scopes.describe('Scopes the agent may get; "all" of the application must be written out'),
  subjects: subjects.describe("User names the agent may act for"),
  subjectGroups: subjectGroups.describe("Groups whose members the agent may act for"),
});

/** Where a secret value comes from; never from the declaration itself. */
const secretValue = z.union(
  [
    z.strictObject({ env: name.describe("Environment variable") }),
    z.strictObject({ config: name.describe("Key of the stack configuration, set with --secret") }),
  ],
  "no secret stands in a declaration: say where it is, { env: VARIABLE } or { config: KEY }",
);
export type SecretValue = z.infer<typeof secretValue>;

/** The client secret of an agent or application. */
const clientSecret = z.union(
  [
    z.literal("generated"),
    z.strictObject({
      rotation: z
        .string()
        .describe(
          "Any text; a change generates a new secret, and the old one ends at once: the platform keeps one a client",
        ),
    }),
    z.strictObject({
      esv: esvId.describe("ESV secret, reached through a secret label: then no secret is in the client"),
    }),
    secretValue,
  ],
  "no secret stands in a declaration: write generated, { rotation: TEXT }, { esv: ID }, { env: VARIABLE } or { config: KEY }",
);
export type ClientSecret = z.infer<typeof clientSecret>;

/** Keys that sign CIBA requests. */
const ciba = z.strictObject({
  keys: z
    .union([z.literal("generated"), cibaKeys], "expected a public JWK set, or generated")
    .describe(
      'Public JWK set, at most two keys while rotating; "generated" keeps a key pair in the state, for development only',
    ),
  rotation: z.string().optional().describe("Any text; a change generates the next key, the one before stays beside it"),
  overlap: z.boolean().optional().describe("false takes the key before out of the published set"),
});

const journey = z.union(
  [
    z.strictObject({ pattern: z.enum(["push-approval", "push-registration"]), description: description.optional() }),
    z.strictObject(journeyFields).superRefine(checkJourney),
  ],
  "expected a mapping with a pattern, or with entry and nodes",
);

/**
 * The schema of an AIC declaration.
 *
 * @param settings the fields of an OAuth 2.0 client that the platform knows; each can be declared on an agent or an
 *   application and wins over what the pattern expands to
 */
export function aicDeclaration<Settings extends z.ZodRawShape>(settings: Settings) {
  const application = z.strictObject({
    ...settings,
    ...identity,
    type: z.enum(["web", "service", "spa", "native"]).describe("Kind of application, as in the console"),
    grantTypes: grantTypes.optional(),
    secret: clientSecret.optional().describe("Default: generated, where the client needs one"),
    ciba: ciba.optional().describe("Keys of a client that asks users for approval (CIBA)"),
  });
  const agent = z
    .strictObject({
      ...settings,
      ...identity,
      pattern: patternSchema,
      grantTypes: grantTypes.optional().describe("Default: what the pattern needs"),
      secret: clientSecret.optional().describe("Default: generated, where the agent needs one"),
      ciba: ciba.optional().describe("Keys of an approved agent"),
      ...life,
      customAttributes: customAttributes
        .optional()
        .describe(
          "Texts by name on the agent's identity, for scripts and policies, e.g. { team: payments }. Default: none",
        ),
      access: z.array(access).optional().describe("What the agent may reach"),
      ...ownedAccess(privilegeAccess),
    })
    .superRefine((value, context) => checkAccess(value as unknown as AgentAccess, context));
  const declaration = z.strictObject({
    platform: z.literal("aic"),
    tenant: tenantAddress
      .optional()
      .describe("Address of the tenant: settings that name another one are refused. Default: AIC_TENANT_URL"),
    realm: realmSchema,
    tier: tierSchema.describe("In staging and production static configuration is asserted, not written"),
    provider: z
      .strictObject({
        grantTypes: grantTypes.optional().describe("Grant types the realm must offer; others are left alone"),
        acr: z.record(name, name).optional().describe("Journey by acr value"),
        allow: allowedAccess(providerAccess)
          .optional()
          .describe("What the realm offers beside that and verify shall not find: registration, acr/VALUE, scope/NAME"),
      })
      .optional(),
    journeys: z.record(name, journey).optional(),
    users: z
      .record(name, z.strictObject({ ...userFields, password: secretValue.optional() }))
      .optional()
      .describe("Demo identities, in development only"),
    groups: z
      .record(groupName, z.strictObject({ description: description.optional(), members: set().optional() }))
      .optional()
      .describe("Demo groups, in development only"),
    esvSecrets: z
      .record(
        esvId,
        z.strictObject({
          value: secretValue,
          description: description.optional(),
          encoding: esvEncoding.optional(),
          useInPlaceholders: z.boolean().optional(),
        }),
      )
      .optional(),
    esvVariables: z
      .record(
        esvId,
        z.strictObject({
          value: z.string(),
          description: description.optional(),
          expressionType: esvExpressionType.optional(),
        }),
      )
      .optional(),
    undeclaredAccess: undeclaredAccessOfAll,
    existing: aicExisting,
    applications: z.record(clientIdSchema, application).optional(),
    agents: z.record(clientIdSchema, agent).optional(),
  });
  return declaration.superRefine((value, context) => {
    checkTier(value as unknown as Tiered, context);
    checkIds(value as unknown as Tiered, context);
    checkLabels(value as unknown as Tiered, context);
    checkTwins(value as unknown as Named, context);
  });
}

type Client = { ciba?: z.infer<typeof ciba> | undefined; secret?: ClientSecret | undefined };
type Clients = Readonly<Record<string, Client>>;
type Tiered = { tier: string; users?: object; groups?: object; applications?: Clients; agents?: Clients };

/** What stands in for people, and private keys in the state, are for development only. */
function checkTier({ tier, users, groups, applications = {}, agents = {} }: Tiered, { addIssue }: z.RefinementCtx) {
  if (tier === "development") return;
  const refuse = (path: string[], message: string) => addIssue({ code: "custom", path, message });
  if (users) refuse(["users"], "users are declared in tier development only");
  if (groups) refuse(["groups"], "groups are declared in tier development only");
  for (const [kind, clients] of Object.entries({ applications, agents })) {
    for (const [id, client] of Object.entries(clients)) {
      if (client.ciba?.keys !== "generated") continue;
      refuse([kind, id, "ciba", "keys"], `would put a private key into the state: run npx ping-agents keys new ${id}`);
    }
  }
}

/** The token endpoint of a realm knows a client by its id alone. */
function checkIds({ applications = {}, agents = {} }: Tiered, { addIssue }: z.RefinementCtx) {
  for (const id of Object.keys(agents)) {
    if (id in applications)
      addIssue({ code: "custom", path: ["agents", id], message: "an application has this client id" });
  }
}

type Named = {
  users?: Record<string, object>;
  groups?: Record<string, object>;
  esvSecrets?: Record<string, object>;
  esvVariables?: Record<string, object>;
  applications?: Record<string, { name: string }>;
};

/** IDM takes no notice of case where it looks for a name (aic §1.3, §4); a placeholder finds an ESV of either sort by its id. */
function checkTwins({ users, groups, esvSecrets, esvVariables, applications }: Named, context: z.RefinementCtx): void {
  const own = (id: string) => [id] as const;
  const anyCase = (id: string) => [id.toLowerCase()] as const;
  refuseTwins("user name", keyed("users", users, anyCase), context);
  refuseTwins("group name", keyed("groups", groups, anyCase), context);
  refuseTwins("id", [...keyed("esvSecrets", esvSecrets, own), ...keyed("esvVariables", esvVariables, own)], context);
  const byName = keyed("applications", applications, (_id, { name }) => [name.toLowerCase(), "name"]);
  refuseTwins("name", byName, context);
}

/** Two clients under one label would get one secret. */
function checkLabels({ applications = {}, agents = {} }: Tiered, { addIssue }: z.RefinementCtx) {
  const taken = new Map<string, string>();
  for (const [kind, clients] of Object.entries({ applications, agents })) {
    for (const [id, { secret }] of Object.entries(clients)) {
      if (typeof secret !== "object" || !("esv" in secret)) continue;
      const label = secretLabelOf(id);
      const other = taken.get(label);
      const refuse = (message: string) => addIssue({ code: "custom", path: [kind, id, "secret"], message });
      if (label === "") refuse("a secret label needs a letter or digit in the client id");
      if (other) refuse(`the secret label "${label}" is that of ${other}: change one of the client ids`);
      taken.set(label, id);
    }
  }
}

type AgentAccess = {
  pattern: Pattern;
  access?: z.infer<typeof access>[] | undefined;
  ciba?: unknown;
  keys?: unknown;
  scopes?: readonly string[];
};

/** Said of an approved agent without keys: `keys new` mends it. */
export const KEYS_MISSING = "an approved agent signs its requests: say which keys";

/** Subjects and keys must fit the pattern, and two entries for one application must have names of their own. */
function checkAccess(
  { pattern, access: entries = [], ciba: signing, keys, scopes = [] }: AgentAccess,
  { addIssue }: z.RefinementCtx,
) {
  if (pattern === "approved" && !signing && !keys) {
    addIssue({ code: "custom", path: ["ciba"], message: KEYS_MISSING });
  }
  if (pattern === "approved" && !scopes.includes("openid")) {
    addIssue({ code: "custom", path: ["scopes"], message: 'CIBA needs the scope "openid"' });
  }
  const seen = new Set<string>();
  for (const [index, { application, name: label = "", subjects = [], subjectGroups = [] }] of entries.entries()) {
    const refuse = (message: string) => addIssue({ code: "custom", path: ["access", index], message });
    const actsForOthers = subjects.length + subjectGroups.length > 0;
    if (pattern === "autonomous" && actsForOthers) {
      refuse("an autonomous agent acts for itself: no subjects, or pattern: on-behalf-of");
    }
    if (pattern === "on-behalf-of" && !actsForOthers) refuse("say for whom the agent acts: subjects or subjectGroups");
    // What tells the resources of two entries apart in the stack.
    const key = [application, ...(label ? [label] : [])].join("/");
    if (seen.has(key)) refuse(`a second entry for ${application}: give it a name of its own`);
    seen.add(key);
  }
}
