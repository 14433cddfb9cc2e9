/** What an authorization request may ask for. */
import { Gap } from "../../errors.ts";
import { parameter, splitScopes } from "../../form.ts";
import type { Document } from "../documents.ts";
import { needsGrant, resourcesFor } from "../oauth/clients.ts";
import type { EnvironmentContext } from "../oauth/context.ts";
import type { AuthorizationRequest } from "./flows.ts";

/** Parameters that change what an authorization request means, and that are not emulated. */
const UNSERVED = ["request", "response_mode", "prompt", "max_age", "login_hint", "acr_values", "claims"];

/** Where the application is told. @throws {Refusal} for an address that is not one of the application's, or none */
export function redirectUriOf({ rules }: EnvironmentContext, client: Document, form: URLSearchParams): string {
  const redirectUri = parameter(form, "redirect_uri");
  if (client.allowWildcardInRedirectUris === true) throw new Gap("patterns of redirect URIs");
  if (redirectUri === undefined) throw rules.refusal("missingParameter");
  rules.require("redirectUnknown", (client.redirectUris as string[] | undefined)?.includes(redirectUri) === true);
  return redirectUri;
}

/** Checks a request whose redirect URI is known. @throws {Refusal} which the application is told */
export function requestOf(
  context: EnvironmentContext,
  client: Document,
  form: URLSearchParams,
  redirectUri: string,
): AuthorizationRequest {
  const { rules } = context;
  const unserved = UNSERVED.find((name) => form.has(name));
  if (unserved !== undefined) throw new Gap(`an authorization request with ${unserved}`);
  if (client.requireSignedRequestObject === true) throw new Gap("signed authorization requests");
  const types = Array.isArray(client.responseTypes) ? client.responseTypes : [];
  const isCode = form.get("response_type") === "code" && types.includes("CODE");
  rules.require("unsupportedResponse", isCode);
  needsGrant(context, client, "AUTHORIZATION_CODE");
  const scopes = splitScopes(parameter(form, "scope"));
  resourcesFor(context, client, scopes);
  const challenge = parameter(form, "code_challenge");
  const challengeMethod = parameter(form, "code_challenge_method") ?? "plain";
  rules.require("pkceRequired", challenge !== undefined || client.pkceEnforcement === "OPTIONAL");
  const isStrong = challenge === undefined || challengeMethod === "S256";
  rules.require("pkceMethod", isStrong || (challengeMethod === "plain" && client.pkceEnforcement !== "S256_REQUIRED"));
  return {
    ...{ client: client.id, redirectUri, scopes, state: parameter(form, "state"), nonce: parameter(form, "nonce") },
    ...{ challenge, challengeMethod },
  };
}
