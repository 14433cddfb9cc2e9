/** `ping-agents verify` for Advanced Identity Cloud: the settings of the tenant, and who approves. */

import { readServiceAccountKey } from "../../admin-api/aic/service-account.ts";
import { aicSettings } from "../../admin-api/aic/settings.ts";
import { serverUrl } from "../../admin-api/http/url.ts";
import type { AicDeclaration } from "../../components/aic/declaration.ts";
import { declaredAddress } from "../../tenants.ts";
import { verify } from "../../verify/aic/index.ts";
import type { Report } from "../../verify/index.ts";
import { aicAssertions, aicPlanOf } from "./aic-plan.ts";
import { credentialsFor } from "./credentials.ts";
import type { Run } from "./run.ts";
import { targetOf } from "./target.ts";

/** @throws ERR_TARGET, ERR_AGENT_UNKNOWN, ERR_SETTING_INVALID, ERR_SETTING_MISSING, ERR_INSECURE_TENANT_URL, ERR_OTHER_TENANT */
export async function runAic(
  declaration: AicDeclaration,
  { stack, options, placeOf, said, common }: Run,
): Promise<Report> {
  const { env, config } = said;
  const { tenantUrl, serviceAccountId, serviceAccountKey } = aicSettings(env, config, declaredAddress(said));
  const { origin } = serverUrl(tenantUrl, "AIC_TENANT_URL");
  const target = targetOf(origin, options.target);
  const user = options.user ?? (target === "sandbox" ? "end.user" : undefined);
  const plan = aicPlanOf(declaration, { agent: options.agent, user });
  const assertions = aicAssertions(declaration, placeOf, options.agent);
  return verify(
    { ...plan, assertions },
    {
      ...common,
      tenant: origin,
      target,
      serviceAccount: { id: serviceAccountId, jwk: await readServiceAccountKey(serviceAccountKey) },
      credentials: credentialsFor(stack, env, common.signal),
    },
  );
}
