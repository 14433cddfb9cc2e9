/** Fields that the declarations of all clouds have in common. Pure. */

import { z } from "zod";
import { adoptPolicy } from "../fields/adopt.ts";
import { onRemove, sponsor } from "../fields/life.ts";
import { description, displayName, set } from "../fields/text.ts";
import { allowedAccess, day, driftDifference, undeclaredAccess } from "../fields/undeclared-access.ts";

/** How every object of a tenant comes into the stack where it is there already, and whether it goes with its entry. */
export const keeping = {
  adopt: adoptPolicy.optional(),
  protect: z.boolean().optional().meta({
    description: "true refuses to delete it, also where its entry goes; its access can be taken away all the same",
    default: false,
  }),
};

/** Fields that applications and agents have in common, before those of the platform. */
export const identity = {
  name: displayName.meta({ description: "Name that people read", examples: ["Support Agent"] }),
  description: description.optional(),
  owners: set()
    .optional()
    .meta({ description: "User names of the owners", otherwise: "none", examples: [["demo.owner"]] }),
  ...keeping,
};

/** The life of an agent, beside its owners and `enabled`. */
export const life = {
  sponsor: sponsor.optional().meta({
    description: "Who answers for the agent, a person or a team",
    otherwise: "nobody",
    examples: ["payments-team@example.com"],
  }),
  expires: day.optional().meta({
    description:
      "Last day of the agent, YYYY-MM-DD in UTC. From 30 days before `validate` warns, after it `verify` and `access` fail for this agent; nothing is switched off by itself",
    otherwise: "no end",
    examples: ["2026-12-31"],
  }),
  onRemove: onRemove.optional().meta({
    description:
      "What becomes of the agent when its entry goes or the stack is destroyed. Counts once it was brought up",
    words: {
      delete: "it goes, with all that hangs on it",
      disable: "it stays, switched off and without its declared access",
      retain: "it stays as it is, and the stack lets it go",
    },
    default: "delete",
  }),
};

/** What becomes of access that nobody declared, and which of it is allowed, in the platform's own terms. */
export const ownedAccess = (access: z.ZodString) => ({
  undeclaredAccess: undeclaredAccess.optional().meta({ otherwise: "what the file says for all" }),
  allow: allowedAccess(access)
    .optional()
    .meta({ description: "Access that is not declared here, and may stay", otherwise: "none" }),
});

/** Differences from the tenant, anywhere in the file. */
export const allowedDifferences = allowedAccess(driftDifference).optional().meta({
  description:
    "Differences from the tenant that may stay: `ping-agents drift` leaves them out as long as they stay what they are, and nothing else looks at them",
  otherwise: "none",
});

/** What becomes of access that nobody declared, for the whole file. */
export const undeclaredAccessOfAll = undeclaredAccess.optional().meta({ default: "remove" });

/** Who an agent acts for, which decides how it gets its tokens: on both clouds. */
const PATTERNS = ["autonomous", "on-behalf-of", "approved"] as const;
const SIGNS_USERS_IN = "signs-users-in";
const patternMeta = {
  description: "Who the agent acts for, which decides how it gets its tokens",
  words: {
    autonomous: "acts for itself, with a token of its own",
    "on-behalf-of": "acts for a user, whose token it exchanges",
    approved: "asks the user for each approval (CIBA)",
  },
};

export const patternSchema = z
  .enum(PATTERNS, {
    error: ({ input }) =>
      input === SIGNS_USERS_IN
        ? "signs-users-in is a pattern of PingOne; on AIC an application signs users in, and an agent on-behalf-of exchanges its tokens"
        : undefined,
  })
  .meta(patternMeta);
export type Pattern = z.infer<typeof patternSchema>;

/** The patterns of PingOne. */
export const pingOnePatternSchema = z.enum([...PATTERNS, SIGNS_USERS_IN]).meta({
  ...patternMeta,
  words: {
    ...patternMeta.words,
    [SIGNS_USERS_IN]: "signs users in itself (authorization code with PKCE), and acts for them with their tokens",
  },
});
export type PingOnePattern = z.infer<typeof pingOnePatternSchema>;

/** The platform's name, which says in whose words the rest of the file is. */
export const platformSchema = <Name extends string>(name: Name) =>
  z.literal(name).describe("Ping's cloud that this environment is on");
