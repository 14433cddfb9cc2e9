/** What tools need on AIC: the agent's own scopes, those of an application that it reaches by exchange, or for an audience of delegates. Pure. */

import { list, type Mapping, mapping } from "./rule.ts";
import { entriesOf, namesIn, needs, scopesIn, type Tools } from "./tools.ts";

export const aicTools: Tools = {
  needsOf: ({ authorization, application, audience, scopes }) => {
    const need = { scopes, at: [] };
    if (authorization !== "token_exchange") return needs({ ...need, from: "", field: "scopes" });
    return [
      ...needs({ ...need, from: application, field: "application" }),
      ...needs({ ...need, from: audience, field: "audience", under: "delegates" }),
    ];
  },
  // One entry has to allow all that is asked for at once (oauth-flows §5.1); of delegates any will do (delegation §2.2).
  groupsOf: (client, { from, under }, { applications }) => {
    const delegated = list(client.delegates).map(mapping);
    const scopesFor = (those: readonly Mapping[]) => those.flatMap(({ scopes }) => namesIn(scopes));
    if (under === "delegates") {
      const those = delegated.filter(({ audience }) => audience === from);
      return those.length > 0 ? [scopesFor(those)] : [];
    }
    if (from === "") {
      const isOpen = client.scopes === undefined && client.pattern === undefined && delegated.length === 0;
      return [isOpen ? undefined : [...namesIn(client.scopes), ...scopesFor(delegated)]];
    }
    return entriesOf(client)
      .filter(([entry]) => entry.application === from)
      .map(([{ scopes }]) => (scopes === "all" ? scopesOf(mapping(applications)[from]) : namesIn(scopes)));
  },
  missing: (id, { from, under }, scope) => {
    if (from === "") return `"${scope}" is no scope of ${id}: add it to its scopes`;
    if (under === "delegates") return `"${scope}" is not granted: add it to the scopes of delegates for ${from}`;
    return `"${scope}" is not granted: give ${id} access to { application: ${from}, scopes: [${scope}] }`;
  },
  grantedTo: (client, { applications }) => [
    ...scopesIn(client.scopes)
      .filter(([, scope]) => scope !== "openid")
      .map(([index, scope]) => ({ scopes: [scope], at: ["scopes", index], from: "" })),
    ...entriesOf(client).flatMap(([{ application, scopes }, index]) => {
      const at = ["access", index, "scopes"];
      const from = String(application);
      if (scopes === "all") return [{ scopes: scopesOf(mapping(applications)[from]) ?? [], at, from }];
      return scopesIn(scopes).map(([place, scope]) => ({ scopes: [scope], at: [...at, place], from }));
    }),
    ...list(client.delegates).flatMap((entry, index) => {
      const { audience, scopes } = mapping(entry);
      return scopesIn(scopes).map(([place, scope]) => ({
        ...{ scopes: [scope], at: ["delegates", index, "scopes", place], from: String(audience) },
      }));
    }),
  ],
};

/** Undefined where the application does not say. */
const scopesOf = (application: unknown) => {
  const { scopes } = mapping(application);
  return scopes === undefined ? undefined : namesIn(scopes);
};
