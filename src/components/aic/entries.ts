/** Entries of an AIC declaration, by the kinds that they become. */

import type { Entries, EntryPath } from "../entries.ts";

/** Names of what a realm holds begin with the realm. */
const inRealm =
  (...section: EntryPath) =>
  (name: string): EntryPath => [...section, name.slice(name.indexOf("/") + 1)];

export const aicEntries: Entries = {
  alone: {
    "aic:User": inRealm("users"),
    "aic:Group": inRealm("groups"),
    "aic:Journey": inRealm("journeys"),
    "aic:ProviderBaseline": () => ["provider"],
    "aic:GrantTypes": () => ["provider"],
    "aic:AcrMapping": inRealm("provider", "acr"),
    "aic:EsvSecret": (name) => ["esvSecrets", name],
    "aic:EsvVariable": (name) => ["esvVariables", name],
  },
  below: {
    "aic:AgentPrivilege": (rest) => ["access", rest],
    "aic:CibaKey": () => ["ciba"],
    "aic:SecretLabel": () => ["secret"],
  },
  accessName: ({ application, name }) => [application, ...(name === undefined ? [] : [name])].join("/"),
};
