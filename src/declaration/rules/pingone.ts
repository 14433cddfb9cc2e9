/** What the fields of a PingOne application need of each other, what PingOne sets by itself counted (pingone §4.2). Pure. */

import { secondsOf } from "../../fields/duration.ts";
import { clientsOf, get, type Mapping, type Refuse, type Rule, texts } from "./rule.ts";

/** Seconds. */
const DAY = 24 * 60 * 60;
/** What refresh tokens have that are not declared. */
const LIFETIME = 30 * DAY;
const ROLLING = 180 * DAY;
/** The longest life of an opaque refresh token that the console takes. */
const LONGEST = 1_826 * DAY;

/** Every rule, over agents and other applications. */
export const pingOneFields: Rule = (written, refuse) => {
  for (const [path, client] of clientsOf(written)) {
    const here: Refuse = (field, message) => refuse([...path, ...field], message);
    for (const check of [refreshTokens, redirects, portal]) check(client, here);
  }
};

type Check = (client: Mapping, refuse: Refuse) => void;

const refreshTokens: Check = (client, refuse) => {
  const format = get(client, ["tokens", "refreshTokenFormat"]) ?? "opaque_token";
  const [lifetime, rolling] = ["refreshTokenLifetime", "refreshTokenRollingLifetime"].map((field) => {
    const seconds = secondsOf(get(client, ["tokens", field]));
    if (seconds === undefined) return undefined;
    if (String(format).toLowerCase() === "opaque_token" && seconds > LONGEST)
      refuse(["tokens", field], "an opaque token lives 1,826 days at most");
    return seconds;
  });
  // Where both are declared, the schema compares them.
  if (lifetime !== undefined && rolling === undefined && lifetime > ROLLING)
    refuse(["tokens", "refreshTokenLifetime"], "is longer than refreshTokenRollingLifetime, 180 days unless declared");
  if (rolling !== undefined && lifetime === undefined && rolling < LIFETIME)
    refuse(["tokens", "refreshTokenRollingLifetime"], "is shorter than refreshTokenLifetime, 30 days unless declared");
};

const redirects: Check = (client, refuse) => {
  if (get(client, ["authorization", "allowRedirectUriPatterns"]) === true) return;
  for (const [index] of texts(client.redirectUris).filter(([, uri]) => uri.includes("*")))
    refuse(["redirectUris", index], "a wildcard needs authorization.allowRedirectUriPatterns: true");
};

const portal: Check = (client, refuse) => {
  if (get(client, ["userAccess", "portalDisplay"]) !== true) return;
  if (get(client, ["authorization", "initiateLoginUri"]) !== undefined) return;
  refuse(["userAccess", "portalDisplay"], "the portal needs authorization.initiateLoginUri to start a sign-on");
};
