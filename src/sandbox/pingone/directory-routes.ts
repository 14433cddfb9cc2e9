/** People, groups, populations, policies and roles, which the kit only reads, and role assignments (pingone §5.4, §5.7). */
import { z } from "zod";
import type { Answer, Call, Route } from "../http.ts";
import { same } from "../json.ts";
import type { Tenant } from "../tenant.ts";
import { READ_ONLY } from "./application-properties.ts";
import { absent, type Evidence, invalid } from "./dialect.ts";
import { collectionOf, type Document, found, insert, listed } from "./documents.ts";
import { created, list, one } from "./hal.ts";
import { parsed } from "./resource-routes.ts";

/** What is only read, and by which attributes a filter may choose. */
const READABLE: Readonly<Record<string, Readonly<Record<string, Evidence>>>> = {
  users: { username: "D", id: "D" },
  groups: { name: "D" },
  populations: { name: "D" },
  signOnPolicies: {},
  flowPolicies: {},
};

const assignmentBody = z.strictObject({
  role: z.strictObject({ id: z.string() }),
  scope: z.strictObject({
    id: z.string(),
    type: z.enum(["ORGANIZATION", "ENVIRONMENT", "POPULATION", "APPLICATION"]),
  }),
});

export function directoryRoutes(route: Route, tenant: Tenant, environmentId: string, base: string): void {
  const { store } = tenant;
  for (const [name, filters] of Object.entries(READABLE)) {
    route("GET", `${base}/${name}`, (call) => list(call, listed(store, name), filters));
    route("GET", `${base}/${name}/:id`, (call) => one(call, found(store, name, call.params.id, name.slice(0, -1))));
  }
  route("GET", "/v1/roles", (call) => list(call, listed(store, "roles")));
  for (const holder of ["users", "groups"]) assignments(holder);

  // Only workers hold roles of their own; for other types the path does not exist (pingone §5.7).
  route("GET", `${base}/applications/:application/roleAssignments`, (call) => {
    const application = found(store, "applications", call.params.application, "application");
    if (application.type !== "WORKER") throw absent("resource");
    return list(call, []);
  });

  function assignments(holder: string): void {
    const all = `${base}/${holder}/:holder/roleAssignments`;
    const place = ({ params }: Call) => {
      const { id } = found(store, holder, params.holder, holder.slice(0, -1));
      return `${holder}/${id}/roleAssignments`;
    };
    const assignment = (call: Call) => found(store, place(call), call.params.assignment, "role assignment");

    route("GET", all, (call) => list(call, listed(store, place(call))));
    route("GET", `${all}/:assignment`, (call) => one(call, assignment(call)));
    route("POST", all, (call): Answer => {
      const { role, scope } = parsed(assignmentBody, call, READ_ONLY);
      if (!store.get(collectionOf("roles"), role.id)) throw invalid("role.id", "is no role", "I");
      if (scope.type === "APPLICATION") found(store, "applications", scope.id, "application");
      const isSame = (row: Document) => same([row.role, row.scope], [role, scope]);
      if (listed(store, place(call)).some(isSame)) throw invalid("role", "is assigned", "I", "UNIQUENESS_VIOLATION");
      const who = { [holder.slice(0, -1)]: { id: call.params.holder } };
      return created(call, insert(tenant, place(call), environmentId, { ...who, role, scope, readOnly: false }));
    });
    route("DELETE", `${all}/:assignment`, (call): Answer => {
      const live = assignment(call);
      if (live.readOnly === true) throw invalid("readOnly", "this actor may not delete the assignment", "S");
      store.delete(collectionOf(place(call)), live.id);
      return { status: 204 };
    });
  }
}
