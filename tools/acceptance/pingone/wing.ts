/** Acceptance in a PingOne environment: that of the settings, or another that is declared, and a local one to compare it with. */

import type { PingOneSettings } from "../../../src/admin-api/pingone/settings.ts";
import { connectPingOne, type PingOneTenant } from "../../../src/admin-api/pingone/tenant.ts";
import { PingAgentsError } from "../../../src/errors.ts";
import { connectedPlatform } from "../../../src/providers/coalescing.ts";
import { type PingOneContext, pingOneContexts } from "../../../src/providers/pingone/context.ts";
import { pingOneKinds } from "../../../src/providers/pingone/platform.ts";
import { flowsOf } from "../flows.ts";
import type { Subject, Wing } from "../wing.ts";
import { pingOneFacts } from "./facts.ts";
import { citeOf, provePingOne } from "./flows.ts";
import { pingOneSamples } from "./samples.ts";

/** The only type that is tried on (pingone §2.5): a declaration of PingOne has no tier. */
const FOR_TRIALS = "SANDBOX";

/** @param environmentId UUID of the managed environment. @default that of the worker */
export function pingOneWing(settings: PingOneSettings, environmentId = settings.environmentId): Wing<PingOneContext> {
  return {
    place: "a PingOne environment",
    tenant: subjectOf(settings, environmentId),
    async admit() {
      const { origin, environment } = connectPingOne(settings);
      const type = await environment(environmentId).type();
      if (type === FOR_TRIALS) return;
      throw new PingAgentsError("ERR_TARGET", `the environment is of type ${type}; nothing was written`, {
        where: { tenant: origin },
        hint: `name an environment of type ${FOR_TRIALS}`,
      });
    },
    local({ url, pingone: { environmentId: own, workerClientId: clientId, workerClientSecret: clientSecret } }) {
      return subjectOf({ environmentId: own, clientId, clientSecret, apiUrl: `${url}/v1`, authUrl: url }, own);
    },
    facts: pingOneFacts,
    samples: pingOneSamples,
  };
}

function subjectOf(settings: PingOneSettings, environmentId: string): Subject<PingOneContext> {
  const { origin } = new URL(settings.apiUrl);
  return {
    origin,
    async stage(observe) {
      const connection = connectPingOne(settings, { observe });
      const tenant: PingOneTenant = { ...connection, environment: (id = environmentId) => connection.environment(id) };
      const identity = async () => environmentId;
      const about = { origin, adopt: "never" as const, bindTo: undefined, identity };
      return {
        kinds: pingOneKinds,
        platform: connectedPlatform(pingOneContexts(tenant), about),
        tenant: environmentId,
      };
    },
    flows: (stage, { prefix, signal }) =>
      flowsOf(stage, prefix, {
        prove: (add) => provePingOne(add, { settings, environmentId, prefix, signal }),
        cite: citeOf,
      }),
  };
}
