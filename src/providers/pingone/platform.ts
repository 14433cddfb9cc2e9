/** The PingOne platform as the engine needs it: one connection per process, its settings from the environment or the stack. */

import { pingOneSettings } from "../../admin-api/pingone/settings.ts";
import { connectPingOne } from "../../admin-api/pingone/tenant.ts";
import type { AnyKind } from "../kind.ts";
import type { Platform } from "../lifecycle.ts";
import { adoptPolicy, type StackConfig } from "../stack-config.ts";
import { aiAgent } from "./ai-agent.ts";
import { application } from "./application.ts";
import { attributeMapping } from "./attribute-mapping.ts";
import { type PingOneContext, pingOneContexts } from "./context.ts";
import { group, population } from "./lookup.ts";
import { owner } from "./owner.ts";
import { policyAssignments } from "./policy-assignments.ts";
import { resource } from "./resource.ts";
import { scopeGrant } from "./scope-grant.ts";
import { secret } from "./secret.ts";

/** Every PingOne kind. */
export const pingOneKinds: readonly AnyKind<PingOneContext>[] = [
  aiAgent,
  application,
  resource,
  scopeGrant,
  policyAssignments,
  attributeMapping,
  secret,
  owner,
  group,
  population,
];

let platform: Platform<PingOneContext> | undefined;

/**
 * Connects once per process.
 *
 * @throws ERR_SETTING_MISSING, ERR_SETTING_INVALID
 */
export async function pingOnePlatform(config: StackConfig): Promise<Platform<PingOneContext>> {
  if (platform) return platform;
  const tenant = connectPingOne(pingOneSettings(process.env, config));
  platform = Object.assign(pingOneContexts(tenant), { origin: tenant.origin, adopt: adoptPolicy(config) });
  return platform;
}
