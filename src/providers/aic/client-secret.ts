/** The secret of an AI agent or OAuth 2.0 client: given, generated, or kept in the secret store (aic §2.6). */

import { randomBytes } from "node:crypto";
import { z } from "zod";
import { isRecord } from "../../admin-api/http/json.ts";
import { secretOutput } from "../annotations.ts";
import type { Properties } from "../pulumi-values.ts";

/** Inputs about the secret. */
export const clientSecretInputs = {
  /** A secret of your own. Without it one is generated, unless a secret label or the authentication method makes it needless. */
  clientSecret: z.string().min(1).optional(),
  /** Any text; a change generates a new secret. */
  secretRotation: z.string().optional(),
};

/** Outputs about the secret. */
export const clientSecretOutputs = {
  /** The client secret, unless the client has none of its own. */
  secret: secretOutput(z.string().optional()),
};

type SecretInputs = {
  readonly clientSecret?: string | undefined;
  readonly secretRotation?: string | undefined;
  readonly authMethod?: string | undefined;
  readonly clientType?: string | undefined;
  readonly authentication?: { readonly secretLabel?: string | undefined } | undefined;
};

/** 256 bits as base64url: no character that HTTP Basic or a form would have to encode (oauth-flows §1). */
const generate = () => randomBytes(32).toString("base64url");

/**
 * The secret after a write, and what to send for it. `null` keeps the one that AM has; leaving it out on a client that has
 * one is unknown territory, so `null` is sent whenever AM shows that there is one.
 */
export function nextSecret(
  inputs: SecretInputs,
  previous: SecretInputs | undefined,
  live: Properties | undefined,
  known: unknown,
): { readonly secret: string | undefined; readonly userpassword?: string | null } {
  const wanted = inputs.clientSecret ?? (needsSecret(inputs) ? undefined : null);
  const stored = hasSecret(live);
  if (wanted === null) return stored ? { secret: undefined, userpassword: null } : { secret: undefined };
  const rotated = inputs.secretRotation !== previous?.secretRotation;
  const kept = typeof known === "string" && !rotated ? known : undefined;
  const secret = wanted ?? kept ?? generate();
  return secret === known && stored ? { secret, userpassword: null } : { secret, userpassword: secret };
}

/** True when AM shows the marker of a stored secret. */
function hasSecret(live: Properties | undefined): boolean {
  const core = live?.coreOAuth2ClientConfig;
  return isRecord(core) && "userpassword" in core;
}

function needsSecret({ authMethod, clientType, authentication }: SecretInputs): boolean {
  if (authentication?.secretLabel !== undefined || clientType === "Public") return false;
  return authMethod === undefined || authMethod.startsWith("client_secret");
}
