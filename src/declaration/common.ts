/** Words that mean the same on every platform, and so stand in the declarations of all. Pure. */

import { z } from "zod";
import { adoptPolicy } from "../fields/adopt.ts";
import { onRemove, sponsor } from "../fields/life.ts";
import { description, displayName, set } from "../fields/text.ts";
import { allowedAccess, day, undeclaredAccess } from "../fields/undeclared-access.ts";

/** Fields that applications and agents have in common, before those of the platform. */
export const identity = {
  name: displayName.describe("Display name"),
  description: description.optional(),
  owners: set().optional().describe("User names of the owners"),
  adopt: adoptPolicy.optional().describe("What to do when the object exists already"),
  protect: z
    .boolean()
    .optional()
    .describe(
      "true refuses to delete it, also where its entry goes; what it may reach can be taken from it all the same",
    ),
};

/** The life of an agent, beside its owners and `enabled`. */
export const life = {
  sponsor: sponsor
    .optional()
    .describe("Who answers for the agent, a person or a team, e.g. payments-team@example.com. Default: nobody"),
  expires: day
    .optional()
    .describe(
      "Last day of the agent, YYYY-MM-DD in UTC, e.g. 2026-12-31. From 30 days before validate warns, after it verify fails for this agent; nothing is switched off by itself. Default: no end",
    ),
  onRemove: onRemove
    .optional()
    .describe(
      "What becomes of the agent when its entry goes or the stack is destroyed. delete: it goes; disable: it stays, switched off, without its declared access; retain: it stays as it is, and the stack lets it go, e.g. disable. Counts once it was brought up. Default: delete",
    ),
};

/** What becomes of access that nobody declared, and which of it is allowed, in the platform's own terms. */
export const ownedAccess = (access: z.ZodString) => ({
  undeclaredAccess: undeclaredAccess.optional().describe("Default: what the file says for all"),
  allow: allowedAccess(access).optional().describe("Access that is not declared here, and may stay"),
});

/** What becomes of access that nobody declared, for the whole file. */
export const undeclaredAccessOfAll = undeclaredAccess
  .optional()
  .describe("remove: a repair takes away access that is not declared; report: it only shows. Default: remove");

/** Who an agent acts for, which decides how it gets its tokens. */
export const patternSchema = z
  .enum(["autonomous", "on-behalf-of", "approved"])
  .describe("autonomous: acts for itself; on-behalf-of: for a user; approved: asks the user (CIBA)");
export type Pattern = z.infer<typeof patternSchema>;
