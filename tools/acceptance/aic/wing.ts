/** Acceptance on an AIC tenant: the tenant of the settings, and a local one to compare it with. */

import { readServiceAccountKey } from "../../../src/admin-api/aic/service-account.ts";
import type { AicSettings } from "../../../src/admin-api/aic/settings.ts";
import { connectAic } from "../../../src/admin-api/aic/tenant.ts";
import { type AicContext, aicContexts } from "../../../src/providers/aic/context.ts";
import { aicKinds } from "../../../src/providers/aic/platform.ts";
import { connectedPlatform } from "../../../src/providers/coalescing.ts";
import { flowsOf } from "../flows.ts";
import type { Subject, Wing } from "../wing.ts";
import { aicFacts } from "./facts.ts";
import { proveAic } from "./flows.ts";
import { aicSamples, type Tier } from "./samples.ts";

/** Where in the tenant. */
type Place = {
  readonly realm: string;
  readonly tier: Tier;
  /** Ids of the only cases of the verifier. @default all */
  readonly cases?: readonly string[];
};

/** @param settings of the tenant that is accepted */
export function aicWing(settings: AicSettings, place: Place): Wing<AicContext> {
  const { realm, tier } = place;
  return {
    place: `realm ${realm}, tier ${tier}`,
    tenant: subjectOf(settings, place),
    local({ url, serviceAccount: { id: serviceAccountId, jwk } }) {
      return subjectOf({ tenantUrl: url, serviceAccountId, serviceAccountKey: JSON.stringify(jwk) }, place);
    },
    facts: aicFacts,
    samples: (prefix) => aicSamples(prefix, realm, tier),
  };
}

function subjectOf(settings: AicSettings, place: Place): Subject<AicContext> {
  const { origin } = new URL(settings.tenantUrl);
  return {
    origin,
    async stage(observe) {
      const connection = connectAic(settings, { observe });
      const tenant = (await connection.identity()) ?? origin;
      const identity = async () => tenant;
      const about = { origin, adopt: "never" as const, bindTo: undefined, identity };
      return { kinds: aicKinds, platform: connectedPlatform(aicContexts(connection), about), tenant };
    },
    async flows(stage, { prefix, signal }) {
      const jwk = await readServiceAccountKey(settings.serviceAccountKey);
      const serviceAccount = { id: settings.serviceAccountId, jwk };
      return flowsOf(stage, prefix, {
        prove: (add) => proveAic(add, { ...place, prefix, signal, tenant: origin, serviceAccount }),
        cite: () => "oauth-flows §8",
      });
    },
  };
}
