/** Attribute mappings: which claims an application gets about a user (pingone §5.5). */
import { z } from "zod";
import type { Answer, Call, Route } from "../http.ts";
import type { Tenant } from "../tenant.ts";
import { READ_ONLY } from "./application-properties.ts";
import { invalid, taken } from "./dialect.ts";
import { collectionOf, type Document, found, insert, listed, replace } from "./documents.ts";
import { created, list, one } from "./hal.ts";
import { parsed } from "./resource-routes.ts";

const RESERVED = "acr amr at_hash aud auth_time azp client_id exp iat iss jti nbf nonce org scope sid sub".split(" ");

const mappingBody = z.strictObject({
  name: z.string().min(1),
  value: z.string(),
  required: z.boolean(),
  idToken: z.boolean().optional(),
  userInfo: z.boolean().optional(),
  oidcScopes: z.array(z.string()).min(1).optional(),
});
type MappingBody = z.infer<typeof mappingBody>;

export function mappingRoutes(route: Route, tenant: Tenant, environmentId: string, base: string): void {
  const { store } = tenant;
  const all = `${base}/applications/:application/attributes`;
  const application = ({ params }: Call) => found(store, "applications", params.application, "application");
  const place = (call: Call) => `applications/${application(call).id}/attributes`;
  const mapping = (call: Call) => found(store, place(call), call.params.attribute, "attribute");

  route("GET", all, (call) => list(call, listed(store, place(call))));
  route("GET", `${all}/:attribute`, (call) => one(call, mapping(call)));
  route("POST", all, (call): Answer => {
    const body = checked(call);
    if (listed(store, place(call)).some(({ name }) => name === body.name)) throw taken("name");
    if (RESERVED.includes(body.name)) throw invalid("name", `${body.name} is reserved`, "D");
    return created(call, insert(tenant, place(call), environmentId, { ...body, mappingType: "CUSTOM" }));
  });
  route("PUT", `${all}/:attribute`, (call): Answer => {
    const live = mapping(call);
    const body = checked(call, live);
    if (body.name !== live.name) throw invalid("name", "cannot be changed", "D");
    return one(call, replace(tenant, place(call), live, { ...body, mappingType: live.mappingType }));
  });
  route("DELETE", `${all}/:attribute`, (call): Answer => {
    const live = mapping(call);
    if (live.mappingType === "CORE") throw invalid("mappingType", "core mappings cannot be deleted", "D");
    store.delete(collectionOf(place(call)), live.id);
    return { status: 204 };
  });

  function checked(call: Call, live?: Document): MappingBody {
    const body = parsed(mappingBody, call, [...READ_ONLY, "mappingType"]);
    if (body.idToken === false && body.userInfo === false) {
      throw invalid("userInfo", "a mapping goes to the ID token, to UserInfo, or both", "D");
    }
    const granted = listed(store, `applications/${application(call).id}/grants`).flatMap(({ scopes }) =>
      (scopes as { id: string }[]).map(({ id }) => id),
    );
    if (body.oidcScopes?.some((scope) => !granted.includes(scope))) {
      throw invalid("oidcScopes", "names a scope that is not granted", "S");
    }
    return live?.mappingType === "CORE" ? body : { idToken: true, userInfo: true, ...body };
  }
}
