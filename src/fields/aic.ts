/** Leaf schemas of Advanced Identity Cloud: what a declaration may say is what the resources take, in the same words. */

import { z } from "zod";
import { address, description, name, nonEmptyScopes, plainText, set } from "./text.ts";

/** A realm of the tenant: it has two, and its root realm is closed (aic §1.4). */
export type Realm = "alpha" | "bravo";
export const realmSchema = z
  .string()
  .regex(/^(alpha|bravo)$/, "there is no such realm: expected alpha or bravo")
  .meta({ description: "Realm of the tenant", enum: ["alpha", "bravo"] }) as unknown as z.ZodType<Realm, Realm>;

/** OAuth 2.0 client id of an agent or application. */
export const clientIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]+$/, "a client id has letters, digits, dashes and underscores only")
  .meta({ description: "OAuth 2.0 client id; another one is another object", examples: ["support-agent"] });

/** Address of a tenant; only its origin counts. */
export const tenantAddress = address({
  protocol: /^https?$/,
  error: "expected an address such as https://tenant.example.com",
})
  .refine((text) => {
    const url = URL.parse(text);
    return !url?.username && !url?.password;
  }, "an address holds no user and no password")
  .meta({ examples: ["https://tenant.example.com"] });

/** Tier of the tenant's environment. Static configuration can be written in development only. */
export const tierSchema = z.enum(["development", "staging", "production"]).meta({
  description: "Tier of the tenant's environment",
  words: {
    development:
      "journeys, scripts and entries of the OAuth2 provider are written; demo users and groups may be declared",
    staging: "journeys, scripts and entries of the OAuth2 provider are asserted, not written",
    production: "as staging",
  },
});
const DEVELOPMENT = "development" satisfies z.infer<typeof tierSchema>;

/** The tier of a resource that the tenant's tier makes a difference to. */
export const tierOfResource = tierSchema.default(DEVELOPMENT);

/** A tier that must be development, for what stands in for people. */
export const developmentOnly = (what: string) =>
  tierOfResource.refine((tier) => tier === DEVELOPMENT, `${what} are declared in tier development only`);

/** Fields of an access entry of an agent, which is one privilege. */
export const privilegeFields = {
  /** OAuth 2.0 client id of the application, which is also the audience of the token exchange. */
  application: name.meta({
    description: "Client id of the application, also the audience of the token exchange",
    examples: ["web-server-logs-api-app"],
  }),
  description: description.optional(),
  /** Scopes the agent may get, or `all` of the application's; an empty list is refused, because on the wire it means all. */
  scopes: z
    .union(
      [z.literal("all"), nonEmptyScopes('name the scopes, or write "scopes: all"')],
      'name the scopes, or write "scopes: all"',
    )
    .meta({
      description: "Scopes the agent may get; `all` of the application must be written out",
      examples: [["logs-read", "logs-search"]],
    }),
  /** User names. No subjects and no groups: the agent acts for itself. */
  subjects: set()
    .optional()
    .meta({
      description: "User names the agent may act for",
      otherwise: "none; without subjects and groups the agent acts for itself",
      examples: [["barbara.jensen"]],
    }),
  /** Group names. */
  subjectGroups: set()
    .optional()
    .meta({
      description: "Groups whose members the agent may act for",
      otherwise: "none",
      examples: [["customers"]],
    }),
};

/** Fields of a demo identity, beside its name and password. */
export const userFields = {
  givenName: name.meta({ description: "Given name", examples: ["Barbara"] }),
  /** Surname. */
  sn: name.meta({ description: "Surname", examples: ["Jensen"] }),
  mail: z.email().meta({ description: "E-mail address", examples: ["barbara.jensen@example.com"] }),
};

/** Password of a demo identity. */
export const passwordSchema = z.string().min(8, "a password has at least 8 characters");

/** Name of a demo group, which is also its id (aic §3.1). */
export const groupName = name
  .refine((value) => !value.includes("/*"), 'must not contain "/*"')
  .meta({ description: "Name of the group", examples: ["customers"], pattern: "^(?!.*/\\*)" }); // for the JSON Schema, which cannot run the check

/** Id of a secret or variable of the environment (aic §8). */
export const esvId = z
  .string()
  .regex(/^esv-[a-z0-9_-]{1,124}$/, 'an ESV id starts with "esv-"; lower-case letters, digits, dash, underscore')
  .meta({ description: "Id of a secret or variable of the environment", examples: ["esv-support-agent-secret"] });

