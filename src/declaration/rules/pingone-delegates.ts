/** `delegates` on PingOne: what a client needs to exchange tokens, and what one environment cannot tell apart (decision 0015). Pure. */

import { grantTypes } from "../../fields/grant-types.ts";
import { suggest } from "../describe.ts";
import { canAct } from "./acting.ts";
import { clientsOf, list, type Mapping, mapping, mappings, type Refuse, type Rule, texts } from "./rule.ts";

type Path = readonly PropertyKey[];

/** An entry of `delegates`, whose it is, and where it stands. */
type Entry = { readonly id: string; readonly client: Mapping; readonly path: Path; readonly entry: Mapping };

export const pingOneDelegates: Rule = (written, refuse) => {
  const entries = clientsOf(written).flatMap(([path, client]) =>
    list(client.delegates).map((entry, index) => ({
      ...{ id: path[1], client, path: [...path, "delegates", index], entry: mapping(entry) },
    })),
  );
  names(entries, written, refuse);
  for (const [path, client] of clientsOf(written)) {
    if (list(client.delegates).length === 0) continue;
    canAct(client, path, refuse);
    scopesOnce(client, path, written, refuse);
  }
  actors(entries, written, refuse);
  agreed(entries, refuse);
};

/** Claims of both resources follow, so that both are of this file; a pair is one entry. */
function names(entries: readonly Entry[], { resources }: Mapping, refuse: Refuse): void {
  const keys = mappings(resources).map(([key]) => key);
  const seen = new Set<string>();
  for (const { id, path, entry } of entries) {
    for (const field of ["with", "resource"]) {
      const name = entry[field];
      if (typeof name !== "string" || keys.includes(name)) continue;
      refuse(
        [...path, field],
        `no resource "${name}" in this file${suggest(name, keys)}: its tokens have to say who acts`,
      );
    }
    const pair = JSON.stringify([id, entry.with, entry.resource]);
    if (seen.has(pair)) refuse(path, "a second entry for these two: put all scopes into one");
    seen.add(pair);
  }
}

/** Which resource answers is decided by the grant alone, so that a scope must name one of them (delegation §1). */
function scopesOnce(client: Mapping, path: Path, { resources }: Mapping, refuse: Refuse): void {
  const keyOf = (name: unknown) =>
    mappings(resources).find(([key, { name: own }]) => key === name || own === name)?.[0] ?? String(name);
  const first = new Map<string, string>();
  for (const field of ["access", "delegates"]) {
    for (const [index, entry] of list(client[field]).map(mapping).entries()) {
      const target = keyOf(entry.resource);
      for (const [at, scope] of texts(entry.scopes)) {
        const other = first.get(scope) ?? target;
        if (other !== target) {
          const what = `"${scope}" is a scope of ${other} and of ${target}, and a request names the scope alone`;
          refuse(
            [...path, field, index, "scopes", at],
            `${what}: which resource is meant? Take it from the other, or rename it`,
          );
        }
        first.set(scope, other);
      }
    }
  }
}

/** `may_act` of a token names one client: whoever is named in all, or whom its user signed in at (delegation §1.1). */
function actors(entries: readonly Entry[], written: Mapping, refuse: Refuse): void {
  const agents = mappings(written.agents);
  for (const [key, { name }] of mappings(written.resources)) {
    const those = entries.filter(({ entry }) => entry.with === key);
    const ofUsers = agents.flatMap(([id, agent]) =>
      texts(agent.actsForUsersOf).some(([, one]) => one === key) ? [id] : [],
    );
    const ids = [...new Set([...ofUsers, ...those.map(({ id }) => id)])];
    if (ids.length < 2) continue;
    for (const { id, client, path } of those) {
      if (signsIn(client) && list(client.access).some((one) => [key, name].includes(mapping(one).resource))) continue;
      const others = ids.filter((one) => one !== id).join(", ");
      const advice = `let ${id} sign its users in itself, with access to ${key}, or give it a resource of its own`;
      refuse([...path, "with"], `tokens of ${key} name ${others}, too, and no token tells whose it is: ${advice}`);
    }
  }
}

/** Whether users sign in at a client; what is not written is the usual of its type. */
function signsIn({ grantTypes: said, type }: Mapping): boolean {
  if (said === undefined) return typeof type === "string" && type !== "service";
  return grantTypes.safeParse(said).data?.includes("authorization_code") ?? false;
}

/** A claim is required of all tokens of a resource. */
function agreed(entries: readonly Entry[], refuse: Refuse): void {
  const first = new Map<unknown, Entry>();
  const isRequired = ({ entry }: Entry) => entry.required !== false;
  for (const one of entries) {
    const other = first.get(one.entry.resource) ?? one;
    first.set(one.entry.resource, other);
    if (isRequired(one) === isRequired(other)) continue;
    refuse(
      [...one.path, "required"],
      `${other.id} says otherwise of ${one.entry.resource}: its tokens are all the same`,
    );
  }
}
