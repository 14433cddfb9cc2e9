/**
 * The declaration: one YAML file per environment that says which agents exist, which applications they may reach, for whom
 * and with which scopes. Pure: what a platform knows of OAuth 2.0 settings is handed in, so that this file, the JSON Schema
 * and the resources share one source.
 */

import { z } from "zod";
import { GRANT_TYPE_NAMES, grantTypeValue } from "./grant-types.ts";

const name = z.string().min(1);
const names = z.array(name);
/** OAuth 2.0 client id, the key of an agent or application. */
const clientId = z.string().regex(/^[A-Za-z0-9_-]+$/, "a client id has letters, digits, dashes and underscores only");
const grantTypes = z.array(
  z
    .string()
    .refine((value) => GRANT_TYPE_NAMES.includes(value) || value.startsWith("urn:"), {
      error: ({ input }) => `no grant type "${input}"; use ${GRANT_TYPE_NAMES.join(", ")} or a urn:… value`,
    })
    .transform(grantTypeValue),
);

/** Fields that applications and agents have in common, before those of the platform. */
const identity = {
  name: name.describe("Display name"),
  description: z.string().optional(),
  owners: names.optional().describe("User names of the owners"),
  adopt: z.enum(["never", "match", "overwrite"]).optional().describe("What to do when the object exists already"),
};

const access = z.strictObject({
  application: name.describe("Client id of the application, also the audience of the token exchange"),
  name: z.string().optional().describe("Tells two entries for one application apart"),
  description: z.string().optional(),
  scopes: z
    .union([z.literal("all"), names.min(1, 'name the scopes, or write "scopes: all"')])
    .describe('Scopes the agent may get; "all" of the application must be written out'),
  subjects: names.optional().describe("User names the agent may act for"),
  subjectGroups: names.optional().describe("Groups whose members the agent may act for"),
});

/** Who an agent acts for decides how it gets its tokens. */
export const PATTERNS = ["autonomous", "on-behalf-of"] as const;
export type Pattern = (typeof PATTERNS)[number];

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
  });
  const agent = z
    .strictObject({
      ...settings,
      ...identity,
      pattern: z.enum(PATTERNS).describe("Who the agent acts for: itself, or a user"),
      grantTypes: grantTypes.optional().describe("Default: what the pattern needs"),
      customAttributes: z.record(z.string(), z.string()).optional(),
      access: z.array(access).optional().describe("What the agent may reach"),
    })
    .superRefine((value, context) => checkAccess(value as unknown as AgentAccess, context));
  return z.strictObject({
    platform: z.literal("aic"),
    realm: z.string().regex(/^[A-Za-z0-9_-]+$/, "a realm name such as alpha"),
    tier: z
      .enum(["development", "staging", "production"])
      .describe("In staging and production static configuration is asserted, not written"),
    provider: z
      .strictObject({
        grantTypes: grantTypes.optional().describe("Grant types the realm must offer; others are left alone"),
      })
      .optional(),
    applications: z.record(clientId, application).optional(),
    agents: z.record(clientId, agent).optional(),
  });
}

type AgentAccess = { pattern: Pattern; access?: z.infer<typeof access>[] | undefined };

/** Subjects must fit the pattern, and two entries for one application must have names of their own. */
function checkAccess({ pattern, access: entries = [] }: AgentAccess, { addIssue }: z.RefinementCtx) {
  const seen = new Set<string>();
  for (const [index, { application, name: label = "", subjects = [], subjectGroups = [] }] of entries.entries()) {
    const refuse = (message: string) => addIssue({ code: "custom", path: ["access", index], message });
    const actsForOthers = subjects.length + subjectGroups.length > 0;
    if (pattern === "autonomous" && actsForOthers) {
      refuse("an autonomous agent acts for itself: no subjects, or pattern: on-behalf-of");
    }
    if (pattern === "on-behalf-of" && !actsForOthers) refuse("say for whom the agent acts: subjects or subjectGroups");
    const key = JSON.stringify([application, label]);
    if (seen.has(key)) refuse(`a second entry for ${application}: give it a name of its own`);
    seen.add(key);
  }
}
