/** What an environment lets a client or resource do, one by one, as parts of its entry, by what `allow` calls it. Pure. */

import {
  claimEntry,
  grantEntry,
  OWNER_ROLE,
  ownerEntry,
  policyEntry,
  scopeEntry,
} from "../../fields/pingone-access.ts";
import { clean, type Properties } from "../../providers/pulumi-values.ts";
import type { Part } from "../candidate.ts";
import { claimAsWritten } from "./entries.ts";
import type { FoundClient } from "./live.ts";

type Parts = Readonly<Record<string, Part>>;

/**
 * What hangs below a client; nothing where something of it is another stack's.
 *
 * @param nameOf how its entry names a resource
 */
export function clientParts(client: FoundClient, nameOf: (resource: string) => string): Parts {
  const { grants, claims, policies, roles, others } = client;
  if (others.length > 0) return {};
  const [kind, ...kinds] = new Set(policies.map((one) => one.kind));
  const named = { kind, names: policies.map(({ name }) => name) };
  const owners = roles.filter(({ holder, role }) => holder !== "groups" && role === OWNER_ROLE);
  const all: (readonly [string, Part])[] = [
    ...grants.map(({ resource, scopes }) => {
      const item = { resource: nameOf(resource), scopes };
      return [grantEntry(resource, [])[0], { path: ["access"], isItem: true, values: [item] }] as const;
    }),
    ...grants.flatMap(({ resource, scopes }) => {
      const path = ["access", nameOf(resource), "scopes"];
      return scopes.map((scope) => {
        const key = ["access", nameOf(resource), scopeEntry(scope)[0]].join("/");
        return [key, { path, isItem: true, values: [scope] }] as const;
      });
    }),
    ...claims.map((claim) => {
      const part = { path: ["claims", String(claim.name)], values: [clean(claimAsWritten(claim))] };
      return [claimEntry(String(claim.name), "")[0], part] as const;
    }),
    ...owners.map(({ label }) => [ownerEntry(label)[0], { path: ["owners"], isItem: true, values: [label] }] as const),
    ...(kinds.length > 0 ? [] : policies).flatMap(({ name }) => {
      const [key] = policyEntry(name);
      return [
        [key, { path: ["policies"], values: [named] }] as const,
        [`policies/${key}`, { path: ["policies", "names"], isItem: true, values: [name] }] as const,
      ];
    }),
  ];
  return Object.fromEntries(all);
}

/** Scopes and claims of a resource. @param entry as it would be declared */
export function resourceParts({ scopes, claims }: Properties): Parts {
  const partsOf = (section: string, values: unknown, nameOf: (name: string) => string) =>
    Object.entries((values as Properties | undefined) ?? {}).map(([name, value]): [string, Part] => [
      nameOf(name),
      { path: [section, name], values: [value] },
    ]);
  return Object.fromEntries([
    ...partsOf("scopes", scopes, (name) => scopeEntry(name)[0]),
    ...partsOf("claims", claims, (name) => claimEntry(name, "")[0]),
  ]);
}
