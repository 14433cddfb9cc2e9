/** The secret of an AI agent or OAuth 2.0 client: given, generated, or kept in the secret store (aic §2.6). */

import { randomBytes } from "node:crypto";
import { z } from "zod";
import { isRecord } from "../../admin-api/http/json.ts";
import { noteSecret } from "../../admin-api/http/redaction.ts";
import { secretOutput } from "../annotations.ts";
import type { Adoption, OutputsOf } from "../kind.ts";
import type { Properties } from "../pulumi-values.ts";

/** Inputs about the secret. */
export const clientSecretInputs = {
  clientSecret: z
    .string()
    .min(1)
    .optional()
    .describe(
      "A secret of your own. Without it one is generated, unless a secret label or the authentication method makes it needless",
    ),
  secretRotation: z
    .string()
    .optional()
    .describe("Any text; a change generates a new secret, and the old one ends at once: AM keeps one a client"),
};

/** Outputs about the secret. */
export const clientSecretOutputs = {
  secret: secretOutput(z.string().optional()).describe(
    "The client secret, unless the client has none of its own or it is not known here",
  ),
  secretKept: z
    .boolean()
    .optional()
    .describe("Whether the client has kept the secret of the time before it was adopted, which nobody here knows"),
};

type SecretInputs = {
  readonly clientSecret?: string | undefined;
  readonly secretRotation?: string | undefined;
  readonly authMethod?: string | undefined;
  readonly clientType?: string | undefined;
  readonly authentication?: { readonly secretLabel?: string | undefined } | undefined;
};

/** The write of a client, as far as its secret is concerned. */
type SecretChange = {
  readonly inputs: SecretInputs;
  readonly previous: SecretInputs | undefined;
  readonly outputs: OutputsOf<z.ZodObject<typeof clientSecretOutputs>>;
  readonly adopted?: Adoption | undefined;
};

/** The outputs after a write, and what to send for them. */
type NextSecret = {
  readonly outputs: { readonly secret?: string; readonly secretKept?: true };
  readonly credential: { readonly userpassword?: string | null };
};

/** 256 bits as base64url: no character that HTTP Basic or a form would have to encode (oauth-flows §1). */
const generate = () => randomBytes(32).toString("base64url");

/**
 * The secret after a write, and what to send for it. `null` keeps the one that AM has; leaving it out on a client that has
 * one is unknown territory, so `null` is sent whenever AM shows that there is one.
 *
 * @param document of the client as AM shows it now
 * @param client how messages name it
 */
export function nextSecret(change: SecretChange, document: Properties | undefined, client: string): NextSecret {
  const { inputs, previous, outputs, adopted } = change;
  const source = sourceOf(inputs);
  const stored = hasSecret(document);
  if (source === "none") return { outputs: {}, credential: stored ? { userpassword: null } : {} };
  // A secret that is in use is ended by a word of the declaration only: one of its own, or a rotation.
  const keeps = adopted
    ? adopted === "match" || source === "generated"
    : outputs.secretKept && !isDue(inputs, previous);
  if (keeps) {
    if (adopted) warnKept(client, source);
    return { outputs: { secretKept: true }, credential: { userpassword: null } };
  }
  const known = isDue(inputs, previous) ? undefined : (outputs.secret ?? undefined);
  const secret = inputs.clientSecret ?? known ?? generate();
  noteSecret(secret);
  if (secret === outputs.secret && stored) return { outputs: { secret }, credential: { userpassword: null } };
  if (stored && (outputs.secret !== undefined || outputs.secretKept)) warnEnded(client);
  else if (stored && !previous && source === "generated") warnUnknown(client);
  return { outputs: { secret }, credential: { userpassword: secret } };
}

type Source = "declared" | "generated" | "none";

/** Where the secret comes from. */
function sourceOf({ clientSecret, authMethod, clientType, authentication }: SecretInputs): Source {
  if (clientSecret !== undefined) return "declared";
  if (authentication?.secretLabel !== undefined || clientType === "Public") return "none";
  return authMethod === undefined || authMethod.startsWith("client_secret") ? "generated" : "none";
}

/**
 * Whether the declaration asks for another secret than before. Only what AM does not show is compared: after a refresh the
 * rest of `previous` is what somebody did by hand, and its repair ends no secret. A client that becomes one with a secret
 * has none in its outputs and gets one anyway.
 */
function isDue(inputs: SecretInputs, previous: SecretInputs | undefined): boolean {
  if (previous === undefined) return false;
  return inputs.clientSecret !== previous.clientSecret || inputs.secretRotation !== previous.secretRotation;
}

/** True when AM shows the marker of a stored secret. */
function hasSecret(document: Properties | undefined): boolean {
  const core = document?.coreOAuth2ClientConfig;
  return isRecord(core) && "userpassword" in core;
}

function warnKept(client: string, source: Source): void {
  const next =
    source === "declared"
      ? "the declared one is written when it changes, or at once with adopt: overwrite"
      : "it is not known here; a secret of its own or another rotation in the declaration replaces it";
  console.warn(`warning: ${client} keeps the client secret that it has: ${next}`);
}

function warnEnded(client: string): void {
  console.warn(`warning: ${client} has a new client secret and the old one has ended: the tenant keeps one a client`);
}

/** Of a client of our own that the state does not have: a run without checkpoints was cut off, or the state was changed by hand. */
function warnUnknown(client: string): void {
  console.warn(
    `warning: ${client} is there, and no state has its client secret: it has a new one, and the old one has ended`,
  );
}
