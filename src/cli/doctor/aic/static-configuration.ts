/** Whether what only development writes is there where it cannot be written (decision 0006). */

import type { AicTenant } from "../../../admin-api/aic/tenant.ts";
import { staticEntries } from "../../../components/aic/static.ts";
import { fieldOf } from "../../../declaration/load.ts";
import { aicContexts } from "../../../providers/aic/context.ts";
import { aicKinds } from "../../../providers/aic/platform.ts";
import { connectedPlatform } from "../../../providers/coalescing.ts";
import { lifecycle } from "../../../providers/lifecycle.ts";
import { locate, together } from "../../../providers/together.ts";
import type { Declared } from "../declaration.ts";
import type { Check } from "../sheet.ts";

export const staticConfiguration: Check<{ readonly tenant: AicTenant; readonly declared: Declared<"aic"> }> = {
  id: "tier",
  title: "tier",
  look: async ({ tenant, declared: { declaration, placeOf } }) => {
    const { tier } = declaration;
    const entries = staticEntries(declaration);
    const what =
      entries.length === 0
        ? "no journey, script or entry of the provider is declared"
        : `${entries.length} static entries`;
    if (tier === "development") return { found: `${tier}: ${what}, to be written`, fact: undefined };
    const { origin, identity } = tenant;
    const settings = {
      origin,
      adopt: "never" as const,
      bindTo: undefined,
      identity: async () => (await identity()) ?? "",
    };
    const platform = connectedPlatform(aicContexts(tenant), settings);
    await together(
      entries.map(async ({ path, type, inputs }) => {
        const kind = aicKinds.find((one) => one.type === type);
        try {
          if (kind) await lifecycle(kind, async () => platform).assert(inputs);
        } catch (error) {
          locate(error, { ...placeOf(path), entry: fieldOf(path) });
          throw error;
        }
      }),
    );
    return { found: `${tier}: ${what}, as on the tenant; none is written`, fact: undefined };
  },
};
