/** What the code of an agent or application needs of a PingOne environment. Pure. */

import { CIBA } from "../../fields/grant-types.ts";
import { named } from "../../named.ts";
import { type ClientOutputs, scopeText, type ToolOutput, usesSecret } from "../client-outputs.ts";
import { mapValues } from "../settings.ts";
import type { PingOneAgent, PingOneApplication, PingOneDeclaration } from "./declaration.ts";
import { grantsOf } from "./delegation.ts";
import { agentSettings, applicationSettingsOf } from "./patterns.ts";

/** Where a client lives, and what only the run knows of it. */
type Surroundings = Pick<PingOneDeclaration, "resources"> & {
  /** Base of the token service, which is the issuer: `https://auth.pingone.eu/{environment}/as`. */
  readonly issuer: string;
  readonly clientId: string;
};

/** What a client needs to get its tokens. */
export function pingOneClientOutputs(
  client: PingOneAgent | PingOneApplication,
  { issuer, clientId, resources = {} }: Surroundings,
): ClientOutputs {
  const settings = "pattern" in client ? agentSettings(client) : applicationSettingsOf(client);
  const { authMethod = "client_secret_basic", grantTypes = [] } = settings;
  const { tools = {}, secret, delegates = [] } = client;
  const grants = grantsOf(client, resources);
  const at = (endpoint: string) => `${issuer}/${endpoint}`;
  return {
    ...{ platform: "pingone", clientId, authMethod, grantTypes: [...grantTypes], issuer, short: null },
    endpoints: {
      token: at("token"),
      authorization: at("authorize"),
      introspection: at("introspect"),
      revocation: at("revoke"),
      userInfo: at("userinfo"),
      jwks: at("jwks"),
      pushedAuthorizationRequest: at("par"),
      backchannelAuthentication: at("cibaAuthorization"),
      discovery: at(".well-known/openid-configuration"),
    },
    scopes: grants.flatMap(({ scopes }) => scopes),
    audiences: grants.map(({ resource, scopes }) => ({
      name: named(resources, resource)?.name ?? resource,
      audience: audienceOf(resource, resources) ?? null,
      scopes: [...scopes],
    })),
    ciba: grantTypes.includes(CIBA) ? { request: null, acrValues: [], bindingMessage: null } : null,
    secret: usesSecret(authMethod) ? (secret?.output ? { output: "secrets" } : { keptBy: "PingOne" }) : null,
    privateKey: authMethod === "private_key_jwt" ? { keptBy: "whoever made the key" } : null,
    tools: mapValues(tools, (_name, tool) => toolOf(tool, resources, delegates)),
  };
}

type Resources = NonNullable<PingOneDeclaration["resources"]>;

/** The audience of a resource's tokens, by key or name; undefined for one that others manage (pingone §5.3). */
function audienceOf(resource: string, resources: Resources): string | undefined {
  const declared = named(resources, resource) ?? Object.values(resources).find(({ name }) => name === resource);
  return declared && (declared.audience ?? declared.name);
}

type Delegates = readonly { readonly resource: string }[];

/**
 * An exchange names its target by `resource`; `audience` would be ignored (pingone §5.6). For what is delegated a token of its own goes
 * with it, whatever else is declared (delegation §1).
 */
function toolOf(
  tool: NonNullable<PingOneAgent["tools"]>[string],
  resources: Resources,
  delegates: Delegates,
): ToolOutput {
  if (tool.authorization === "none") return null;
  const { authorization: type, scopes } = tool;
  if (type !== "token_exchange") return { type, scope: scopeText(scopes) };
  const resource = audienceOf(tool.resource, resources);
  const isDelegated = delegates.some((one) => audienceOf(one.resource, resources) === resource);
  const actor = tool.actor ?? (isDelegated ? { scopes } : undefined);
  return {
    ...{ type, scope: scopeText(scopes) },
    ...(resource !== undefined && { resource }),
    ...(actor && { actor: { scope: scopeText(actor.scopes) } }),
  };
}
