/** `ping-agents verify` for PingOne: the settings of the environment, and who signs on and approves. */

import { pingOneSettings } from "../../admin-api/pingone/settings.ts";
import type { PingOneDeclaration } from "../../components/pingone/declaration.ts";
import type { Report } from "../../verify/index.ts";
import { verifyPingOne } from "../../verify/pingone/index.ts";
import { credentialsFor } from "./credentials.ts";
import { pingOnePlanOf } from "./pingone-plan.ts";
import type { Run } from "./run.ts";
import { targetOf } from "./target.ts";

export async function runPingOne(declaration: PingOneDeclaration, run: Run): Promise<Report> {
  const { stack, options, env, common } = run;
  const { environmentId: own, clientId, clientSecret, apiUrl, authUrl } = pingOneSettings(env);
  const target = targetOf(authUrl, options.target);
  const environmentId = declaration.environment ?? own;
  return verifyPingOne(pingOnePlanOf(declaration, options.agent), {
    ...common,
    ...{ target, authUrl, credentials: credentialsFor(stack, env) },
    worker: {
      ...{ apiUrl, environmentId },
      ...{
        issuer: `${authUrl}/${own}/as`,
        client: { clientId, secret: clientSecret, authMethod: "client_secret_basic" },
      },
    },
    user: options.user ?? (target === "sandbox" ? "end.user" : undefined),
  });
}
