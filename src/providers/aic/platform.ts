/** The AIC platform as the engine needs it: one connection per process, its settings from the environment or the stack. */

import { aicSettings } from "../../admin-api/aic/settings.ts";
import { aicTenant } from "../../admin-api/aic/tenant.ts";
import type { AnyKind } from "../kind.ts";
import type { Platform } from "../lifecycle.ts";
import { adoptPolicy, type StackConfig } from "../stack-config.ts";
import { acrMapping } from "./acr-mapping.ts";
import { agentPrivilege } from "./agent-privilege.ts";
import { aiAgent } from "./ai-agent.ts";
import { application } from "./application.ts";
import { cibaKey } from "./ciba-key.ts";
import { type AicContext, aicContexts } from "./context.ts";
import { esvSecret } from "./esv-secret.ts";
import { esvVariable } from "./esv-variable.ts";
import { grantTypes } from "./grant-types.ts";
import { group } from "./group.ts";
import { journey } from "./journey.ts";
import { oauth2Client } from "./oauth2-client.ts";
import { providerBaseline } from "./provider-baseline.ts";
import { secretLabel } from "./secret-label.ts";
import { user } from "./user.ts";

/** Every AIC kind. */
export const aicKinds: readonly AnyKind<AicContext>[] = [
  aiAgent,
  agentPrivilege,
  oauth2Client,
  application,
  providerBaseline,
  grantTypes,
  acrMapping,
  journey,
  cibaKey,
  esvSecret,
  esvVariable,
  secretLabel,
  user,
  group,
];

let platform: Platform<AicContext> | undefined;

/**
 * Connects once per process.
 *
 * @throws ERR_SETTING_MISSING, ERR_SETTING_INVALID
 */
export async function aicPlatform(config: StackConfig): Promise<Platform<AicContext>> {
  if (platform) return platform;
  const tenant = aicTenant(aicSettings(process.env, config));
  platform = Object.assign(aicContexts(tenant), { origin: tenant.origin, adopt: adoptPolicy(config) });
  return platform;
}
