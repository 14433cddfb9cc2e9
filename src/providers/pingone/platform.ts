/** The PingOne platform as the engine needs it: one connection per process, its settings from the environment or the stack. */

import { pingOneSettings } from "../../admin-api/pingone/settings.ts";
import { connectPingOne } from "../../admin-api/pingone/tenant.ts";
import type { AnyKind } from "../kind.ts";
import type { Platform } from "../lifecycle.ts";
import { adoptPolicy, type StackConfig } from "../stack-config.ts";
import { aiAgent } from "./ai-agent.ts";
import { application } from "./application.ts";
import { type PingOneContext, pingOneContexts } from "./context.ts";

/** Every PingOne kind. */
export const pingOneKinds: readonly AnyKind<PingOneContext>[] = [aiAgent, application];

let platform: Platform<PingOneContext> | undefined;

/**
 * Connects once per process.
 *
 * @throws ERR_SETTING_MISSING, ERR_SETTING_INVALID
 */
export async function pingOnePlatform(config: StackConfig): Promise<Platform<PingOneContext>> {
  if (platform) return platform;
  const tenant = connectPingOne(pingOneSettings(process.env, config));
  platform = { origin: tenant.origin, adopt: adoptPolicy(config), ...pingOneContexts(tenant) };
  return platform;
}
