/** Access tokens that live longer than 15 minutes in production. Pure. */

import { mayBeProduction, type Rule } from "./rule.ts";

/** Ping's own advice is 5 to 15 minutes; every default is an hour. */
const LONGEST = 15 * 60;

export const longLivedToken: Rule = {
  id: "long-lived-token",
  severity: "info",
  reason: "who stops an agent waits for its last token to end",
  fix: "on AIC tokens.accessTokenLifetime, on PingOne accessTokenLifetime of the resource: 15m or less",
  source: "RFC 6750 §5.3",
  find: (world) =>
    mayBeProduction(world)
      ? world.lifetimes
          .filter(({ seconds }) => seconds > LONGEST)
          .map(({ of, seconds, path }) => ({
            about: of,
            what: `has access tokens that live ${Math.round(seconds / 60)} minutes`,
            path,
          }))
      : [],
};
