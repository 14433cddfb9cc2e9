/** Applications as clients of the token service: who they are, how they prove it, and what they may ask for. */
import { createLocalJWKSet, decodeJwt, type JSONWebKeySet, jwtVerify } from "jose";
import { Gap } from "../../errors.ts";
import { parameter } from "../../form.ts";
import { basicCredentials, isSecret } from "../../secrets.ts";
import type { Store } from "../../store.ts";
import type { Tenant } from "../../tenant.ts";
import { collectionOf, type Document, listed } from "../documents.ts";
import { currentSecret } from "../secret-routes.ts";
import type { EnvironmentContext } from "./context.ts";

const ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/** What an application holds for one resource. */
export type Granted = { readonly resource: Document; readonly scopes: readonly string[] };

export const isCustom = ({ resource }: Granted) => resource.type === "CUSTOM";

/**
 * Authenticates the application of a request by the one method that it is set to.
 *
 * @param header `Authorization` of the request
 * @throws {Refusal} for an application that is unknown, disabled, or not proven
 */
export async function authenticateClient(
  context: EnvironmentContext,
  header: string | undefined,
  form: URLSearchParams,
): Promise<Document> {
  const { tenant, rules } = context;
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
  if (!application) throw rules.refusal("unknownClient");
  const method = String(application.tokenEndpointAuthMethod);
  rules.require("wrongMethod", used === "JWT" ? method.endsWith("_JWT") : used === method);
  if (used === "JWT") {
    rules.require("wrongAssertion", form.get("client_assertion_type") === ASSERTION_TYPE);
    await verifyAssertion(context, application, String(assertion));
  } else if (used !== "NONE") {
    const given = used === "CLIENT_SECRET_BASIC" ? basic?.secret : parameter(form, "client_secret");
    rules.require("wrongSecret", hasSecret(tenant, `applications/${id}`, given));
  }
  rules.require("disabledClient", application.enabled === true);
  return application;
}

/** Whether a text is the secret of an application or resource; the previous one counts until it expires. */
export function hasSecret(tenant: Tenant, path: string, given = ""): boolean {
  const stored = currentSecret(tenant, path);
  return [stored?.secret, stored?.previous?.secret].some((secret) => isSecret(given, secret));
}

/** @throws {Refusal} when the application does not have the grant type, in PingOne's word for it */
export function needsGrant({ rules }: EnvironmentContext, application: Document, grantType: string): void {
  const held = Array.isArray(application.grantTypes) ? application.grantTypes : [];
  rules.require("grantNotAllowed", held.includes(grantType));
}

/** Everything the application may ask for; `openid` needs no grant (pingone §5.2). */
export function grantsOf({ store }: Tenant, application: Document): Granted[] {
  const rows = listed(store, `applications/${application.id}/grants`) as (Document & {
    resource: { id: string };
    scopes: { id: string }[];
  })[];
  const granted = new Set(rows.flatMap(({ resource, scopes }) => scopes.map(({ id }) => `${resource.id} ${id}`)));
  return scopesWhere(store, (resource, scope) => granted.has(`${resource.id} ${scope.id}`));
}

/** The chosen scopes of each resource, and `openid`. */
function scopesWhere(store: Store, isChosen: (resource: Document, scope: Document) => boolean): Granted[] {
  return listed(store, "resources").flatMap((resource) => {
    const chosen = listed(store, `resources/${resource.id}/scopes`).filter((scope) => isChosen(resource, scope));
    const implicit = resource.type === "OPENID_CONNECT" ? ["openid"] : [];
    const scopes = [...chosen.map(({ name }) => String(name)), ...implicit];
    return scopes.length ? [{ resource, scopes }] : [];
  });
}

/**
 * The resources that own the requested scopes: where several have one of that name, the application's grants decide
 * (delegation §1).
 *
 * @throws {Refusal} for a scope that is not granted, and for several resources where the application may not mix them
 */
export function resourcesFor(
  { tenant, rules }: EnvironmentContext,
  application: Document,
  scopes: readonly string[],
): Granted[] {
  rules.require("noScope", scopes.length > 0);
  const grants = grantsOf(tenant, application);
  const isGranted = scopes.every((scope) => grants.some((grant) => grant.scopes.includes(scope)));
  rules.require("scopeNotGranted", isGranted);
  // With that rule switched off, whatever resource has a scope gives it.
  const usable = isGranted ? grants : scopesWhere(tenant.store, () => true);
  const asked = usable
    .map(({ resource, scopes: held }) => ({ resource, scopes: scopes.filter((scope) => held.includes(scope)) }))
    .filter((grant) => grant.scopes.length > 0);
  checkTogether({ tenant, rules }, application, asked);
  return asked;
}

/**
 * Which resources go together in one token. Scopes of OpenID Connect are no second resource (delegation §2.3); those of
 * PingOne's own API never go with custom ones (pingone §5.2), and custom ones have to agree with each other where the
 * application may mix them at all (pingone §5.11).
 */
function checkTogether(
  { tenant: { store }, rules }: Pick<EnvironmentContext, "tenant" | "rules">,
  application: Document,
  asked: readonly Granted[],
): void {
  const targets = asked.filter(({ resource }) => resource.type !== "OPENID_CONNECT");
  const mayMix = application.requestScopesForMultipleResourcesEnabled === true && targets.every(isCustom);
  rules.require("severalResources", targets.length <= 1 || mayMix);
  const rows = targets.flatMap(({ resource }) => listed(store, `resources/${resource.id}/attributes`));
  const isAgreed = rows.every(({ name, value, required }) =>
    rows.every((other) => other.name !== name || (other.value === value && other.required === required)),
  );
  const lifetimes = new Set(targets.map(({ resource }) => resource.accessTokenValiditySeconds));
  rules.require("unequalResources", isAgreed && lifetimes.size <= 1);
}

/** Its audience is the issuer or the token endpoint. */
async function verifyAssertion(
  { tenant, rules, issuer }: EnvironmentContext,
  application: Document,
  assertion: string,
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
    rules.require("wrongAssertion", false);
  }
}

function subjectOf(assertion: string): string {
  try {
    return String(decodeJwt(assertion).sub);
  } catch {
    return "";
  }
}
