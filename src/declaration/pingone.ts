/**
 * The declaration of a PingOne environment, in the words of AIC's where the thing is the same. What is not: scopes belong to
 * resources (APIs, MCP servers) instead of applications, and whom an agent may act for is said by the tokens that users get
 * for a resource, not by user names. Pure.
 */

import { z } from "zod";
import { accessPolicy } from "../fields/access-policy.ts";
import { grantTypes } from "../fields/grant-types.ts";
import {
  agreementLanguages,
  applicationType,
  checkClaim,
  claimFields,
  claimName,
  environmentIdSchema,
  grantScopes,
  listedScopes,
  NOTHING_TO_GRANT,
  policiesSchema,
  reconsentPeriodDays,
  resourceClaim,
  resourceScopes,
  secretOverlap,
  signOnActions,
} from "../fields/pingone.ts";
import { name, names } from "../fields/text.ts";
import { pingOneAccess } from "../fields/undeclared-access.ts";
import { named } from "../named.ts";
import { has, hasNo, oneOf, where, word } from "./hints.ts";
import { pingOneTools } from "./pingone-tools.ts";
import { pingOneExisting } from "./rules/references.ts";
import {
  allowedDifferences,
  identity,
  keeping,
  life,
  ownedAccess,
  type PingOnePattern,
  pingOnePatternSchema,
  platformSchema,
  undeclaredAccessOfAll,
} from "./shared-fields.ts";
import { keyed, refuseTwins } from "./twins.ts";

/** Key of an agent or application, for this file and for Pulumi; PingOne chooses the client id. */
const key = z
  .string()
  .regex(/^[A-Za-z0-9_-]+$/, "a key has letters, digits, dashes and underscores only")
  .meta({ description: "Key of one's own, by which this file and Pulumi name it", examples: ["support-agent"] });

const access = z.strictObject({
  resource: name.meta({
    description: "Key under `resources`, or the name of a resource that others manage; `openid` for OpenID Connect",
    examples: ["orders-api"],
  }),
  scopes: grantScopes,
});

const delegate = z.strictObject({
  with: name.meta({
    description: "Key of the resource whose tokens are exchanged: they name this client in `may_act`",
    examples: ["agent-gateway"],
  }),
  resource: name.meta({
    description: "Key of the resource for which tokens are got: they say in `act` who acts, and for whom",
    examples: ["stock-tool"],
  }),
  scopes: grantScopes.meta({
    description: "Scopes of the resource that may be asked for",
    examples: [["stock:order"]],
  }),
  required: z.boolean().optional().meta({
    description:
      "Whether the resource has no token in which nobody acts: PingOne refuses it. false leaves that to whoever takes the tokens",
    default: true,
  }),
});

const { idToken, userInfo } = claimFields;
const claim = z
  .strictObject({
    ...claimFields,
    required: z.boolean().optional().meta({ description: "Whether a user without a value is refused", default: false }),
    idToken: idToken.optional().meta({ default: true }),
    userInfo: userInfo.optional().meta({ default: true }),
  })
  .superRefine(checkClaim);

const secret = z.strictObject({
  rotation: z
    .string()
    .optional()
    .meta({
      description: "Any text; a change makes a new secret",
      otherwise: "none",
      examples: ["2026-11"],
    }),
  overlap: secretOverlap.optional().meta({ otherwise: "the old one ends at once" }),
  output: z.boolean().optional().meta({
    description: "Puts the secret, encrypted, into the state and the outputs",
    default: false,
  }),
});

const agreement = z.strictObject({
  name: name.meta({ description: "Name that administrators read", examples: ["Agent Consent"] }),
  description: identity.description,
  enabled: z.boolean().optional().meta({ description: "Whether policies prompt for it", default: true }),
  reconsentPeriodDays: reconsentPeriodDays.optional(),
  languages: agreementLanguages,
  ...keeping,
});

const signOnPolicy = z.strictObject({
  name: name.meta({
    description: "Name by which agents and applications have it under `policies`; tokens name it in `acr`",
    examples: ["Agent-Consent-Login"],
  }),
  description: identity.description,
  actions: signOnActions(
    name.meta({
      description: "Key under `agreements`, or the name of an agreement that others manage",
      examples: ["agent-consent"],
    }),
  ),
  ...keeping,
});

