/**
 * The declaration: one YAML file per environment that says which agents exist, which applications they may reach, for whom
 * and with which scopes. Pure: what a platform knows of OAuth 2.0 settings is handed in, so that this file, the JSON Schema
 * and the resources share one source.
 */

import { z } from "zod";
import { accessPolicy } from "../fields/access-policy.ts";
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
import { aicTools } from "./aic-tools.ts";
import { cibaKeys } from "./ciba-keys.ts";
import { eachIn, has, hasNo, oneOf, where, word } from "./hints.ts";
import { aicExisting } from "./rules/references.ts";
import { secretLabelOf } from "./secret-label.ts";
import {
  allowedDifferences,
  identity,
  keeping,
  life,
  ownedAccess,
  type Pattern,
  patternSchema,
  platformSchema,
  undeclaredAccessOfAll,
} from "./shared-fields.ts";
import { keyed, refuseTwins } from "./twins.ts";

const access = z.strictObject({
  ...privilegeFields,
  name: z
    .string()
    .optional()
    .meta({
      description: "Tells two entries for one application apart",
      otherwise: "none",
      examples: ["night"],
    }),
});

/** Where a secret value comes from; never from the declaration itself. */
const secretValue = z.union(
  [
    z.strictObject({ env: name.meta({ description: "Environment variable", examples: ["DEMO_PASSWORD"] }) }),
    z.strictObject({
      config: name.meta({
        description: "Key of the stack configuration, set with `--secret`",
        examples: ["ping-agents:demoPassword"],
      }),
    }),
  ],
  "no secret stands in a declaration: say where it is, { env: VARIABLE } or { config: KEY }",
);
export type SecretValue = z.infer<typeof secretValue>;

