/** Entries of an AIC declaration, by the kinds that they become. */

import type { Entries } from "../entries.ts";

export const aicEntries: Entries = {
  alone: {
    "aic:ProviderBaseline": () => ["provider"],
    "aic:GrantTypes": () => ["provider"],
    "aic:ProviderSetting": (name) => ["provider", name.slice(name.indexOf("/") + 1)],
    "aic:AcrMapping": (name) => ["provider", "acr", name.slice(name.indexOf("/") + 1)],
  },
  below: {
    "aic:AgentPrivilege": (rest) => ["access", rest],
    "aic:CibaKey": () => ["ciba"],
    "aic:Script": (what) => (what === "audience" ? ["audience"] : []),
    "aic:SecretLabel": () => ["secret"],
  },
  accessName: ({ application, name }) => [application, ...(name === undefined ? [] : [name])].join("/"),
};
