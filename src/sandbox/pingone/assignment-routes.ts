/** Which policies sign users on to an application: PingOne's or DaVinci's, never both (pingone §5.4). */
import { z } from "zod";
import type { Answer, Call, Route } from "../http.ts";
import type { JsonObject } from "../json.ts";
import type { Tenant } from "../tenant.ts";
import { READ_ONLY } from "./application-properties.ts";
import { invalid } from "./dialect.ts";
import { collectionOf, type Document, found, insert, listed, replace } from "./documents.ts";
import { created, list, one } from "./hal.ts";
import { parsed } from "./resource-routes.ts";

const reference = z.strictObject({ id: z.string() });
const priority = z.int().min(1);

const KINDS = [
  {
    path: "signOnPolicyAssignments",
    other: "flowPolicyAssignments",
    policies: "signOnPolicies",
    key: "signOnPolicy",
    body: z.strictObject({ signOnPolicy: reference, priority }),
  },
  {
    path: "flowPolicyAssignments",
    other: "signOnPolicyAssignments",
    policies: "flowPolicies",
    key: "flowPolicy",
    body: z.strictObject({ flowPolicy: reference, priority }),
  },
] as const;

export function assignmentRoutes(route: Route, tenant: Tenant, environmentId: string, base: string): void {
  for (const kind of KINDS) declare(route, tenant, environmentId, base, kind);
}

function declare(
  route: Route,
  tenant: Tenant,
  environmentId: string,
  base: string,
  { path, other, policies, key, body }: (typeof KINDS)[number],
): void {
  const { store } = tenant;
  const all = `${base}/applications/:application/${path}`;
  const application = ({ params }: Call) => found(store, "applications", params.application, "application");
  const place = (call: Call, kind: string = path) => `applications/${application(call).id}/${kind}`;
  const assignment = (call: Call) => found(store, place(call), call.params.assignment, "assignment");
  const checked = (call: Call, live?: Document) => {
    const value: JsonObject = parsed<JsonObject>(body, call, [...READ_ONLY, "application"]);
    const policy = (value[key] as { id: string }).id;
    if (!store.get(collectionOf(policies), policy)) throw invalid(key, "is no policy", "I");
    const same = (row: Document) => (row[key] as { id: string }).id === policy && row.id !== live?.id;
    if (listed(store, place(call)).some(same)) throw invalid(key, "is assigned", "I", "UNIQUENESS_VIOLATION");
    if (listed(store, place(call, other)).length) {
      throw invalid(key, `does not go with ${other}`, "D", "CONSTRAINT_VIOLATION");
    }
    return value;
  };

  route("GET", all, (call) => list(call, listed(store, place(call))));
  route("GET", `${all}/:assignment`, (call) => one(call, assignment(call)));
  route("POST", all, (call): Answer => {
    const { id } = application(call);
    return created(call, insert(tenant, place(call), environmentId, { application: { id }, ...checked(call) }));
  });
  route("PUT", `${all}/:assignment`, (call): Answer => {
    const live = assignment(call);
    const value = checked(call, live);
    return one(call, replace(tenant, place(call), live, { application: live.application, ...value }));
  });
  route("DELETE", `${all}/:assignment`, (call): Answer => {
    store.delete(collectionOf(place(call)), assignment(call).id);
    return { status: 204 };
  });
}
