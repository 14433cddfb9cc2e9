/** What tools need on PingOne, where every scope is one of a resource, which has a key and a name. Pure. */

import { OPENID } from "../../fields/pingone.ts";
import { type Mapping, mapping, mappings } from "./rule.ts";
import { entriesOf, namesIn, need, scopesIn, type Tools } from "./tools.ts";

export const pingOneTools: Tools = {
  needsOf: ({ resource, scopes, actor }, written) => {
    const { resource: own, scopes: its } = mapping(actor);
    return [
      ...need({ scopes, at: [], from: nameOf(resource, written), field: "resource" }),
      ...need({ scopes: its, at: ["actor"], from: nameOf(own, written), field: "resource" }),
    ];
  },
  groupsOf: (client, from, written) =>
    entriesOf(client)
      .filter(([{ resource }]) => nameOf(resource, written) === from)
      .map(([{ scopes }]) => [...namesIn(scopes), ...(from === OPENID ? [OPENID] : [])]),
  missing: (id, from, scope) =>
    `"${scope}" is not granted: give ${id} access to { resource: ${from}, scopes: [${scope}] }`,
  // What OpenID Connect tells of the user opens no tool.
  grantedTo: (client, written) =>
    entriesOf(client)
      .filter(([{ resource }]) => resource !== OPENID)
      .flatMap(([{ resource, scopes }, index]) =>
        scopesIn(scopes).map(([place, scope]) => ({
          ...{ scopes: [scope], at: ["access", index, "scopes", place], from: String(nameOf(resource, written)) },
        })),
      ),
};

/** The key of a resource of this file, else the name of one that others manage. */
function nameOf(resource: unknown, { resources }: Mapping): unknown {
  const [key = resource] = mappings(resources).find(([one, { name }]) => one === resource || name === resource) ?? [];
  return key;
}
