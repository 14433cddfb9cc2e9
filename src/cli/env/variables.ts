/**
 * What an agent's code needs, as the environment variables that Ping's tutorial gives them (scenarios §C), and further ones in
 * the same style. The names are the same on every platform, so that the code is. Pure.
 */

import type { ClientOutputs, SecretReference } from "../../components/client-outputs.ts";

/** A variable that may be shown. */
export type Shown = { readonly name: string; readonly value: string };
/** A variable that holds a secret, and where that is. */
export type Hidden = { readonly name: string; readonly reference: SecretReference };
export type Variable = Shown | Hidden;

/** Which of the two paths of a realm endpoints have; elsewhere there is one. */
export const PATHS = ["long", "short"] as const;
export type Path = (typeof PATHS)[number];

/** The variables of a client, those of the tutorial first. What a client does not need is not there. */
export function variablesOf(client: ClientOutputs, path: Path = "long"): Variable[] {
  const { clientId, authMethod, scopes, audiences, ciba, secret, privateKey, tools } = client;
  const { issuer, endpoints } = (path === "short" && client.short) || client;
  const { bindingMessage, request, acrValues = [] } = ciba ?? {};
  return [
    shown("TOKEN_ENDPOINT", endpoints.token),
    shown("CLIENT_ID", clientId),
    hidden("CLIENT_SECRET", secret),
    shown("CIBA_AUDIENCE", request && issuer),
    shown("CIBA_ACR_VALUES", acrValues[0]),
    shown("CIBA_ISSUER", request?.issuer),
    hidden(ciba ? "CIBA_JWK" : "CLIENT_JWK", privateKey),
    shown("CIBA_ENDPOINT", ciba && endpoints.backchannelAuthentication),
    shown("CIBA_KID", request?.kid),
    shown("CIBA_BINDING_MESSAGE", bindingMessage && json(bindingMessage)),
    shown("ISSUER", issuer),
    shown("AUTH_METHOD", authMethod),
    shown("SCOPES", scopes.join(" ")),
    shown("AUDIENCES", json(audiences)),
    shown("TOOLS", json(tools)),
    shown("AUTHORIZATION_ENDPOINT", endpoints.authorization),
    shown("PAR_ENDPOINT", endpoints.pushedAuthorizationRequest),
    shown("INTROSPECTION_ENDPOINT", endpoints.introspection),
    shown("REVOCATION_ENDPOINT", endpoints.revocation),
    shown("USERINFO_ENDPOINT", endpoints.userInfo),
    shown("JWKS_ENDPOINT", endpoints.jwks),
    shown("DISCOVERY_ENDPOINT", endpoints.discovery),
  ].flat();
}

const shown = (name: string, value: string | null | undefined): Shown[] =>
  value ? [{ name: `PINGONE_${name}`, value }] : [];

/** JSON that stands between single quotes as it is: where JSON is text, an apostrophe may be escaped. */
const json = (value: unknown): string => JSON.stringify(value).replaceAll("'", "\\u0027");

const hidden = (name: string, reference: SecretReference | null): Hidden[] =>
  reference ? [{ name: `PINGONE_${name}`, reference }] : [];

/** Where a secret is, in words. */
export function describeReference(reference: SecretReference, key: string): string {
  if ("output" in reference) return `in the stack's outputs, ${reference.output}.${key}`;
  return "esv" in reference ? `in the ESV secret ${reference.esv}` : `kept by ${reference.keptBy}`;
}
