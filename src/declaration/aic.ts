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
import { providerSettings } from "../fields/aic-provider.ts";
import { audience } from "../fields/aic-script.ts";
import { grantTypes } from "../fields/grant-types.ts";
import { description, name, nonEmptyScopes, set } from "../fields/text.ts";
import { allowedAccess, privilegeAccess, providerAccess } from "../fields/undeclared-access.ts";
import { aicTools } from "./aic-tools.ts";
import { cibaKeys } from "./ciba-keys.ts";
import { eachIn, has, hasNo, oneOf, where, word } from "./hints.ts";
import { checkAgent, checkAll, type WrittenAgent, type WrittenDeclaration } from "./rules/aic.ts";
import { aicExisting } from "./rules/references.ts";
import {
  allowedDifferences,
  identity,
  keeping,
  life,
  ownedAccess,
  patternSchema,
  platformSchema,
  undeclaredAccessOfAll,
} from "./shared-fields.ts";

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

const delegate = z.strictObject({
  with: name.meta({
    description:
      "Client id of the agent or application of this file whose tokens are exchanged; a script of it then names this one",
    examples: ["crm-agent"],
  }),
  audience: name.meta({
    description: "What the exchanged tokens are for: a text, which a request has to name exactly",
    examples: ["supply-chain-mcp-tool"],
  }),
  scopes: nonEmptyScopes("name the scopes").meta({
    description: "Scopes of the exchanged tokens, whatever those of the token that is exchanged",
    examples: [["supply-chain:restock"]],
  }),
});

/** What a script makes of the tokens that a client gets. */
const ownAudience = {
  audience: audience.optional().meta({
    otherwise: "the client id",
    description:
      "The audience of its own tokens, claim `aud`: a script of it sets it. Not beside `access` or `delegates`, whose tokens it would change, too",
  }),
};

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
    ...ownAudience,
    delegates: z.array(delegate).optional().meta({
      description: "Tokens that this client may exchange, and what for: it is their actor (RFC 8693)",
      otherwise: "none",
    }),
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
      ...ownAudience,
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
    .superRefine((value, context) => checkAgent(value as unknown as WrittenAgent, context))
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
        tokenSigningAlgorithm: providerSettings.tokenSigningAlgorithm
          .optional()
          .meta({ otherwise: "not owned: what the realm has" }),
        acceptAudienceParametersInTokenExchangeRequests:
          providerSettings.acceptAudienceParametersInTokenExchangeRequests
            .optional()
            .meta({ otherwise: "not owned: what the realm has" }),
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
    .superRefine((value, context) => checkAll(value as unknown as WrittenDeclaration, context))
    .meta({ allOf: TIER_HINTS });
}

/** {@link checkAgent}, for editors. */
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

/** What {@link checkAll} says of tiers, for editors. */
const TIER_HINTS = [where(has("tier", word("staging", "production")), hasNo("users"), hasNo("groups"))];
