/** What a script of AIC says, as values: the whole vocabulary that the kit writes and reads (delegation §4). */

import { z } from "zod";
import { clientIdSchema } from "./aic.ts";
import { name } from "./text.ts";

/** The audience of tokens, a text on AIC, which has no objects for what a token opens (delegation §1.5). */
export const audience = name.meta({
  description: "The audience of its own tokens, claim `aud`",
  examples: ["agent-gateway"],
});

/** Of a script in the may-act context. */
export const mayActScript = z.strictObject({
  mayAct: z
    .strictObject({ client: clientIdSchema.describe("Client id of who may act: `client_id` and `sub` of the claim") })
    .describe("Writes the claim `may_act`: who may exchange the token, and act (RFC 8693 §4.4)"),
});

/** Of a script in the context of access token modification. */
export const tokenScript = z.strictObject({
  audience: audience.optional().meta({
    description: "Sets the claim `aud`, also of exchanged tokens, and in place of the audience asked for",
    otherwise: "`aud` stays as it is",
  }),
  audienceFromResource: z
    .literal(true)
    .optional()
    .meta({
      description: "Copies the first `resource` parameter of the request into the claim `audience`",
      otherwise: "not copied",
      examples: [true],
    }),
});

/** What a script says. */
export type ScriptValues = z.infer<typeof mayActScript> | z.infer<typeof tokenScript>;
