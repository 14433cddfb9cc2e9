/** `ping-agents verify` for PingOne: the settings of the environment, and who signs on and approves. */

import { serverUrl } from "../../admin-api/http/url.ts";
import { pingOneSettings } from "../../admin-api/pingone/settings.ts";
import type { PingOneDeclaration } from "../../components/pingone/declaration.ts";
import type { Report } from "../../verify/index.ts";
import { verifyPingOne } from "../../verify/pingone/index.ts";
import { credentialsFor } from "./credentials.ts";
import { pingOneAssertions, pingOnePlanOf } from "./pingone-plan.ts";
import type { Run } from "./run.ts";
import { targetOf } from "./target.ts";

/** @throws ERR_TARGET, ERR_AGENT_UNKNOWN, ERR_SETTING_INVALID, ERR_SETTING_MISSING, ERR_INSECURE_TENANT_URL, ERR_OTHER_TENANT */
export async function runPingOne(declaration: PingOneDeclaration, run: Run): Promise<Report> {
  const { stack, options, placeOf, said, common } = run;
  const { env, config } = said;
  const { environmentId: own, clientId, clientSecret, apiUrl, authUrl } = pingOneSettings(env, config);
  serverUrl(apiUrl, "PINGONE_API_URL");
  const target = targetOf(serverUrl(authUrl, "PINGONE_AUTH_URL").origin, options.target);
  const environmentId = declaration.environment ?? own;
  const plan = pingOnePlanOf(declaration, options.agent);
  const assertions = pingOneAssertions(declaration, placeOf, options.agent);
  return verifyPingOne(
    { ...plan, assertions },
    {
      ...common,
      ...{ target, authUrl, credentials: credentialsFor(stack, env, common.signal) },
      worker: {
        ...{ apiUrl, environmentId },
        ...{
          issuer: `${authUrl}/${own}/as`,
          client: { clientId, secret: clientSecret, authMethod: "client_secret_basic" },
        },
      },
      user: options.user ?? (target === "sandbox" ? "end.user" : undefined),
    },
  );
}
