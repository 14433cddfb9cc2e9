/** Entries of a PingOne declaration, by the kinds that they become. */

import type { Entries } from "../entries.ts";

export const pingOneEntries: Entries = {
  alone: { "pingone:SignOnPolicy": (key) => ["signOnPolicies", key] },
  below: {
    "pingone:ScopeGrant": (rest) => ["access", rest],
    "pingone:AttributeMapping": (rest) => ["claims", rest],
    "pingone:PolicyAssignments": () => ["policies"],
    "pingone:Owner": (rest) => ["owners", rest],
    "pingone:Secret": () => ["secret"],
  },
  accessName: ({ resource }) => String(resource),
};
