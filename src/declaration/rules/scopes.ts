/** Scopes of entries of access, and of what is delegated: those that the application or resource of the same file has. Pure. */

import { suggest } from "../describe.ts";
import { clientsOf, list, type Mapping, mapping, mappings, type Refuse, type Rule, texts } from "./rule.ts";

/** An application of AIC has a list of scopes, each `name` or `name|text shown`. */
export const aicScopes: Rule = (written, refuse) => {
  const has = new Map(
    mappings(written.applications).map(([id, { scopes }]) => [
      id,
      Array.isArray(scopes) ? texts(scopes).map(([, scope]) => scope.replace(/\|.*/s, "")) : undefined,
    ]),
  );
  eachEntry(written, refuse, "application", (id) => has.get(id));
};

/** A resource of PingOne has a mapping of scopes; an access entry names it by its key or its name. */
export const pingOneScopes: Rule = (written, refuse) => {
  const has = new Map(
    mappings(written.resources).flatMap(([key, { name, scopes }]) => {
      const own = scopes === undefined ? undefined : Object.keys(mapping(scopes));
      return [[String(name), own] as const, [key, own] as const];
    }),
  );
  eachEntry(written, refuse, "resource", (name) => has.get(name));
  for (const [path, client] of clientsOf(written)) {
    const openid = list(client.access)
      .map(mapping)
      .filter(({ resource }) => resource === "openid");
    const granted = ["openid", ...openid.flatMap(({ scopes }) => texts(scopes).map(([, scope]) => scope))];
    for (const [claim, { scopes }] of mappings(client.claims)) {
      for (const [index, scope] of texts(scopes).filter(([, one]) => !granted.includes(one))) {
        const at = [...path, "claims", claim, "scopes", index];
        refuse(at, `"${scope}" is not granted: give ${path[1]} access to { resource: openid, scopes: [${scope}] }`);
      }
    }
  }
};

/** @param scopesOf the scopes of what an entry is for; undefined where the file does not say */
function eachEntry(
  written: Mapping,
  refuse: Refuse,
  field: string,
  scopesOf: (name: string) => readonly string[] | undefined,
): void {
  for (const [path, client] of clientsOf(written)) {
    for (const section of ["access", "delegates"]) {
      for (const [index, entry] of list(client[section]).map(mapping).entries()) {
        const known = scopesOf(String(entry[field]));
        if (!known) continue;
        for (const [at, scope] of texts(entry.scopes).filter(([, one]) => !known.includes(one))) {
          const message = `"${scope}" is no scope of ${entry[field]}${suggest(scope, known) || "; it has none"}`;
          refuse([...path, section, index, "scopes", at], message);
        }
      }
    }
  }
}
