/** What a declaration of PingOne says of the access below an application, as `allow` would call it. Pure. */

import { claimEntry, grantEntry, ownerEntry, policyEntry } from "../../fields/pingone-access.ts";
import { named } from "../../named.ts";
import type { PingOneAgent, PingOneApplication } from "./declaration.ts";
import { grantsOf } from "./delegation.ts";

/**
 * Grants, claims, policies and owners, each with its sentence.
 *
 * @param resources of the same declaration, by the keys under which `access` names them
 */
export function declaredBelow(
  { policies, claims = {}, owners = [], ...client }: Partial<PingOneAgent | PingOneApplication>,
  resources: Readonly<Record<string, { readonly name: string }>> = {},
): Record<string, string> {
  return Object.fromEntries([
    ...grantsOf(client, resources).map(({ resource, scopes }) =>
      grantEntry(named(resources, resource)?.name ?? resource, scopes),
    ),
    ...Object.entries(claims).map(([claim, { value }]) => claimEntry(claim, value)),
    ...(policies?.names ?? []).map(policyEntry),
    ...owners.map((user) => ownerEntry(user)),
  ]);
}
