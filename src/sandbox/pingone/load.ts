/** Loads PingOne objects as the control plane gets them: the path of a GET by id, and what that GET answers. */
import { without } from "../json.ts";
import type { Tenant } from "../tenant.ts";
import { collectionOf, ONLY } from "./documents.ts";

/** Paths below the environment of collections whose objects can be loaded. */
const COLLECTIONS = [
  ...["applications", "resources", "users", "groups", "populations", "signOnPolicies", "flowPolicies", "images"],
  ...["grants", "attributes", "signOnPolicyAssignments", "flowPolicyAssignments"].map((of) => `applications/:of/${of}`),
  ...["scopes", "attributes"].map((of) => `resources/:of/${of}`),
  ...["users", "groups"].map((holder) => `${holder}/:of/roleAssignments`),
];

/** Objects of which their owner has one, at a path that ends with their name. */
const SINGLE = [
  "applications/:of/metadata",
  "applications/:of/secret",
  "resources/:of/metadata",
  "resources/:of/secret",
];

/** Declares what can be loaded. The environment of a recording need not be the sandbox's own. */
export function declareLoads({ store, loaders }: Tenant): void {
  const base = "/v1/environments/:environment";
  for (const path of COLLECTIONS) {
    loaders.declare(`${base}/${path}/:id`, ({ of = "", id = "" }, body) =>
      store.put(collectionOf(path.replace(":of", of)), id, { id, ...without(body, "_links") }),
    );
  }
  for (const path of SINGLE) {
    loaders.declare(`${base}/${path}`, ({ of = "" }, body) =>
      store.put(collectionOf(path.replace(":of", of)), ONLY, without(body, "_links", "environment")),
    );
  }
}
