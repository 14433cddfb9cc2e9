/** Rules between the fields of an application, checked before anything is sent (pingone §4.4). Pure. */

import { z } from "zod";
import { CIBA, isGrantType, TOKEN_EXCHANGE } from "../../fields/grant-types.ts";
import { applicationSettings } from "./application-settings.ts";
import { modelledProperties, READ_ONLY } from "./properties.ts";

const settingsSchema = z.strictObject(applicationSettings);
/** The settings of an application as declared. */
export type ApplicationSettings = z.infer<typeof settingsSchema>;

/** Grant types that a client without authentication cannot use. */
const CONFIDENTIAL = ["client_credentials", TOKEN_EXCHANGE, CIBA];

/** Properties that have a field of their own or none at all, so that `extra` cannot contradict them. */
const MODELLED: readonly string[] = [
  ...READ_ONLY,
  ...["name", "type", "protocol", "icon"],
  ...modelledProperties(settingsSchema),
];

/** A rule; fields that are not declared are not judged. */
const rule = (judge: (settings: ApplicationSettings, refuse: (path: PropertyKey[], message: string) => void) => void) =>
  z.superRefine<ApplicationSettings>((settings, { addIssue }) =>
    judge(settings, (path, message) => addIssue({ code: "custom", path, message })),
  );

/** The rules, one by one: a preview leaves out those of fields that it does not know yet. */
export const applicationRules = [
  rule(({ authMethod, keys }, refuse) => {
    if (authMethod === "private_key_jwt" && (keys?.jwks === undefined) === (keys?.jwksUri === undefined)) {
      refuse(["keys"], "private_key_jwt needs the client's keys: exactly one of jwks and jwksUri");
    }
  }),
  rule(({ tokens = {} }, refuse) => {
    const { refreshTokenLifetime: lifetime, refreshTokenRollingLifetime: rolling } = tokens;
    if (lifetime !== undefined && rolling !== undefined && lifetime > rolling) {
      refuse(["tokens", "refreshTokenLifetime"], "is longer than refreshTokenRollingLifetime");
    }
  }),
  rule(({ responseTypes, grantTypes }, refuse) => {
    // One that is mistyped may be the one that is missing.
    const lacksCode = grantTypes?.every((type) => isGrantType(type) && type !== "authorization_code");
    if (responseTypes?.includes("code") && lacksCode) {
      refuse(["responseTypes"], "code needs the grant type authorization_code");
    }
  }),
  rule(({ authMethod, grantTypes }, refuse) => {
    const confidential = grantTypes?.find((grantType) => CONFIDENTIAL.includes(grantType));
    if (authMethod === "none" && confidential) {
      refuse(["authMethod"], `the grant type ${confidential} needs a client that authenticates: not none`);
    }
  }),
  rule(({ responseTypes = [], grantTypes }, refuse) => {
    if (!grantTypes || grantTypes.includes("implicit")) return;
    // PingOne's pages differ on whether an ID token may come with a code.
    const implicit = responseTypes.find(
      (one) => one === "token" || (one === "id_token" && !responseTypes.includes("code")),
    );
    if (implicit) refuse(["responseTypes"], `${implicit} needs the grant type implicit`);
  }),
  rule(({ extra = {} }, refuse) => {
    for (const key of Object.keys(extra).filter((name) => MODELLED.includes(name))) {
      refuse(["extra", key], "this property has a field of its own");
    }
  }),
];

/** Of resources only: a declaration is told at the entry as it is written, before entries are sorted. */
export const wildcardRule = rule(({ redirectUris = [], authorization = {} }, refuse) => {
  if (authorization.allowRedirectUriPatterns || !redirectUris.some((uri) => uri.includes("*"))) return;
  refuse(["redirectUris"], "a wildcard needs authorization.allowRedirectUriPatterns: true");
});
