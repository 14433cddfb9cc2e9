/** What tools need on PingOne, where every scope is one of a resource, which has a key and a name. Pure. */

import { OPENID } from "../../fields/pingone.ts";
import { list, type Mapping, mapping, mappings } from "./rule.ts";
import { namesIn, needs, scopesIn, type Tools } from "./tools.ts";

export const pingOneTools: Tools = {
  needsOf: ({ resource, scopes, actor }, written) => {
    const { resource: own, scopes: its } = mapping(actor);
    return [
      ...needs({ scopes, at: [], from: nameOf(resource, written), field: "resource" }),
      ...needs({ scopes: its, at: ["actor"], from: nameOf(own, written), field: "resource" }),
    ];
  },
  groupsOf: (client, { from }, written) =>
    [...Map.groupBy(entriesOf(client), ([{ resource }]) => nameOf(resource, written))]
      .filter(([of]) => of === from)
      .map(([, entries]) => [
        ...entries.flatMap(([{ scopes }]) => namesIn(scopes)),
        ...(from === OPENID ? [OPENID] : []),
      ]),
  missing: (id, { from }, scope) =>
    `"${scope}" is not granted: give ${id} access to { resource: ${from}, scopes: [${scope}] }`,
  // What OpenID Connect tells of the user opens no tool.
  grantedTo: (client, written) =>
    entriesOf(client)
      .filter(([{ resource }]) => resource !== OPENID)
      .flatMap(([{ resource, scopes }, path]) =>
        scopesIn(scopes).map(([place, scope]) => ({
          ...{ scopes: [scope], at: [...path, "scopes", place], from: String(nameOf(resource, written)) },
        })),
      ),
};

/** What a client is granted, each with its place: of its access, and what it delegates. A resource has one grant. */
const entriesOf = (client: Mapping) =>
  ["access", "delegates"].flatMap((field) =>
    list(client[field]).map((entry, index) => [mapping(entry), [field, index]] as const),
  );

/** The key of a resource of this file, else the name of one that others manage. */
function nameOf(resource: unknown, { resources }: Mapping): unknown {
  const [key = resource] = mappings(resources).find(([one, { name }]) => one === resource || name === resource) ?? [];
  return key;
}
