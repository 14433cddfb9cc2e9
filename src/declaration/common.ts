/** Words that mean the same on every platform, and so stand in the declarations of all. Pure. */

import { z } from "zod";
import { adoptPolicy } from "../fields/adopt.ts";
import { GRANT_TYPE_NAMES, grantTypeValue } from "./grant-types.ts";

export const name = z.string().min(1);
export const names = z.array(name);
/** Grant types by their short names or values. */
export const grantTypes = z.array(
  z
    .string()
    .refine((value) => GRANT_TYPE_NAMES.includes(value) || value.startsWith("urn:"), {
      error: ({ input }) => `no grant type "${input}"; use ${GRANT_TYPE_NAMES.join(", ")} or a urn:… value`,
    })
    .meta({
      anyOf: [
        { type: "string", enum: GRANT_TYPE_NAMES },
        { type: "string", pattern: "^urn:" },
      ],
    }) // for the JSON Schema, which cannot run the check
    .transform(grantTypeValue),
);

/** Fields that applications and agents have in common, before those of the platform. */
export const identity = {
  name: name.describe("Display name"),
  description: z.string().optional(),
  owners: names.optional().describe("User names of the owners"),
  adopt: adoptPolicy.optional().describe("What to do when the object exists already"),
};

/** Who an agent acts for decides how it gets its tokens. */
export const PATTERNS = ["autonomous", "on-behalf-of", "approved"] as const;
export type Pattern = (typeof PATTERNS)[number];
