/** Ping's clouds, one row each: how a stack is compared with its tenant, and what its kinds say of the differences. */

import { aicSettings } from "./admin-api/aic/settings.ts";
import { connectAic } from "./admin-api/aic/tenant.ts";
import type { CallOptions } from "./admin-api/http/transport.ts";
import { pingOneSettings } from "./admin-api/pingone/settings.ts";
import { connectPingOne } from "./admin-api/pingone/tenant.ts";
import { aicDrift } from "./drift/aic/kinds.ts";
import { type Finding, inOrder, type Unreadable } from "./drift/finding.ts";
import { type DriftKinds, findingsOf } from "./drift/kind.ts";
import { pingOneDrift } from "./drift/pingone/kinds.ts";
import { aicContexts } from "./providers/aic/context.ts";
import { aicKinds } from "./providers/aic/platform.ts";
import { type Connections, connectedPlatform } from "./providers/coalescing.ts";
import { compareAll, type Readings, type Recorded } from "./providers/drift.ts";
import type { AnyKind } from "./providers/kind.ts";
import { pingOneContexts } from "./providers/pingone/context.ts";
import { pingOneKinds } from "./providers/pingone/platform.ts";
import type { Properties } from "./providers/pulumi-values.ts";
import { confirmedIdentity, tenantSetting } from "./providers/tenant-identity.ts";
import { type CloudName, declaredAddress, type Said } from "./tenants.ts";

/** How the resources of a stack stand to their tenant. */
export type Drift = {
  /** The worst first. */
  readonly findings: readonly Finding[];
  readonly unreadable: readonly Unreadable[];
  /** How many resources were compared. */
  readonly compared: number;
};

type Row = {
  readonly kinds: DriftKinds;
  readonly compare: (said: Said, resources: readonly Recorded[], options: CallOptions) => Promise<Readings>;
};

const rows: Readonly<Record<CloudName, Row>> = {
  aic: {
    kinds: aicDrift,
    compare: (said, resources, options) => {
      const tenant = connectAic(aicSettings(said.env, said.config, declaredAddress(said)), options);
      return comparison(said, tenant, aicContexts(tenant), () => tenant.identity(), aicKinds, resources);
    },
  },
  pingone: {
    kinds: pingOneDrift,
    compare: (said, resources, options) => {
      const tenant = connectPingOne(pingOneSettings(said.env, said.config), options);
      const identity = async ({ environmentId }: Properties) =>
        tenant.environment(environmentId as string | undefined).id;
      return comparison(said, tenant, pingOneContexts(tenant), identity, pingOneKinds, resources);
    },
  },
};

function comparison<C>(
  { env, config = () => undefined }: Said,
  { origin }: { readonly origin: string },
  contexts: Connections<C>,
  identityOf: (inputs: Properties) => Promise<string | undefined>,
  kinds: readonly AnyKind<C>[],
  resources: readonly Recorded[],
): Promise<Readings> {
  const bindTo = tenantSetting(env, config);
  const identity = async (inputs: Properties) => confirmedIdentity(await identityOf(inputs), bindTo, origin);
  const platform = connectedPlatform(contexts, { origin, adopt: "never", bindTo, identity });
  return compareAll(kinds, platform, resources);
}

/**
 * Compares the resources of a stack with the tenant: property by property, as a refresh does. Writes nothing.
 *
 * @param options how long calls are waited for
 * @throws AdminApiError for an account that the tenant does not know, SettingError, ERR_OTHER_TENANT
 */
export async function driftOf(
  cloud: CloudName,
  said: Said,
  resources: readonly Recorded[],
  options: CallOptions = {},
): Promise<Drift> {
  const { kinds, compare } = rows[cloud];
  const { compared, unreadable } = await compare(said, resources, options);
  const findings = inOrder(compared.flatMap((one) => findingsOf(one, kinds)));
  return { findings, unreadable, compared: compared.length };
}
