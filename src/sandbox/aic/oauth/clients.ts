/** OAuth 2.0 clients and AI agents as the token endpoints see them, read from the admin documents on every request. */

import { type JsonObject, sectionOf } from "../../json.ts";
import type { Tenant } from "../../tenant.ts";
import { hasAiAgents } from "../ai-agents.ts";
import { findClient } from "../am/agents.ts";
import { type AgentType, IDENTITY, IDENTITY_UID } from "../am/client-attributes.ts";
import { mappingsCollection } from "../am/secret-mapping-routes.ts";
import { SECRETS, type VersionRecord, versionsCollection } from "../environment/esv-secret-routes.ts";
import type { Realm } from "../realms.ts";
import { positive, scopeNames, strings, text } from "./attributes.ts";
import type { Provider } from "./realm.ts";
import { scriptsOfBlock, type TokenScripts } from "./token-scripts.ts";

export type Client = {
  readonly id: string;
  /** What a user is told; the id where it has no name. */
  readonly displayName: string;
  readonly type: AgentType;
  readonly active: boolean;
  readonly grantTypes: readonly string[];
  readonly scopes: readonly string[];
  readonly defaultScopes: readonly string[];
  /** `client_secret_basic`, `client_secret_post` … */
  readonly authenticationMethod: string;
  /** Undefined when the client has none, or none that resolves. */
  readonly secret: string | undefined;
  /** Seconds; undefined leaves it to the provider. */
  readonly accessTokenLifetime: number | undefined;
  readonly refreshTokenLifetime: number | undefined;
  readonly idTokenLifetime: number | undefined;
  readonly idTokenAlgorithm: string;
  readonly publicKeyLocation: string;
  /** JSON text of a JWK set. */
  readonly jwkSet: string | undefined;
  /** Audiences that it may ask for in an exchange as an ordinary client (delegation §2.2). */
  readonly audiences: readonly string[];
  readonly overrides: Overrides;
  /** UUID of an AI agent's identity in IDM. */
  readonly identity: string | undefined;
};

/** The override block; dormant unless enabled, then live as a whole (oauth-flows §2). */
export type Overrides = {
  readonly enabled: boolean;
  readonly statelessTokensEnabled: boolean;
  readonly acceptAudience: boolean;
  readonly issueRefreshToken: boolean;
  readonly issueRefreshTokenOnRefreshedToken: boolean;
  readonly useTokenIntrospectionClaimForJwt: boolean;
  readonly scripts: TokenScripts;
};

/** @returns undefined for a client that is not there; AI agents are not while their feature is off (aic §2.9) */
export function clientOf(tenant: Tenant, realm: Realm, id: string): Client | undefined {
  const found = findClient(tenant.store, realm, id);
  if (!found || (found.type === "AIAgent" && !hasAiAgents(tenant))) return undefined;
  const core = sectionOf(found.body, "coreOAuth2ClientConfig");
  const advanced = sectionOf(found.body, "advancedOAuth2ClientConfig");
  const signing = sectionOf(found.body, "signEncOAuth2ClientConfig");
  const label = text(core.secretLabelIdentifier);
  return {
    id,
    displayName: nameOf(found.body) ?? id,
    type: found.type,
    active: core.status === "Active",
    grantTypes: strings(advanced.grantTypes),
    scopes: scopeNames(core.scopes),
    defaultScopes: scopeNames(core.defaultScopes),
    authenticationMethod: text(advanced.tokenEndpointAuthMethod) ?? "client_secret_basic",
    secret: (label && labelledSecret(tenant, realm, label)) ?? found.secret ?? undefined,
    accessTokenLifetime: positive(core.accessTokenLifetime),
    refreshTokenLifetime: positive(core.refreshTokenLifetime),
    idTokenLifetime: positive(sectionOf(found.body, "coreOpenIDClientConfig").jwtTokenLifetime),
    idTokenAlgorithm: text(signing.idTokenSignedResponseAlg) ?? "RS256",
    publicKeyLocation: text(signing.publicKeyLocation) ?? "jwks_uri",
    jwkSet: text(signing.jwkSet),
    audiences: strings(advanced.allowedResourceServerAudienceValues),
    overrides: readOverrides(sectionOf(found.body, "overrideOAuth2ClientConfig")),
    identity: found.type === "AIAgent" ? text(found.body[IDENTITY_UID]) : undefined,
  };
}

/** The name of an agent's identity, or the first of a client, each `name` or `language|name`. */
function nameOf(body: JsonObject): string | undefined {
  const [first] = strings(sectionOf(body, "coreOAuth2ClientConfig").clientName);
  return text(sectionOf(body, IDENTITY).name) ?? text(first?.split("|").at(-1));
}

/** The settings of which client and provider both have a say: the whole block of the client when it is enabled. */
export function effective<Setting extends Exclude<keyof Provider & keyof Overrides, "scripts">>(
  { overrides }: Client,
  provider: Provider,
  setting: Setting,
): boolean {
  return overrides.enabled ? overrides[setting] : provider[setting] === true;
}

function readOverrides(block: JsonObject): Overrides {
  return {
    enabled: block.providerOverridesEnabled === true,
    statelessTokensEnabled: block.statelessTokensEnabled === true,
    acceptAudience: block.acceptAudienceParametersInTokenExchangeRequests === true,
    issueRefreshToken: block.issueRefreshToken === true,
    issueRefreshTokenOnRefreshedToken: block.issueRefreshTokenOnRefreshedToken === true,
    useTokenIntrospectionClaimForJwt: block.useTokenIntrospectionClaimForJWT === true,
    scripts: scriptsOfBlock(block),
  };
}

/**
 * The secret behind a label: the mapping names an ESV secret, whose newest enabled version is the client's secret, without
 * a restart (aic §2.6, §8.3, §9).
 */
function labelledSecret({ store }: Tenant, realm: Realm, identifier: string): string | undefined {
  const mapping = store.get(mappingsCollection(realm), `am.applications.oauth2.client.${identifier}.secret`);
  const [alias] = strings(mapping?.aliases);
  if (alias === undefined || !store.get(SECRETS, alias)) return undefined;
  const [newest] = store
    .list<VersionRecord>(versionsCollection(alias))
    .filter(({ document }) => document.body.status === "ENABLED")
    .sort((one, other) => Number(other.id) - Number(one.id));
  const encoded = newest?.document.secret;
  return encoded === undefined ? undefined : Buffer.from(encoded, "base64").toString();
}
