/** Rules between the fields of an application, checked before anything is sent (pingone §4.4). Pure. */

import { z } from "zod";
import { CIBA, TOKEN_EXCHANGE } from "../../fields/grant-types.ts";
import { applicationSettings } from "./application-settings.ts";
import { modelledProperties, READ_ONLY } from "./properties.ts";

const settingsSchema = z.strictObject(applicationSettings);
type Settings = z.infer<typeof settingsSchema>;

/** Grant types that a client without authentication cannot use. */
const CONFIDENTIAL = ["client_credentials", TOKEN_EXCHANGE, CIBA];

/** Properties that have a field of their own or none at all, so that `extra` cannot contradict them. */
const MODELLED: readonly string[] = [
  ...READ_ONLY,
  ...["name", "type", "protocol", "icon"],
  ...modelledProperties(settingsSchema),
];

/** Adds an issue for every rule that the declared fields break; fields that are not declared are not judged. */
export function checkRules(settings: Settings, { addIssue }: z.RefinementCtx): void {
  const { grantTypes, responseTypes, authMethod, keys, tokens, redirectUris = [], extra = {} } = settings;
  const refuse = (path: PropertyKey[], message: string) => addIssue({ code: "custom", path, message });

  if (authMethod === "private_key_jwt" && (keys?.jwks === undefined) === (keys?.jwksUri === undefined)) {
    refuse(["keys"], "private_key_jwt needs the client's keys: exactly one of jwks and jwksUri");
  }
  const { refreshTokenLifetime: lifetime, refreshTokenRollingLifetime: rolling } = tokens ?? {};
  if (lifetime !== undefined && rolling !== undefined && lifetime > rolling) {
    refuse(["tokens", "refreshTokenLifetime"], "is longer than refreshTokenRollingLifetime");
  }
  if (responseTypes?.includes("code") && grantTypes && !grantTypes.includes("authorization_code")) {
    refuse(["responseTypes"], "code needs the grant type authorization_code");
  }
  const confidential = grantTypes?.find((grantType) => CONFIDENTIAL.includes(grantType));
  if (authMethod === "none" && confidential) {
    refuse(["authMethod"], `the grant type ${confidential} needs a client that authenticates: not none`);
  }
  for (const [index, uri] of redirectUris.entries()) {
    if (uri.includes("#")) refuse(["redirectUris", index], "a redirect URI has no fragment (RFC 6749 §3.1.2)");
  }
  for (const key of Object.keys(extra).filter((name) => MODELLED.includes(name))) {
    refuse(["extra", key], "this property has a field of its own");
  }
}