/** The client secret of an agent or application. */
const clientSecret = z.union(
  [
    z.literal("generated"),
    z.strictObject({
      rotation: z.string().meta({
        description:
          "Any text; a change generates a new secret, and the old one ends at once: the platform keeps one a client",
        examples: ["2026-11"],
      }),
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
  keys: z.union([z.literal("generated"), cibaKeys], "expected a public JWK set, or generated").meta({
    description:
      "Public JWK set, at most two keys while rotating; `generated` keeps a key pair in the state, for development only",
    examples: ["generated"],
  }),
  rotation: z
    .string()
    .optional()
    .meta({
      description: "Of generated keys: any text; a change generates the next key, the one before stays beside it",
      otherwise: "none",
      examples: ["2026-11"],
    }),
  overlap: z.boolean().optional().meta({
    description: "Of generated keys: false takes the key before out of the published set",
    default: true,
  }),
});

const journey = z.union(
  [
    z.strictObject({
      pattern: z.enum(["push-approval", "push-registration"]).meta({
        description: "A journey that the documentation asks for",
        words: {
          "push-approval": "asks the user on a registered device to approve what an agent wants to do",
          "push-registration": "registers a device for push messages",
        },
      }),
      description: description.optional(),
      ...keeping,
    }),
    z.strictObject({ ...journeyFields, ...keeping }).superRefine(checkJourney),
  ],
  "expected a mapping with a pattern, or with entry and nodes",
);

/**
 * The schema of an AIC declaration.
 *
 * @param ofApplications the fields of an OAuth 2.0 client that the platform knows, each of which wins over what the type
 *   expands to
 * @param ofAgents the same for agents and their patterns
 */
export function aicDeclaration<Settings extends z.ZodRawShape>(ofApplications: Settings, ofAgents: Settings) {
  const application = z.strictObject({
    ...ofApplications,
    ...identity,
    type: z.enum(["web", "service", "spa", "native"]).meta({
      description: "Kind of application, as in the console",
      words: {
        web: "runs on a server; users sign on",
        service: "a machine, without users",
        spa: "runs in a browser: a public client",
        native: "runs on a device: a public client",
      },
    }),
    grantTypes: grantTypes.optional().meta({ otherwise: "`authorization_code`; of a service `client_credentials`" }),
    secret: clientSecret.optional().meta({
      description: "Where the client secret comes from",
      otherwise: "generated, where the client needs one",
      examples: [{ rotation: "2026-11" }],
    }),
    ciba: ciba.optional().describe("Keys of a client that asks users for approval (CIBA)"),
    tools: aicTools,
  });
  const agent = z
    .strictObject({
      ...ofAgents,
      ...identity,
      pattern: patternSchema,
      grantTypes: grantTypes.optional().meta({ otherwise: "what the pattern needs" }),
      secret: clientSecret.optional().meta({
        description: "Where the client secret comes from",
        otherwise: "generated, where the agent needs one",
        examples: [{ rotation: "2026-11" }],
      }),
      ciba: ciba.optional().describe("Keys that sign the requests of an approved agent"),
      ...life,
      customAttributes: customAttributes.optional().meta({
        description: "Texts by name on the agent's identity, for scripts and policies",
        otherwise: "none",
        examples: [{ team: "payments" }],
      }),
      access: z
        .array(access)
        .optional()
        .meta({ description: "What the agent may reach: a privilege an entry", otherwise: "nothing" }),
      tools: aicTools,
      ...ownedAccess(privilegeAccess),
    })
    .superRefine((value, context) => checkAccess(value as unknown as AgentAccess, context))
    .meta({ allOf: PATTERN_HINTS });
  const declaration = z.strictObject({
    platform: platformSchema("aic"),
    tenant: tenantAddress.optional().meta({
      description: "Address of the tenant: settings that name another one are refused",
      otherwise: "`AIC_TENANT_URL`",
    }),
    realm: realmSchema,
    tier: tierSchema,
    provider: z
      .strictObject({
        grantTypes: grantTypes
          .optional()
          .meta({ description: "Grant types the realm must offer; others are left alone", otherwise: "none" }),
        acr: z
          .record(name, name)
          .optional()
          .meta({
            description: "Journey by acr value; others are left alone",
            otherwise: "none",
            examples: [{ push: "Agent Push Sender" }],
          }),
        allow: allowedAccess(providerAccess).optional().meta({
          description:
            "What the realm offers beside that and verify shall not find: registration, acr/VALUE, scope/NAME, script/ATTRIBUTE",
          otherwise: "none",
        }),
      })
      .optional()
      .describe("Entries of the realm's OAuth2 provider, which all its clients share; only these are owned"),
    journeys: z.record(name, journey).optional().describe("Journeys by name: a pattern, or a graph of nodes"),
    users: z
      .record(
        name,
        z.strictObject({
          ...userFields,
          password: secretValue.optional().meta({
            description: "Where the password comes from",
            otherwise: "none: nobody can sign on by password",
            examples: [{ env: "DEMO_PASSWORD" }],
          }),
          ...keeping,
        }),
      )
      .optional()
      .describe("Demo identities by user name, in development only"),
    groups: z
      .record(
        groupName,
        z.strictObject({
          description: description.optional(),
          members: set()
            .optional()
            .meta({
              description: "User names of the members",
              otherwise: "not owned: who is a member stays as it is",
              examples: [["barbara.jensen"]],
            }),
          ...keeping,
        }),
      )
      .optional()
      .describe("Demo groups by name, in development only"),
    esvSecrets: z
      .record(
        esvId,
        z.strictObject({
          value: secretValue.meta({ description: "Where the value comes from", examples: [{ env: "AGENT_SECRET" }] }),
          description: description.optional(),
          encoding: esvEncoding.optional().meta({ default: "generic" }),
          useInPlaceholders: z.boolean().optional().meta({
            description: "Whether configuration may refer to it by `&{esv.…}`; a change makes the secret anew",
            default: true,
          }),
          ...keeping,
        }),
      )
      .optional()
      .describe("Secrets of the environment by id"),
    esvVariables: z
      .record(
        esvId,
        z.strictObject({
          value: z.string().meta({ description: "The value, as text", examples: ["https://api.example.com"] }),
          description: description.optional(),
          expressionType: esvExpressionType.optional().meta({ default: "string" }),
          ...keeping,
        }),
      )
      .optional()
      .describe("Variables of the environment by id"),
    undeclaredAccess: undeclaredAccessOfAll,
    allow: allowedDifferences,
    accessPolicy,
    existing: aicExisting,
    applications: z
      .record(clientIdSchema, application)
      .optional()
      .describe("Managed applications with their OAuth 2.0 clients, by client id"),
    agents: z.record(clientIdSchema, agent).optional().describe("AI agents by client id"),
  });
  return declaration
    .superRefine((value, context) => {
      checkTier(value as unknown as Tiered, context);
      checkIds(value as unknown as Tiered, context);
      checkLabels(value as unknown as Tiered, context);
      checkTwins(value as unknown as Named, context);
    })
    .meta({ allOf: TIER_HINTS });
}

/** {@link checkAccess}, for editors. */
const NONE = { type: "array", maxItems: 0 };
const PATTERN_HINTS = [
  where(
    has("pattern", word("autonomous")),
    eachIn("access", { type: "object", properties: { subjects: NONE, subjectGroups: NONE } }),
  ),
  where(
    has("pattern", word("approved")),
    oneOf(has("ciba"), has("keys")),
    has("scopes", { type: "array", contains: { const: "openid" } }),
  ),
  where(has("pattern", word("on-behalf-of")), eachIn("access", oneOf(has("subjects"), has("subjectGroups")))),
];

/** {@link checkTier}, for editors. */
const TIER_HINTS = [where(has("tier", word("staging", "production")), hasNo("users"), hasNo("groups"))];

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
    if (Object.hasOwn(applications, id))
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
