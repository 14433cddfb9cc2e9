/** The tenant's AI-agent feature, which an administrator switches on once and for all (aic §2.9). */

import { AdminApiError } from "../../admin-api/http/errors.ts";
import { isRecord } from "../../admin-api/http/json.ts";
import { PingAgentsError } from "../../errors.ts";
import type { Properties } from "../pulumi-values.ts";
import type { AicContext } from "./context.ts";
import { readProvider } from "./oauth2-provider.ts";

/** How a tenant without the feature refuses: inferred, as no recording shows it (aic §2.9, §12.12). */
const REFUSALS: readonly string[] = ["ERR_API_NOT_FOUND", "ERR_API_FORBIDDEN"];

/** Whether a realm has AI agents, as its OAuth2 provider says (aic §2.9). */
export const hasAiAgents = ({ aiAgentsConfig }: Properties): boolean =>
  isRecord(aiAgentsConfig) && aiAgentsConfig.aiAgentsEnabled === true;

/** @param cause what refused @default none */
export const aiAgentsDisabled = (realm: string, tenant: string, cause?: unknown): PingAgentsError =>
  new PingAgentsError("ERR_AI_AGENTS_DISABLED", `AI agents are not switched on in realm ${realm}`, {
    where: { tenant },
    hint: "npx ping-agents enable; it cannot be undone, and the tenant may need a licence for it",
    cause,
  });

/**
 * Reads or writes agents or privileges, and says so when the refusal means that the realm has no AI agents.
 *
 * @throws ERR_AI_AGENTS_DISABLED; ERR_PROVIDER_MISSING where there is no such realm; else what the work throws
 */
export async function needsAiAgents<T>(context: AicContext, realm: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AdminApiError) || !REFUSALS.includes(error.code)) throw error;
    if (hasAiAgents(await readProvider(context, realm))) throw error;
    throw aiAgentsDisabled(realm, context.tenant.origin, error);
  }
}
