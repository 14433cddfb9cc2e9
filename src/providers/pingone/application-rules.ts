/** Rules between the fields of an application, checked before anything is sent (contract pingone 4.4). Pure. */

import type { z } from "zod";
import type { applicationSettings } from "./application-settings.ts";

/** The settings as an object, for their type only. */
type Settings = z.infer<z.ZodObject<typeof applicationSettings>>;

/** Grant types that a client without authentication cannot use. */
const CONFIDENTIAL = [
  "client_credentials",
  "urn:ietf:params:oauth:grant-type:token-exchange",
  "urn:openid:params:grant-type:ciba",
];

/** What a property that is modelled here is called by PingOne, so that `extra` cannot contradict it. */
const MODELLED = [
  "id name type protocol clientId environment enabled description icon hiddenFromAppPortal accessControl responseTypes",
  "grantTypes pkceEnforcement refreshTokenType refreshTokenDuration refreshTokenRollingDuration redirectUris jwks jwksUrl",
  "refreshTokenRollingGracePeriodDuration additionalRefreshTokenReplayProtectionEnabled allowWildcardInRedirectUris",
  "tokenEndpointAuthMethod parRequirement parTimeout initiateLoginUri targetLinkUri postLogoutRedirectUris includeX5t",
  "requireSignedRequestObject supportUnsignedRequestObject includeTyp opSessionCheckEnabled idpSignoff corsSettings",
  "requestScopesForMultipleResourcesEnabled devicePathId deviceCustomVerificationUri deviceTimeout devicePollingInterval",
  "homePageUrl loginPageUrl signing assignActorRoles",
].flatMap((line) => line.split(" "));

/** Adds an issue for every rule that the declared fields break; fields that are not declared are not judged. */
export function checkRules(settings: Settings, { addIssue }: z.RefinementCtx): void {
  const { grantTypes, responseTypes, authMethod, keys, tokens, redirectUris = [], extra = {} } = settings;
  const refuse = (path: string[], message: string) => addIssue({ code: "custom", path, message });

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
    if (uri.includes("#")) refuse(["redirectUris", String(index)], "a redirect URI has no fragment (RFC 6749 §3.1.2)");
  }
  for (const key of Object.keys(extra).filter((name) => MODELLED.includes(name))) {
    refuse(["extra", key], "this property has a field of its own");
  }
}
