/** `aic:EsvSecret`: a secret of the environment; every new value is a new version (contract aic §8.1). */

import { z } from "zod";
import type { EsvSecret } from "../../admin-api/environment.ts";
import type { ResourceKind } from "../kind.ts";
import type { AicContext } from "./context.ts";
import { esvId, toBase64, warnPendingRestart } from "./esv.ts";
import { hasMark, withMark, withoutMark } from "./managed-mark.ts";

const schema = z.strictObject({
  id: esvId,
  value: z.string().min(1),
  description: z.string().optional(),
  /** `generic`, `pem` or `base64hmac`. */
  encoding: z.enum(["generic", "pem", "base64hmac"]).default("generic"),
  /** False for a secret that is reached through a secret label only: then no restart is needed. */
  useInPlaceholders: z.boolean().default(true),
});
type EsvSecretInputs = z.infer<typeof schema>;
/** Arguments of `aic:EsvSecret`. */
export type EsvSecretArgs = z.input<typeof schema>;

export const esvSecret: ResourceKind<EsvSecretInputs, EsvSecret, AicContext> = {
  type: "aic:EsvSecret",
  schema,
  immutable: ["id", "encoding", "useInPlaceholders"],
  secret: ["value"],
  writeOnly: ["value"],
  id: ({ id }) => id,
  observe: ({ tenant }, { id }) => tenant.environment.getSecret(id),
  isOwn: ({ description }) => hasMark(description),

  decode: async (_context, live) => ({
    inputs: {
      id: live._id,
      description: withoutMark(live.description),
      encoding: live.encoding,
      useInPlaceholders: live.useInPlaceholders,
    },
    outputs: { activeVersion: live.activeVersion, pendingRestart: isPending(live) },
  }),

  write: async ({ tenant }, { inputs, previous, live }) => {
    const { id, value, encoding, useInPlaceholders } = inputs;
    const { environment, origin } = tenant;
    const description = withMark(inputs.description);
    const valueBase64 = toBase64(value);
    if (live) {
      // A value that is the latest version already makes no new one, so a resumed create may send it again.
      if (value !== previous?.value) await environment.addSecretVersion(id, valueBase64);
      if (live.description !== description) await environment.setSecretDescription(id, description);
    } else {
      await environment.createSecret(id, { valueBase64, description, encoding, useInPlaceholders });
    }
    const written = await environment.getSecret(id);
    if (written && isPending(written)) warnPendingRestart(id, origin);
    return { live: written as EsvSecret };
  },

  remove: async ({ tenant }, { id }) => {
    await tenant.environment.deleteSecret(id);
  },
};

/** Only placeholders wait for a restart; secret labels read the newest version at once. */
const isPending = ({ useInPlaceholders, loaded }: EsvSecret) => useInPlaceholders && !loaded;
