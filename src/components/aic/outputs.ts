/** What the code of an agent or application needs of an AIC tenant. Pure. */

import { CIBA } from "../../fields/grant-types.ts";
import { type ClientOutputs, type Endpoints, scopeText, type ToolOutput, usesSecret } from "../client-outputs.ts";
import { mapValues } from "../settings.ts";
import type { AicAgent, AicApplication, AicDeclaration } from "./declaration.ts";
import { agentSettings, clientSettings } from "./patterns.ts";

/** Where a client lives, and what only the run knows of it. */
type Surroundings = Pick<AicDeclaration, "realm" | "provider"> & {
  /** Origin of the tenant. */
  readonly origin: string;
  readonly clientId: string;
  /** Name of the key that signs its CIBA requests, where one is published. */
  readonly kid?: string | undefined;
};

/** A letter, number or punctuation mark first; no line break, nothing that controls (oauth-flows §6.1). */
const BINDING_MESSAGE = { maxLength: 100, pattern: "^[\\p{L}\\p{N}\\p{P}][^\\p{Cc}\\p{Zl}\\p{Zp}]*$" };

/** What a client needs to get its tokens. */
export function aicClientOutputs(client: AicAgent | AicApplication, surroundings: Surroundings): ClientOutputs {
  const { clientId, realm, origin } = surroundings;
  const settings = "pattern" in client ? agentSettings(client) : clientSettings(client);
  const { authMethod = "client_secret_basic", grantTypes = [], scopes = [] } = settings;
  const long = serviceOf(origin, `realms/root/realms/${realm}`);
  return {
    ...{ platform: "aic", clientId, authMethod, grantTypes: [...grantTypes] },
    ...{ ...long, short: serviceOf(origin, realm) },
    // A scope may carry a text that is shown: `name|text` (aic §5.2).
    scopes: scopes.map((scope) => scope.replace(/\|.*/s, "")),
    audiences: [
      ...accessOf(client).map(({ application, scopes: own }) => ({
        ...{ name: application, audience: application, scopes: own === "all" ? own : [...own] },
      })),
      ...delegatesOf(client).map(({ audience, scopes: own }) => ({ name: audience, audience, scopes: [...own] })),
    ],
    ciba: grantTypes.includes(CIBA) ? cibaOf(client, long.issuer, surroundings) : null,
    secret: secretOf(client, authMethod),
    privateKey: privateKeyOf(client, authMethod),
    tools: mapValues(client.tools ?? {}, (_name, tool) => toolOf(tool)),
  };
}

const delegatesOf = (client: AicAgent | AicApplication) => ("pattern" in client ? [] : (client.delegates ?? []));
const accessOf = (client: AicAgent | AicApplication) => ("pattern" in client ? (client.access ?? []) : []);

/**
 * The service of a realm by one of its two paths. Tokens name the issuer with its port, whatever the request said, and by the
 * path that they were asked for (oauth-flows §1).
 */
function serviceOf(origin: string, path: string): { readonly issuer: string; readonly endpoints: Endpoints } {
  const { protocol, hostname, port } = new URL(origin);
  const withPort = `${protocol}//${hostname}:${port || (protocol === "https:" ? 443 : 80)}`;
  const at = (endpoint: string) => `${origin}/am/oauth2/${path}/${endpoint}`;
  return {
    issuer: `${withPort}/am/oauth2/${path}`,
    endpoints: {
      token: at("access_token"),
      authorization: at("authorize"),
      introspection: at("introspect"),
      revocation: at("token/revoke"),
      userInfo: at("userinfo"),
      jwks: at("connect/jwk_uri"),
      pushedAuthorizationRequest: at("par"),
      backchannelAuthentication: at("bc-authorize"),
      discovery: at(".well-known/openid-configuration"),
    },
  };
}

function cibaOf(client: AicAgent | AicApplication, issuer: string, { clientId, kid, provider }: Surroundings) {
  const own = client.idToken?.defaultAcrValues ?? [];
  return {
    request: { audience: issuer, issuer: clientId, kid: kid ?? null },
    acrValues: [...new Set([...own, ...Object.keys(provider?.acr ?? {})])],
    bindingMessage: BINDING_MESSAGE,
  };
}

function secretOf({ secret }: AicAgent | AicApplication, authMethod: string): ClientOutputs["secret"] {
  if (!usesSecret(authMethod)) return null;
  return typeof secret === "object" && "esv" in secret ? { esv: secret.esv } : { output: "secrets" };
}

function privateKeyOf({ ciba }: AicAgent | AicApplication, authMethod: string): ClientOutputs["privateKey"] {
  if (ciba?.keys === "generated") return { output: "privateKeys" };
  return ciba || authMethod === "private_key_jwt" ? { keptBy: "whoever made the key" } : null;
}

function toolOf(tool: NonNullable<AicAgent["tools"]>[string]): ToolOutput {
  if (tool.authorization === "none") return null;
  const { authorization: type, scopes } = tool;
  const asked = { type, scope: scopeText(scopes) };
  if (!("application" in tool || "audience" in tool)) return asked;
  const { application, audience } = tool;
  // Who acts by may_act shows a token of its own, and has the scopes of delegates itself (delegation §2.2).
  if (application === undefined) return { ...asked, audience, actor: { scope: asked.scope } };
  return { ...asked, audience: application };
}
