/** Ping's clouds, one row each: how a stack is compared with its tenant. */

import { aicSettings } from "./admin-api/aic/settings.ts";
import { connectAic } from "./admin-api/aic/tenant.ts";
import type { CallOptions } from "./admin-api/http/transport.ts";
import { pingOneSettings } from "./admin-api/pingone/settings.ts";
import { connectPingOne } from "./admin-api/pingone/tenant.ts";
import { type Finding, inOrder, type Unreadable } from "./drift/finding.ts";
import { inOrder as inventoryInOrder, type Stranger } from "./drift/inventory.ts";
import { findingsOf } from "./drift/kind.ts";
import { PingAgentsError } from "./errors.ts";
import { declaredEntry } from "./platforms.ts";
import { aicContexts } from "./providers/aic/context.ts";
import { aicInventory } from "./providers/aic/inventory.ts";
import { aicKinds } from "./providers/aic/platform.ts";
import { type Connections, connectedPlatform } from "./providers/coalescing.ts";
import { compareAll, type Readings, type Recorded, unreadableOf } from "./providers/drift.ts";
import type { AnyKind } from "./providers/kind.ts";
import { pingOneContexts } from "./providers/pingone/context.ts";
import { pingOneInventory } from "./providers/pingone/inventory.ts";
import { pingOneKinds } from "./providers/pingone/platform.ts";
import type { Properties } from "./providers/pulumi-values.ts";
import { confirmedIdentity, tenantSetting } from "./providers/tenant-identity.ts";
import { type CloudName, declaredAddress, type Said } from "./tenants.ts";

/** How a stack stands to its tenant. */
export type Drift = {
  /** The worst first. */
  readonly findings: readonly Finding[];
  readonly unreadable: readonly Unreadable[];
  /** How many resources were compared. */
  readonly compared: number;
  /** What acts on the tenant and is not the stack's; undefined where nobody could look. */
  readonly strangers: readonly Stranger[] | undefined;
};

/** A stack whose tenant is looked at. */
export type Looked = { readonly said: Said; readonly resources: readonly Recorded[]; readonly options?: CallOptions };

type Look<C> = {
  readonly origin: string;
  readonly contexts: Connections<C>;
  readonly kinds: readonly AnyKind<C>[];
  /** What the tenant says of itself. */
  readonly identity: (inputs: Properties) => Promise<string | undefined>;
  readonly inventory: (context: C) => Promise<Stranger[]>;
};

type Row = (looked: Looked) => Promise<Readings & Pick<Drift, "strangers">>;

const rows: Readonly<Record<CloudName, Row>> = {
  aic: (looked) => {
    const { said, resources, options } = looked;
    const tenant = connectAic(aicSettings(said.env, said.config, declaredAddress(said)), options);
    const realm = said.declared?.realm ?? "alpha";
    const known = new Set(resources.flatMap(({ inputs, outputs }) => [inputs.clientId, outputs.privilegeId]));
    return lookAt(looked, {
      ...{ origin: tenant.origin, contexts: aicContexts(tenant), kinds: aicKinds },
      identity: () => tenant.identity(),
      inventory: (context) => aicInventory(context, realm, known),
    });
  },
  pingone: (looked) => {
    const { said, resources, options } = looked;
    const tenant = connectPingOne(pingOneSettings(said.env, said.config), options);
    const known = new Set(resources.map(({ outputs }) => outputs.applicationId));
    return lookAt(looked, {
      ...{ origin: tenant.origin, contexts: pingOneContexts(tenant), kinds: pingOneKinds },
      identity: async ({ environmentId }) => tenant.environment(environmentId as string | undefined).id,
      inventory: (context) => pingOneInventory(context, said.declared?.environment, known),
    });
  },
};

/** Compares the resources, and looks for what else is there: both at once, so that lists answer both. */
async function lookAt<C>(
  { said: { env, config = () => undefined }, resources }: Looked,
  { origin, contexts, kinds, identity: identityOf, inventory }: Look<C>,
): Promise<Readings & Pick<Drift, "strangers">> {
  const bindTo = tenantSetting(env, config);
  const identity = async (inputs: Properties) => confirmedIdentity(await identityOf(inputs), bindTo, origin);
  const platform = connectedPlatform(contexts, { origin, adopt: "never", bindTo, identity });
  const [readings, found] = await Promise.all([
    compareAll(kinds, platform, resources),
    inventory(platform.coalesced).catch((error: unknown) => {
      if (error instanceof PingAgentsError) return error;
      throw error;
    }),
  ]);
  if (!(found instanceof PingAgentsError)) return { ...readings, strangers: inventoryInOrder(found) };
  const others = unreadableOf({ type: "what else acts", name: "on the tenant" }, found);
  return { ...readings, unreadable: [...readings.unreadable, others], strangers: undefined };
}

/**
 * Compares the resources of a stack with the tenant, property by property, as a refresh does, and looks for what acts there besides.
 * Writes nothing.
 *
 * @throws AdminApiError for an account that the tenant does not know, SettingError, ERR_OTHER_TENANT
 */
export async function driftOf(cloud: CloudName, looked: Looked): Promise<Drift> {
  const { compared, unreadable, strangers } = await rows[cloud](looked);
  const findings = inOrder(compared.flatMap((one) => findingsOf(one, declaredEntry)));
  return { findings, unreadable, strangers, compared: compared.length };
}
