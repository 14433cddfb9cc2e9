/** The facts of docs/contracts that lives of PingOne kinds bear on, by the exchanges that show them. */

import type { Fact } from "../compare.ts";

const fact = (cite: string, says: string, method: string, below: string): Fact => ({
  ...{ cite, says, method },
  route: new RegExp(`^/environments/\\{id\\}/${below}$`),
});
const A = "applications/\\{id\\}";
const R = "resources/\\{id\\}";

/** Evidence is in the page; what is inferred there is what an acceptance is for. */
export const pingOneFacts: readonly Fact[] = [
  fact("pingone §1", "POST creates an AI agent as an application", "POST", "applications"),
  fact("pingone §3.2", "applications are listed", "GET", "applications"),
  fact("pingone §4", "an application is read", "GET", A),
  fact("pingone §3.1", "PUT replaces an application as a whole", "PUT", A),
  fact("pingone §4", "DELETE of an application", "DELETE", A),
  fact("pingone §4.1", "metadata are read", "GET", `${A}/metadata`),
  fact("pingone §4.1", "PUT replaces metadata", "PUT", `${A}/metadata`),
  fact("pingone §5.1", "a secret is made with the application, and read", "GET", `${A}/secret`),
  fact("pingone §5.1", "POST makes another secret and keeps the old one for a while", "POST", `${A}/secret`),
  fact("pingone §5.2", "POST grants scopes of a resource", "POST", `${A}/grants`),
  fact("pingone §5.2", "grants are listed with the ids of scopes", "GET", `${A}/grants`),
  fact("pingone §5.2", "PUT replaces the scopes of a grant", "PUT", `${A}/grants/\\{id\\}`),
  fact("pingone §5.2", "DELETE of a grant", "DELETE", `${A}/grants/\\{id\\}`),
  fact("pingone §5.3", "POST creates a resource", "POST", "resources"),
  fact("pingone §5.3", "resources are listed", "GET", "resources"),
  fact("pingone §5.3", "a resource is read", "GET", R),
  fact("pingone §5.3", "PUT replaces a resource", "PUT", R),
  fact("pingone §5.3", "DELETE of a resource", "DELETE", R),
  fact("pingone §5.3", "POST creates a scope", "POST", `${R}/scopes`),
  fact("pingone §5.3", "scopes are listed", "GET", `${R}/scopes`),
  fact("pingone §5.3", "PUT replaces a scope", "PUT", `${R}/scopes/\\{id\\}`),
  fact("pingone §5.3", "DELETE of a scope", "DELETE", `${R}/scopes/\\{id\\}`),
  fact("pingone §5.3", "POST creates a claim", "POST", `${R}/attributes`),
  fact("pingone §5.3", "claims are listed, those of the resource itself too", "GET", `${R}/attributes`),
  fact("pingone §5.3", "DELETE of a claim", "DELETE", `${R}/attributes/\\{id\\}`),
  fact("pingone §5.5", "POST creates a mapping", "POST", `${A}/attributes`),
  fact("pingone §5.5", "mappings are listed, sub among them", "GET", `${A}/attributes`),
  fact("pingone §5.5", "PUT replaces a mapping", "PUT", `${A}/attributes/\\{id\\}`),
  fact("pingone §5.5", "DELETE of a mapping", "DELETE", `${A}/attributes/\\{id\\}`),
  fact("delegation §1.1", "POST creates an agreement", "POST", "agreements"),
  fact("delegation §1.1", "agreements are listed", "GET", "agreements"),
  fact("delegation §1.1", "PUT replaces an agreement", "PUT", "agreements/\\{id\\}"),
  fact("delegation §1.1", "POST gives an agreement a language", "POST", "agreements/\\{id\\}/languages"),
  fact("delegation §1.1", "PUT enables a language that has a text", "PUT", "agreements/\\{id\\}/languages/\\{id\\}"),
  fact("delegation §1.1", "POST makes a revision", "POST", "agreements/\\{id\\}/languages/\\{id\\}/revisions"),
  fact("delegation §1.1", "POST creates a sign-on policy", "POST", "signOnPolicies"),
  fact("delegation §1.1", "POST makes an action", "POST", "signOnPolicies/\\{id\\}/actions"),
  fact(
    "delegation §1.1",
    "DELETE of an action that is not the last",
    "DELETE",
    "signOnPolicies/\\{id\\}/actions/\\{id\\}",
  ),
  fact("delegation §1.1", "DELETE of a sign-on policy", "DELETE", "signOnPolicies/\\{id\\}"),
  fact("delegation §1.1", "DELETE of an agreement", "DELETE", "agreements/\\{id\\}"),
];
