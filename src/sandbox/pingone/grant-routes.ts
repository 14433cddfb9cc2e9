/** Grants: which scopes of which resource an application may ask for (pingone §5.2). */
import { z } from "zod";
import type { Answer, Call, Route } from "../http.ts";
import type { Tenant } from "../tenant.ts";
import { READ_ONLY } from "./application-properties.ts";
import { invalid } from "./dialect.ts";
import { collectionOf, type Document, found, insert, listed, replace } from "./documents.ts";
import { created, list, one } from "./hal.ts";
import { parsed } from "./resource-routes.ts";

const reference = z.strictObject({ id: z.string() });
const grantBody = z.strictObject({ resource: reference, scopes: z.array(reference).min(1) });
type GrantBody = z.infer<typeof grantBody>;

export function grantRoutes(route: Route, tenant: Tenant, environmentId: string, base: string): void {
  const { store } = tenant;
  const all = `${base}/applications/:application/grants`;
  const application = ({ params }: Call) => found(store, "applications", params.application, "application");
  const place = (call: Call) => `applications/${application(call).id}/grants`;
  const grant = (call: Call) => found(store, place(call), call.params.grant, "grant");

  route("GET", all, (call) => list(call, listed(store, place(call))));
  route("GET", `${all}/:grant`, (call) => one(call, grant(call)));
  route("POST", all, (call): Answer => {
    const body = checked(call);
    const { id } = application(call);
    return created(call, insert(tenant, place(call), environmentId, { application: { id }, ...body }));
  });
  route("PUT", `${all}/:grant`, (call): Answer => {
    const live = grant(call);
    const body = checked(call, live);
    return one(call, replace(tenant, place(call), live, { application: live.application, ...body }));
  });
  route("DELETE", `${all}/:grant`, (call): Answer => {
    store.delete(collectionOf(place(call)), grant(call).id);
    return { status: 204 };
  });

  function checked(call: Call, live?: Document): GrantBody {
    const body = parsed(grantBody, call, [...READ_ONLY, "application"]);
    const resource = found(store, "resources", body.resource.id, "resource");
    const others = listed(store, place(call)).filter(({ id }) => id !== live?.id) as (Document & GrantBody)[];
    if (application(call).type === "WORKER" && resource.type === "CUSTOM") {
      throw invalid("resource", "a worker takes no grants on custom resources", "T");
    }
    if (others.some((other) => other.resource.id === resource.id)) {
      throw invalid("resource", "there is a grant on this resource", "I", "UNIQUENESS_VIOLATION");
    }
    if (live && (live as Document & GrantBody).resource.id !== resource.id) {
      throw invalid("resource", "cannot be changed", "I");
    }
    const names = body.scopes.map(({ id }) => scopeName(resource, id));
    if (resource.type === "OPENID_CONNECT" && names.includes("openid")) {
      throw invalid("scopes", "openid is granted implicitly and cannot be listed", "S");
    }
    const foreign = others.flatMap((other) => {
      const owner = found(store, "resources", other.resource.id, "resource");
      return other.scopes.flatMap(({ id }) => store.get(collectionOf(`resources/${owner.id}/scopes`), id)?.name ?? []);
    });
    const twice = names.filter((name) => foreign.includes(name));
    if (twice.length) throw invalid("scopes", `${twice} is granted for another resource`, "T", "CONSTRAINT_VIOLATION");
    return body;
  }

  function scopeName(resource: Document, id: string): string {
    const scope = store.get(collectionOf(`resources/${resource.id}/scopes`), id);
    if (!scope) throw invalid("scopes", "is no scope of the resource", "I");
    return String(scope.name);
  }
}
