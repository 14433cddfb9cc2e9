/** Claims that must have a value: a tenant that nobody can tell so gives tokens without them (delegation §2.3). */

import { PINGONE_SETTINGS, sendsRequired } from "../../admin-api/pingone/settings.ts";
import type { Config } from "../../admin-api/settings.ts";
import { PingAgentsError, type Where } from "../../errors.ts";

/**
 * What is said of a required claim that would not be one.
 *
 * @param claim its name
 * @param resource the name of its resource
 */
export function unenforced(claim: string, resource: string, where: Where): PingAgentsError {
  const { env, config } = PINGONE_SETTINGS.requiredClaims;
  const what = `${claim} of ${resource} is required, and nobody knows how this environment is told so`;
  return new PingAgentsError("ERR_UNENFORCED", `${what}: it would give tokens without ${claim}; nothing was changed`, {
    where,
    hint: [
      `export ${env}=send  or  pulumi config set ping-agents:${config} send, where the environment was seen to take`,
      "the property `required`; or declare required: false, and let whoever takes the tokens look at the claim",
    ].join(" "),
  });
}

/**
 * Refuses a required claim before anything of a declaration is written. Where nobody says which environment is meant there is nothing to
 * refuse.
 *
 * @throws ERR_UNENFORCED; SettingError
 */
export function requireEnforced(config: Config, claim: string, resource: string, where: Where): void {
  if (sendsRequired(process.env, config) === false) throw unenforced(claim, resource, where);
}