/** What agents and other applications have in common, beside the settings of the platform. */
const client = {
  name: identity.name,
  owners: identity.owners,
  ...keeping,
  access: z
    .array(access)
    .optional()
    .meta({ description: "Resources that may be reached, with which scopes", otherwise: "nothing" }),
  delegates: z.array(delegate).optional().meta({
    description: "Tokens that this client may exchange, and what for: it is their actor (RFC 8693)",
    otherwise: "none",
  }),
  tools: pingOneTools,
  policies: policiesSchema.optional().describe("How users sign on to it"),
  claims: z.record(claimName, claim).optional().describe("Claims about the user, by name"),
  secret: secret.optional().describe("The client secret; undeclared, PingOne keeps it, and nothing here knows it"),
  ...ownedAccess(pingOneAccess),
};

/** What the fields of a client need of each other, for editors. */
const CLIENT_HINTS = [
  where(has("authMethod", word("private_key_jwt")), has("keys")),
  where(has("userAccess", has("portalDisplay", { const: true })), has("authorization", has("initiateLoginUri"))),
];

/** {@link checkDelegation} and {@link checkSignOn}, for editors. */
const PATTERN_HINTS = [
  where(has("pattern", word("on-behalf-of")), oneOf(has("actsForUsersOf"), has("delegates"))),
  where(has("pattern", word("autonomous", "approved", "signs-users-in")), hasNo("actsForUsersOf")),
  where(has("pattern", word("signs-users-in")), has("redirectUris")),
];

/**
 * The schema of a PingOne declaration.
 *
 * @param ofApplications the fields of an application that the platform knows, each of which wins over what the type expands to
 * @param ofAgents the same for agents and their patterns
 * @param resourceSettings the same for resources
 */
export function pingOneDeclaration<Settings extends z.ZodRawShape, ResourceSettings extends z.ZodRawShape>(
  ofApplications: Settings,
  ofAgents: Settings,
  resourceSettings: ResourceSettings,
) {
  const resource = z.strictObject({
    ...resourceSettings,
    name: identity.name,
    description: identity.description,
    ...keeping,
    scopes: resourceScopes.optional().meta({ otherwise: "none" }),
    claims: z
      .record(claimName, resourceClaim)
      .optional()
      .meta({
        description: "Claims of access tokens by name: an expression, or a JSON value",
        otherwise: "`may_act` and `act`, where agents act for users",
        examples: [{ department: "sales" }],
      }),
    ...ownedAccess(pingOneAccess),
  });
  const application = z
    .strictObject({
      ...ofApplications,
      ...client,
      type: applicationType,
      grantTypes: grantTypes.optional().meta({ otherwise: "`authorization_code`; of a service `client_credentials`" }),
    })
    .meta({ allOf: CLIENT_HINTS });
  const agent = z
    .strictObject({
      ...ofAgents,
      ...client,
      ...life,
      pattern: pingOnePatternSchema,
      grantTypes: grantTypes.optional().meta({ otherwise: "what the pattern needs" }),
      actsForUsersOf: names.optional().meta({
        description: "Keys of resources: their tokens name this agent in `may_act`, so that it may exchange them",
        otherwise: "none",
        examples: [["portal-api"]],
      }),
    })
    .meta({ allOf: [...CLIENT_HINTS, ...PATTERN_HINTS] });
  return z
    .strictObject({
      platform: platformSchema("pingone"),
      environment: environmentIdSchema.optional().meta({ otherwise: "`PINGONE_ENVIRONMENT_ID`" }),
      undeclaredAccess: undeclaredAccessOfAll,
      allow: allowedDifferences,
      accessPolicy,
      existing: pingOneExisting,
      agreements: z
        .record(key, agreement)
        .optional()
        .describe("What users consent to when they sign on, by a key of one's own"),
      signOnPolicies: z
        .record(key, signOnPolicy)
        .optional()
        .describe("What is asked of users who sign on, by a key of one's own"),
      resources: z
        .record(key, resource)
        .optional()
        .describe("APIs and MCP servers by a key of one's own, each with its scopes and the claims of its tokens"),
      applications: z
        .record(key, application)
        .optional()
        .describe("Applications that are no agents, by a key of one's own"),
      agents: z.record(key, agent).optional().describe("AI agents by a key of one's own"),
    })
    .superRefine((value, context) => {
      checkDelegation(value as unknown as Declared, context);
      checkSignOn(value as unknown as Declared, context);
      checkClients(value as unknown as Declared, context);
      checkTwins(value as unknown as Declared, context);
    });
}

