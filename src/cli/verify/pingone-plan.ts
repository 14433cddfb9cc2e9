/** From a PingOne declaration to what the verifier is to prove: patterns expanded as the resources expand them. Pure. */

import type { PingOneAgent as DeclaredAgent, PingOneDeclaration } from "../../components/pingone/declaration.ts";
import { agentSettings } from "../../components/pingone/patterns.ts";
import type { PingOneAccess, PingOneAgent, PingOnePlan, UserTokens } from "../../verify/pingone/index.ts";
import { chosen } from "./chosen.ts";

/** The resource of OpenID Connect, which has the same name in every environment. */
const OPENID = "openid";
/** Seconds that access tokens live where a resource does not say (pingone §5.3). */
const DEFAULT_LIFETIME = 3_600;

type Entry = NonNullable<DeclaredAgent["access"]>[number];

/**
 * @param only the key of the only agent
 * @throws ERR_AGENT_UNKNOWN
 */
export function pingOnePlanOf(declaration: PingOneDeclaration, only?: string | undefined): PingOnePlan {
  const { agents = {}, applications = {}, resources = {} } = declaration;
  const all = Object.entries(agents).map(([key, agent]) => agentPlan(key, agent, declaration));
  const entries = [...Object.values(agents), ...Object.values(applications)].flatMap(({ access = [] }) => access);
  const scopes = [
    ...Object.values(resources).flatMap((resource) => Object.keys(resource.scopes ?? {})),
    ...entries.flatMap((entry) => entry.scopes),
  ];
  return { agents: chosen(all, ({ key }) => key, only), scopes: [...new Set(scopes)] };
}

function agentPlan(key: string, agent: DeclaredAgent, declaration: PingOneDeclaration): PingOneAgent {
  const { enabled, authMethod, grantTypes, authorization } = agentSettings(agent);
  const { pattern, access = [], actsForUsersOf = [] } = agent;
  const isOpenId = ({ resource }: Entry) => resource === OPENID;
  return {
    ...{ key, pattern, enabled: enabled ?? true, authMethod: authMethod ?? "client_secret_basic" },
    grantTypes: grantTypes ?? [],
    access: access.filter((entry) => !isOpenId(entry)).map((entry) => accessPlan(entry, declaration)),
    openid: access.filter(isOpenId).flatMap(({ scopes }) => scopes),
    mixesResources: authorization?.multipleResources ?? false,
    actsFor: actsForUsersOf.map((resource) => userTokens(resource, declaration)),
  };
}

function accessPlan({ resource, scopes }: Entry, { resources = {} }: PingOneDeclaration): PingOneAccess {
  const declared = resources[resource];
  if (!declared) return { resource, scopes };
  const { name, audience = name, accessTokenLifetime: lifetime = DEFAULT_LIFETIME } = declared;
  return { resource: name, scopes, audience, lifetime };
}

/** The first declared application whose users get tokens of the resource. */
function userTokens(resource: string, declaration: PingOneDeclaration): UserTokens {
  for (const [application, { access = [] }] of Object.entries(declaration.applications ?? {})) {
    const entry = access.find((one) => one.resource === resource);
    if (entry) return { ...accessPlan(entry, declaration), application };
  }
  return accessPlan({ resource, scopes: [] }, declaration);
}