/** How the value of an ESV secret is read. */
export const esvEncoding = z
  .enum(["generic", "pem", "base64hmac"])
  .meta({ description: "How the value is read; another one makes the secret anew" });

/** How the value of an ESV variable is read. */
export const esvExpressionType = z
  .enum(["string", "list", "array", "object", "bool", "int", "number", "base64encodedinlined", "keyvaluelist"])
  .meta({ description: "How the value is read; another one makes the variable anew" });
export type EsvExpressionType = z.infer<typeof esvExpressionType>;

/** A node of a journey. */
const journeyNode = z.strictObject({
  /** Node type, e.g. `PushAuthenticationSenderNode`. */
  type: name.meta({ description: "Type of the node, as AM names it", examples: ["PushAuthenticationSenderNode"] }),
  /** Title in the editor. @default the type */
  displayName: plainText
    .optional()
    .meta({ description: "Title in the editor", otherwise: "the type", examples: ["Push Sender"] }),
  /** What is set; other properties keep the server's value. */
  properties: z
    .record(z.string(), z.json())
    .optional()
    .meta({
      description: "Properties of the node, as AM names them; all others keep the server's value",
      otherwise: "none",
      examples: [{ messageTimeout: 120_000 }],
    }),
  /** Next node by outcome: the name of a node, `success` or `failure`. */
  outcomes: z.record(z.string(), name).meta({
    description: "Next node by outcome: its key, `success` or `failure`",
    examples: [{ SENT: "wait", NOT_REGISTERED: "failure" }],
  }),
});

/** True for the name of a custom attribute that the kit keeps for itself (decision 0012). */
export const isOwnAttribute = (name: string): boolean => name.startsWith("pingAgents");

/** Custom attributes of an agent, by which scripts and policies may decide. */
export const customAttributes = z
  .record(z.string(), z.string())
  .refine((map) => !Object.keys(map).some(isOwnAttribute), "names that begin with pingAgents are the kit's own");

/** The two ends of every journey, which are no nodes. */
export const JOURNEY_ENDS = ["success", "failure"] as const;

/** Who may run a journey, and what comes of it, in AM's words (aic §7.1). */
export const journeySettings = {
  /** Whether anybody can run it. @default true */
  enabled: z.boolean().optional().meta({ description: "Whether anybody can run it", default: true }),
  /** Runs inside of other journeys only. @default false */
  innerTreeOnly: z.boolean().optional().meta({ description: "Runs inside of other journeys only", default: false }),
  /** Runs also where there is a session. @default false */
  mustRun: z.boolean().optional().meta({ description: "Runs also where there is a session", default: false }),
  /** Ends without a session. @default false */
  noSession: z.boolean().optional().meta({ description: "Ends without a session", default: false }),
  /** Runs for transactions only, which CIBA is not. @default false */
  transactionalOnly: z
    .boolean()
    .optional()
    .meta({ description: "Runs for transactions only, which CIBA is not", default: false }),
  /** Managed objects whose journey it is. @default the users of the realm, `managed/alpha_user` */
  identityResource: name.optional().meta({
    description: "Managed objects whose journey it is",
    otherwise: "the users of the realm",
    examples: ["managed/alpha_user"],
  }),
};

/** Fields of a journey, beside its name. */
export const journeyFields = {
  description: description.optional(),
  ...journeySettings,
  /** Name of the first node. */
  entry: name.meta({ description: "Key of the first node", examples: ["username"] }),
  nodes: z.record(z.string(), journeyNode).describe("Nodes, by a key of one's own"),
};

/** Every outcome leads to a node of the journey, or to an end. */
export function checkJourney(
  { entry, nodes }: z.infer<z.ZodObject<typeof journeyFields>>,
  { addIssue }: z.RefinementCtx,
): void {
  const known: readonly string[] = [...Object.keys(nodes), ...JOURNEY_ENDS];
  if (!Object.hasOwn(nodes, entry)) addIssue({ code: "custom", path: ["entry"], message: `no node "${entry}"` });
  for (const [key, { outcomes }] of Object.entries(nodes)) {
    for (const [outcome, next] of Object.entries(outcomes)) {
      if (known.includes(next)) continue;
      addIssue({ code: "custom", path: ["nodes", key, "outcomes", outcome], message: `no node "${next}"` });
    }
  }
}
