/** Applications as clients of the token service: who they are, how they prove it, and what they may ask for. */
import { createLocalJWKSet, decodeJwt, type JSONWebKeySet, jwtVerify } from "jose";
import { Gap } from "../../errors.ts";
import { parameter } from "../../form.ts";
import { basicCredentials, isSecret } from "../../secrets.ts";
import type { Tenant } from "../../tenant.ts";
import { collectionOf, type Document, listed } from "../documents.ts";
import { currentSecret } from "../secret-routes.ts";
import { demand } from "./rules.ts";

const ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/** What an application holds for one resource. */
export type Granted = { readonly resource: Document; readonly scopes: readonly string[] };

/**
 * Authenticates the application of a request by the one method that it is set to.
 *
 * @param issuer of the environment; also the audience of client assertions, beside the token endpoint
 */
export async function authenticateClient(
  tenant: Tenant,
  header: string | undefined,
  form: URLSearchParams,
  issuer: string,
): Promise<Document> {
  const assertion = form.get("client_assertion");
  const basic = basicCredentials(header);
  const used = assertion
    ? "JWT"
    : header
      ? "CLIENT_SECRET_BASIC"
      : form.has("client_secret")
        ? "CLIENT_SECRET_POST"
        : "NONE";
  const id = assertion ? subjectOf(assertion) : basic?.id || parameter(form, "client_id") || "";
  const application = tenant.store.get<Document>(collectionOf("applications"), id);
  demand("unknownClient", application);
  const method = String(application.tokenEndpointAuthMethod);
  demand("wrongMethod", used === "JWT" ? method.endsWith("_JWT") : used === method);
  if (used === "JWT") {
    demand("wrongAssertion", form.get("client_assertion_type") === ASSERTION_TYPE);
    await verifyAssertion(tenant, application, String(assertion), issuer);
  } else if (used !== "NONE") {
    const given = used === "CLIENT_SECRET_BASIC" ? basic?.secret : parameter(form, "client_secret");
    demand("wrongSecret", hasSecret(tenant, `applications/${id}`, given));
  }
  demand("disabledClient", application.enabled === true);
  return application;
}

/** Whether a text is the secret of an application or resource; the previous one counts until it expires. */
export function hasSecret(tenant: Tenant, path: string, given = ""): boolean {
  const stored = currentSecret(tenant, path);
  return [stored?.secret, stored?.previous?.secret].some((secret) => isSecret(given, secret));
}

/** @throws {OAuthRefusal} when the application does not have the grant type, in PingOne's word for it */
export function needsGrant(application: Document, grantType: string): void {
  const held = Array.isArray(application.grantTypes) ? application.grantTypes : [];
  demand("grantNotAllowed", held.includes(grantType));
}

/** Everything the application may ask for; `openid` needs no grant (pingone §5.2). */
export function grantsOf({ store }: Tenant, application: Document): Granted[] {
  const resources = listed(store, "resources");
  const scopesOf = (resource: Document) => listed(store, `resources/${resource.id}/scopes`);
  const rows = listed(store, `applications/${application.id}/grants`) as (Document & {
    resource: { id: string };
    scopes: { id: string }[];
  })[];
  return resources.flatMap((resource) => {
    const ids = rows.filter((row) => row.resource.id === resource.id).flatMap((row) => row.scopes.map(({ id }) => id));
    const names = scopesOf(resource)
      .filter(({ id }) => ids.includes(id))
      .map(({ name }) => String(name));
    const implicit = resource.type === "OPENID_CONNECT" ? ["openid"] : [];
    return names.length + implicit.length ? [{ resource, scopes: [...names, ...implicit] }] : [];
  });
}

/**
 * The resources that own the requested scopes.
 *
 * @throws {OAuthRefusal} for a scope that is not granted, and for several resources where the application may not mix them
 */
export function resourcesFor(tenant: Tenant, application: Document, scopes: readonly string[]): Granted[] {
  demand("noScope", scopes.length > 0);
  const grants = grantsOf(tenant, application);
  demand(
    "scopeNotGranted",
    scopes.every((scope) => grants.some((grant) => grant.scopes.includes(scope))),
  );
  const asked = grants
    .map(({ resource, scopes: held }) => ({ resource, scopes: scopes.filter((scope) => held.includes(scope)) }))
    .filter((grant) => grant.scopes.length > 0);
  demand("severalResources", asked.length === 1 || application.requestScopesForMultipleResourcesEnabled === true);
  return asked;
}

async function verifyAssertion(
  tenant: Tenant,
  application: Document,
  assertion: string,
  issuer: string,
): Promise<void> {
  const { id, tokenEndpointAuthMethod, jwks } = application;
  const options = {
    ...{ issuer: id, subject: id, audience: [issuer, `${issuer}/token`], requiredClaims: ["exp"] },
    currentDate: new Date(tenant.clock.now()),
  };
  try {
    if (tokenEndpointAuthMethod === "CLIENT_SECRET_JWT") {
      const { secret = "" } = currentSecret(tenant, `applications/${id}`) ?? {};
      await jwtVerify(assertion, new TextEncoder().encode(secret), { ...options, algorithms: ["HS256"] });
    } else {
      if (typeof jwks !== "string") throw new Gap("keys behind jwksUrl: the sandbox fetches nothing");
      const keys = createLocalJWKSet(JSON.parse(jwks) as JSONWebKeySet);
      await jwtVerify(assertion, keys, { ...options, algorithms: ["RS256", "ES256"] });
    }
  } catch (error) {
    if (error instanceof Gap) throw error;
    demand("wrongAssertion", false);
  }
}

function subjectOf(assertion: string): string {
  try {
    return String(decodeJwt(assertion).sub);
  } catch {
    return "";
  }
}
