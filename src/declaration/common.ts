/** Words that mean the same on every platform, and so stand in the declarations of all. Pure. */

import { z } from "zod";
import { adoptPolicy } from "../fields/adopt.ts";
import { name, set } from "../fields/text.ts";

/** Fields that applications and agents have in common, before those of the platform. */
export const identity = {
  name: name.describe("Display name"),
  description: z.string().optional(),
  owners: set().optional().describe("User names of the owners"),
  adopt: adoptPolicy.optional().describe("What to do when the object exists already"),
  protect: z
    .boolean()
    .optional()
    .describe(
      "true refuses to delete it, also where its entry goes; what it may reach can be taken from it all the same",
    ),
};

/** Who an agent acts for, which decides how it gets its tokens. */
export const patternSchema = z
  .enum(["autonomous", "on-behalf-of", "approved"])
  .describe("autonomous: acts for itself; on-behalf-of: for a user; approved: asks the user (CIBA)");
export type Pattern = z.infer<typeof patternSchema>;
