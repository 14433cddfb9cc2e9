/** `aic:EsvSecret`: a secret of the environment; every new value is a new version (aic §8.1). */

import { z } from "zod";
import type { EsvSecret } from "../../admin-api/aic/esv.ts";
import { credential, guard, label } from "../../drift/bearing.ts";
import { identity } from "../../drift/shared-bearings.ts";
import { esvEncoding, esvId } from "../../fields/aic.ts";
import { description } from "../../fields/text.ts";
import type { ResourceKind } from "../kind.ts";
import { markIn, withMark, withoutMark } from "../owner.ts";
import type { AicContext } from "./context.ts";
import { lastChange, toBase64, warnPendingRestart } from "./esv.ts";

const schema = z.strictObject({
  // Not `id`: Pulumi keeps that name for its own and drops such an input.
  secretId: esvId.describe("Id in the environment, with `esv-` before it"),
  value: z.string().min(1).describe("The secret itself: another one becomes its next version"),
  description: description.optional(),
  encoding: esvEncoding.default("generic").describe("How the value is read"),
  useInPlaceholders: z
    .boolean()
    .default(true)
    .describe("False for a secret that is reached through a secret label only: then no restart is needed"),
});

const outputs = z.object({
  activeVersion: z.string().describe("Version that the tenant uses"),
  pendingRestart: z.boolean().describe("Whether placeholders have the former value until the tenant is restarted"),
});

export const esvSecret: ResourceKind<typeof schema, typeof outputs, EsvSecret, AicContext> = {
  type: "aic:EsvSecret",
  inputs: schema.describe("A secret of the environment."),
  outputs,
  immutable: ["secretId", "encoding", "useInPlaceholders"],
  secret: ["value"],
  notShown: ["value"],
  trace: { input: "value", output: "activeVersion" },
  drift: {
    noun: "secret",
    fields: {
      secretId: identity,
      value: credential(
        "the secret is another one: what signs in by the old one fails, whoever has the new one does not",
      ),
      description: label(),
      encoding: guard("the secret is read in another way"),
      useInPlaceholders: guard("the secret is read in another way"),
    },
  },
  id: ({ secretId }) => secretId,
  observe: ({ tenant }, { secretId }) => tenant.environment.getSecret(secretId),
  mark: ({ description }) => markIn(description),
  lastChange,

  decode: async (_context, live) => ({
    inputs: {
      secretId: live._id,
      description: withoutMark(live.description),
      encoding: live.encoding,
      useInPlaceholders: live.useInPlaceholders,
    },
    outputs: { activeVersion: live.activeVersion, pendingRestart: isPending(live) },
  }),

  write: async ({ tenant }, { inputs, previous, live, outputs: known, adopted, owner }) => {
    const { secretId: id, value, encoding, useInPlaceholders } = inputs;
    const { environment, origin } = tenant;
    const description = withMark(inputs.description, owner);
    const valueBase64 = toBase64(value);
    if (live) {
      // A value that is the latest version already makes no new one, so a resumed create may send it again.
      const isReplaced = live.activeVersion !== known.activeVersion;
      if (adopted === "match") warnKept(id);
      else if (value !== previous?.value || isReplaced) await environment.addSecretVersion(id, valueBase64);
      if (live.description !== description) await environment.setSecretDescription(id, description);
    } else {
      await environment.createSecret(id, { valueBase64, description, encoding, useInPlaceholders });
    }
    const written = await environment.getSecret(id);
    if (written && isPending(written)) warnPendingRestart(id, origin);
    return { live: written as EsvSecret };
  },

  remove: async ({ tenant }, { secretId }) => {
    await tenant.environment.deleteSecret(secretId);
  },
};

/** Only placeholders wait for a restart; secret labels read the newest version at once. */
const isPending = ({ useInPlaceholders, loaded }: EsvSecret) => useInPlaceholders && !loaded;

function warnKept(id: string): void {
  const next =
    "the tenant does not show it; the declared one is written when it changes, or at once with adopt: overwrite";
  console.warn(`warning: ${id} keeps the value that it has: ${next}`);
}
