/** The AIC platform as the engine needs it: one connection per process, its settings from the environment or the stack. */

import { aicSettings } from "../../admin-api/aic/settings.ts";
import { connectAic } from "../../admin-api/aic/tenant.ts";
import { connectOnce } from "../coalescing.ts";
import type { AnyKind } from "../kind.ts";
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
import { providerSetting } from "./provider-setting.ts";
import { script } from "./script.ts";
import { secretLabel } from "./secret-label.ts";
import { user } from "./user.ts";

/** Every AIC kind. */
export const aicKinds: readonly AnyKind<AicContext>[] = [
  aiAgent,
  agentPrivilege,
  oauth2Client,
  application,
  providerBaseline,
  providerSetting,
  grantTypes,
  acrMapping,
  journey,
  cibaKey,
  esvSecret,
  esvVariable,
  secretLabel,
  script,
  user,
  group,
];

/** The tenant of the environment or the stack. */
export const newAicPlatform = () =>
  connectOnce(
    (config) => connectAic(aicSettings(process.env, config)),
    aicContexts,
    (tenant) => tenant.identity(),
  );
