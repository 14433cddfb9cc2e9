/** Whether the names that a declaration uses and does not declare mean something in the realm (decision 0005). */

import type { AicTenant } from "../../../admin-api/aic/tenant.ts";
import { aicForeignNames, type Reference } from "../../../declaration/rules/references.ts";
import { PingAgentsError, type Where } from "../../../errors.ts";
import { type AicContext, aicContexts } from "../../../providers/aic/context.ts";
import { managed } from "../../../providers/aic/relations.ts";
import { requireJourney } from "../../../providers/aic/require-journey.ts";
import type { Declared } from "../declaration.ts";
import { resolved } from "../resolved.ts";
import type { Check } from "../sheet.ts";

type LookUp = (context: AicContext, realm: string, name: string, where: Where) => Promise<unknown>;

/** How a name of each sort is looked up. An acr value is no name of an object: the check of acr values tells it. */
const LOOK_UPS: Readonly<Record<string, LookUp>> = {
  users: ({ names }, realm, name, where) => names.idOf(managed(realm, "user"), "userName", name, where),
  groups: ({ names }, realm, name, where) => names.idOf(managed(realm, "group"), "name", name, where),
  applications: ({ names }, realm, name, where) => names.applicationOf(realm, name, where),
  journeys: (context, realm, journey, where) => requireJourney(context, { realm, journey }, where),
  esvSecrets: requireSecret,
};

async function requireSecret({ tenant }: AicContext, _realm: string, name: string, where: Where): Promise<void> {
  if (await tenant.environment.getSecret(name)) return;
  throw new PingAgentsError("ERR_NAME_NOT_FOUND", `there is no ESV secret "${name}"`, {
    where,
    hint: "declare it under esvSecrets, create it in the tenant, or correct the name",
  });
}

export const names: Check<{ readonly tenant: AicTenant; readonly declared: Declared<"aic"> }> = {
  id: "names",
  title: "names",
  look: async ({ tenant, declared }) => {
    const { coalesced } = aicContexts(tenant);
    const { realm } = declared.declaration;
    const lookUp = ({ sort, name }: Reference, where: Where) =>
      LOOK_UPS[sort]?.(coalesced, realm, name, { ...where, tenant: tenant.origin });
    const count = await resolved(
      declared,
      aicForeignNames(declared.declaration).filter(({ sort }) => sort in LOOK_UPS),
      lookUp,
    );
    return { found: count, fact: undefined };
  },
};
