/** What tools need on AIC: the agent's own scopes, or those of an application that it reaches by exchange. Pure. */

import { mapping } from "./rule.ts";
import { entriesOf, namesIn, need, scopesIn, type Tools } from "./tools.ts";

export const aicTools: Tools = {
  needsOf: ({ authorization, application, scopes }) =>
    need({ scopes, at: [], from: authorization === "token_exchange" ? application : "", field: "application" }),
  // One entry has to allow all that is asked for at once (oauth-flows §5.1).
  groupsOf: (client, from, { applications }) =>
    from === ""
      ? [client.scopes === undefined && client.pattern === undefined ? undefined : namesIn(client.scopes)]
      : entriesOf(client)
          .filter(([entry]) => entry.application === from)
          .map(([{ scopes }]) => (scopes === "all" ? scopesOf(mapping(applications)[from]) : namesIn(scopes))),
  missing: (id, from, scope) =>
    from === ""
      ? `"${scope}" is no scope of ${id}: add it to its scopes`
      : `"${scope}" is not granted: give ${id} access to { application: ${from}, scopes: [${scope}] }`,
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
  ],
};

/** Undefined where the application does not say. */
const scopesOf = (application: unknown) => {
  const { scopes } = mapping(application);
  return scopes === undefined ? undefined : namesIn(scopes);
};