type Client = { readonly name: string; readonly access?: readonly z.infer<typeof access>[] | undefined };
type Agent = Client & {
  readonly redirectUris?: readonly string[] | undefined;
  readonly pattern: PingOnePattern;
  readonly actsForUsersOf?: readonly string[] | undefined;
  readonly delegates?: readonly object[] | undefined;
};
type Resource = { readonly name: string; readonly audience?: string; readonly claims?: object | undefined };
type Named = { readonly name: string };
type Declared = {
  readonly agreements?: Readonly<Record<string, Named>>;
  readonly signOnPolicies?: Readonly<Record<string, Named>>;
  readonly resources?: Readonly<Record<string, Resource>>;
  readonly applications?: Readonly<Record<string, Client>>;
  readonly agents?: Readonly<Record<string, Agent>>;
};

/** `may_act` names one agent, and only a resource of this file can be given it. */
function checkDelegation({ resources = {}, agents = {} }: Declared, { addIssue }: z.RefinementCtx): void {
  const taken = new Map<string, string>();
  for (const [agent, { pattern, actsForUsersOf, delegates }] of Object.entries(agents)) {
    const refuse = (message: string, ...more: PropertyKey[]) =>
      addIssue({ code: "custom", path: ["agents", agent, ...more], message });
    if (pattern !== "on-behalf-of" && actsForUsersOf) {
      refuse("only an agent on-behalf-of acts for users", "actsForUsersOf");
    }
    if (pattern === "on-behalf-of" && !actsForUsersOf?.length && !delegates?.length) {
      refuse(
        "say for whom the agent acts: actsForUsersOf, with the resources whose tokens it may exchange, or delegates",
      );
    }
    for (const [index, resource] of (actsForUsersOf ?? []).entries()) {
      const at = ["actsForUsersOf", index] as const;
      const declared = named(resources, resource);
      const other = taken.get(resource);
      if (!declared) refuse(`no resource "${resource}" in this file`, ...at);
      else if (declared.claims && "may_act" in declared.claims) refuse(`${resource} declares may_act itself`, ...at);
      if (other) refuse(`tokens of ${resource} name ${other} already: may_act holds one agent`, ...at);
      taken.set(resource, agent);
    }
  }
}

/** Whoever signs users in has an address to which they come back. */
function checkSignOn({ agents = {} }: Declared, { addIssue }: z.RefinementCtx): void {
  for (const [agent, { pattern, redirectUris = [] }] of Object.entries(agents)) {
    if (pattern !== "signs-users-in" || redirectUris.length > 0) continue;
    const message = "say where users come back to: redirectUris";
    addIssue({ code: "custom", path: ["agents", agent], message });
  }
}

/** Agents and other applications are rows of one collection, and what has no audience has its name for one (pingone §4.2, §5.3). */
function checkTwins(
  { agreements, signOnPolicies, resources = {}, applications, agents }: Declared,
  context: z.RefinementCtx,
): void {
  const byName = (_id: string, { name }: { readonly name: string }) => [name, "name"] as const;
  const clients = [...keyed("applications", applications, byName), ...keyed("agents", agents, byName)];
  refuseTwins("name", clients, context);
  refuseTwins("name", keyed("agreements", agreements, byName), context);
  refuseTwins("name", keyed("signOnPolicies", signOnPolicies, byName), context);
  refuseTwins("name", keyed("resources", resources, byName), context);
  const audiences = keyed("resources", resources, (_id, { name, audience = name }) => [audience, "audience"]);
  const names = Object.values(resources).map(({ name }) => name);
  // Of two with one name that is said above.
  refuseTwins(
    "audience",
    audiences.filter((_one, index) => names.indexOf(names[index] ?? "") === index),
    context,
  );
}

/** Keys name one client each, and an application has one grant for each resource. */
function checkClients({ resources = {}, applications = {}, agents = {} }: Declared, { addIssue }: z.RefinementCtx) {
  const refuse = (path: PropertyKey[], message: string) => addIssue({ code: "custom", path, message });
  for (const id of Object.keys(agents)) {
    if (Object.hasOwn(applications, id)) refuse(["agents", id], "an application has this key");
  }
  for (const [kind, clients] of Object.entries({ applications, agents })) {
    for (const [id, { access: entries = [] }] of Object.entries(clients)) {
      const seen = new Set<string>();
      for (const [index, { resource, scopes }] of entries.entries()) {
        const at = [kind, id, "access", index];
        const target = named(resources, resource)?.name ?? resource;
        if (listedScopes(target, scopes).length === 0) refuse([...at, "scopes"], NOTHING_TO_GRANT);
        if (seen.has(target)) refuse(at, `a second entry for ${resource}: put all its scopes into one`);
        seen.add(target);
      }
    }
  }
}
