/** People, groups, populations, flow policies and roles, which the kit only reads, and role assignments (pingone §5.4, §5.7). */
import { z } from "zod";
import { same } from "../json.ts";
import { parsed, reference } from "./body.ts";
import { collectionRoutes, type Management } from "./collection.ts";
import { absent, type Evidence, invalid } from "./dialect.ts";
import { collectionOf, eachListed, found } from "./documents.ts";
import { list } from "./hal.ts";

/** What is only read, and by which attributes a filter may choose. */
const READABLE: Readonly<Record<string, Readonly<Record<string, Evidence>>>> = {
  users: { username: "D", id: "D" },
  groups: { name: "D" },
  populations: { name: "D" },
  flowPolicies: {},
};

const assignmentBody = z.strictObject({
  role: reference,
  scope: z.strictObject({
    id: z.string(),
    type: z.enum(["ORGANIZATION", "ENVIRONMENT", "POPULATION", "APPLICATION"]),
  }),
});

export function directoryRoutes(management: Management): void {
  const { route, base, tenant } = management;
  const { store } = tenant;
  for (const [name, filters] of Object.entries(READABLE)) collectionRoutes(management, { name, filters });
  route("GET", "/v1/roles", (call) => list(call, eachListed(store, "roles")));
  for (const holder of ["users", "groups"]) roleAssignments(holder);

  // Only workers hold roles of their own; for other types the path does not exist (pingone §5.7).
  route("GET", `${base}/applications/:application/roleAssignments`, (call) => {
    const application = found(store, "applications", call.params.application, "application");
    if (application.type !== "WORKER") throw absent("resource");
    return list(call, []);
  });

  function roleAssignments(holder: string): void {
    collectionRoutes(management, {
      name: "roleAssignments",
      of: holder,
      item: "role assignment",
      showsOwner: true,
      create({ call, others }) {
        const { role, scope } = parsed(assignmentBody, call);
        if (!store.get(collectionOf("roles"), role.id)) throw invalid("role.id", "is no role", "I");
        if (scope.type === "APPLICATION") found(store, "applications", scope.id, "application");
        if (others().some((row) => same([row.role, row.scope], [role, scope]))) {
          throw invalid("role", "is assigned", "I", "UNIQUENESS_VIOLATION");
        }
        return { role, scope, readOnly: false };
      },
      checkDelete({ readOnly }) {
        if (readOnly === true) throw invalid("readOnly", "this actor may not delete the assignment", "S");
      },
    });
  }
}
