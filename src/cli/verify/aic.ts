/** `ping-agents verify` for Advanced Identity Cloud: the settings of the tenant, and who approves. */

import { aicSettings } from "../../admin-api/settings.ts";
import type { AicDeclaration } from "../../components/aic/declaration.ts";
import { PingAgentsError } from "../../errors.ts";
import { verify } from "../../verify/aic/index.ts";
import type { Report } from "../../verify/index.ts";
import { planOf } from "./aic-plan.ts";
import { credentialsFor } from "./credentials.ts";
import type { Run } from "./run.ts";
import { targetOf } from "./target.ts";

/** @throws ERR_TARGET, ERR_AGENT_UNKNOWN, ERR_SERVICE_ACCOUNT_KEY */
export async function runAic(declaration: AicDeclaration, { stack, options, env, common }: Run): Promise<Report> {
  const { tenantUrl, serviceAccountId, serviceAccountKey } = aicSettings(env);
  const target = targetOf(tenantUrl, options.target);
  const user = options.user ?? (target === "sandbox" ? "end.user" : undefined);
  return verify(planOf(declaration, { agent: options.agent, user }), {
    ...common,
    tenant: tenantUrl,
    target,
    serviceAccount: { id: serviceAccountId, jwk: keyOf(serviceAccountKey) },
    credentials: credentialsFor(stack, env),
  });
}

function keyOf(text: string) {
  try {
    return JSON.parse(text);
  } catch {
    throw new PingAgentsError("ERR_SERVICE_ACCOUNT_KEY", "AIC_SERVICE_ACCOUNT_KEY is not JSON", {
      hint: "set it to the private JWK that the console gave for the service account",
    });
  }
}
