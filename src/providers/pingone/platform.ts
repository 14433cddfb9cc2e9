/** The PingOne platform as the engine needs it: one connection per process, its settings from the environment or the stack. */

import { pingOneSettings } from "../../admin-api/pingone/settings.ts";
import { connectPingOne } from "../../admin-api/pingone/tenant.ts";
import { connectOnce } from "../coalescing.ts";
import type { AnyKind } from "../kind.ts";
import { agreement } from "./agreement.ts";
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
import { signOnPolicy } from "./sign-on-policy.ts";

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
  agreement,
  signOnPolicy,
];

/** PingOne, with the environment of the process or the stack. */
export const newPingOnePlatform = () =>
  connectOnce(
    (config) => connectPingOne(pingOneSettings(process.env, config)),
    pingOneContexts,
    async (tenant, { environmentId }) => tenant.environment(environmentId as string | undefined).id,
  );
