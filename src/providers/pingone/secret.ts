/** `pingone:Secret`: the secret of an application, rotated when a trigger changes (pingone §5.1). */

import { createHash } from "node:crypto";
import { z } from "zod";
import { wasLost } from "../../admin-api/pingone/collection.ts";
import type { ApplicationSecret } from "../../admin-api/pingone/environment.ts";
import { credential } from "../../drift/bearing.ts";
import { PingAgentsError } from "../../errors.ts";
import { secretOverlap } from "../../fields/pingone.ts";
import { secretOutput } from "../annotations.ts";
import { type Change, REPLACED } from "../kind.ts";
import { childBearings, childInputs, childKind, childOutputs } from "./child.ts";

const TYPE = "pingone:Secret";

const schema = z.strictObject({
  ...childInputs,
  rotation: z.string().optional().describe("Any text; a change makes a new secret"),
  overlap: secretOverlap.optional().meta({
    description: "Seconds for which the old secret still works after a rotation, from 120 to 2505600 (29 days)",
    otherwise: "none: it ends at once",
  }),
  output: z
    .boolean()
    .default(false)
    .describe("Whether the secret stands in the outputs, and so encrypted in the state"),
});

const outputs = z.object({
  ...childOutputs,
  fingerprint: z.string().describe("Changes with the secret, and gives nothing of it away"),
  secret: secretOutput(z.string().optional()).describe("The secret, where `output` asks for it"),
});

/** Tells one secret from another and gives none away: a secret of PingOne has far more than 128 bits of chance. */
const fingerprint = (secret: string) => createHash("sha256").update(secret).digest("hex").slice(0, 32);

export const secret = childKind({
  type: TYPE,
  inputs: schema.describe("The secret of an application."),
  outputs,
  notShown: ["rotation", "overlap", "output"],
  trace: { input: "rotation", output: "fingerprint" },
  // PingOne makes the secret with the application: that it is there is no conflict.
  shared: true,
  drift: {
    noun: "secret",
    fields: {
      ...childBearings,
      rotation: credential(
        "the secret is another one: what signs in by the old one fails, whoever has the new one does not",
      ),
    },
    gone: { class: "replaced", means: "it has no secret any more" },
  },
  key: () => ["secret"],

  find: (_context, { environment, id }) => environment.secret(id),

  decode: async (_context, { secret: value }, inputs) => ({
    inputs: {},
    // The previous secret is no part of this: it goes of its own accord when it expires (pingone §9, complaint 1).
    outputs: { fingerprint: fingerprint(value), secret: inputs.output ? value : null },
  }),

  write: async (context, { environment, id }, change) => {
    const { inputs, live } = change;
    const current = live ?? (await environment.secret(id));
    if (!current) {
      throw new PingAgentsError("ERR_NO_SECRET", `${inputs.application} has no secret`, {
        where: { resource: `${TYPE} ${inputs.application}`, tenant: context.tenant.origin },
        hint: "clients with authMethod none have none: remove this resource, or choose another authMethod",
      });
    }
    if (!isDue(change, current)) return current;
    // The secret that somebody else made ends at once.
    const overlap = change.previous?.rotation === REPLACED ? undefined : inputs.overlap;
    const expiresAt = overlap === undefined ? undefined : new Date(Date.now() + overlap * 1_000);
    return environment.rotateSecret(id, expiresAt).catch(async (error: unknown) => {
      // Never repeated: a second rotation would end the secret that is still in use.
      const now = wasLost(error) ? await environment.secret(id).catch(() => undefined) : undefined;
      if (!now || now.secret === current.secret) throw error;
      return now;
    });
  },
});

/**
 * True when the trigger has changed and the secret is still the one that the state knows: after a run that was killed the
 * new secret is there already, and another rotation would end the old one before its time.
 */
function isDue(
  { inputs, previous, outputs: known }: Change<typeof schema, typeof outputs, ApplicationSecret>,
  current: ApplicationSecret,
): boolean {
  if (!previous || inputs.rotation === previous.rotation) return false;
  return known.fingerprint === fingerprint(current.secret);
}
