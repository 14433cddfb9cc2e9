/** From a PingOne declaration to what the verifier is to prove: patterns expanded as the resources expand them. Pure. */

import type {
  PingOneAgent as DeclaredAgent,
  PingOneApplication as DeclaredApplication,
  PingOneDeclaration,
} from "../../components/pingone/declaration.ts";
import { CHAIN_EXPRESSION, delegations, type Grant, grantsOf } from "../../components/pingone/delegation.ts";
import { agentSettings, applicationSettingsOf, policyProps } from "../../components/pingone/patterns.ts";
import { mapValues } from "../../components/settings.ts";
import type { PlaceOf } from "../../declaration/load.ts";
import { claimOf } from "../../fields/pingone.ts";
import { named } from "../../named.ts";
import { declaredWorld } from "../../platforms.ts";
import type { AssertionPlan } from "../../verify/index.ts";
import {
  type PingOneAccess,
  type PingOneAgent,
  type PingOneClient,
  type PingOneDelegate,
  type PingOnePlan,
  type PingOneResource,
  type PingOneSource,
  signsUsersIn,
  type UserTokens,
  WATCHED,
  WATCHED_OF_RESOURCES,
} from "../../verify/pingone/index.ts";
import { assertionPlans } from "./assertions.ts";
import { chosen } from "./chosen.ts";
import { declaredSettings } from "./settings.ts";

/** The resource of OpenID Connect, which has the same name in every environment. */
const OPENID = "openid";
/** Seconds that access tokens live where a resource does not say (pingone §5.3). */
const DEFAULT_LIFETIME = 3_600;

type Entry = Pick<Grant, "resource" | "scopes">;

/**
 * @param only the key of the only agent
 * @throws ERR_AGENT_UNKNOWN
 */
export function pingOnePlanOf(declaration: PingOneDeclaration, only?: string | undefined): PingOnePlan {
  const { agents = {}, applications = {}, resources = {} } = declaration;
  const all = Object.entries(agents).map(([key, agent]) => agentPlan(key, agent, declaration));
  const entries = [...Object.values(agents), ...Object.values(applications)].flatMap((one) => grantsOf(one));
  const scopes = [
    ...Object.values(resources).flatMap((resource) => Object.keys(resource.scopes ?? {})),
    ...entries.flatMap((entry) => entry.scopes),
  ];
  const tried = chosen(all, ({ key }) => key, only);
  const delegates = delegatesOf(declaration).filter(({ client }) => only === undefined || client.key === only);
  const tokens = [...tried.flatMap(({ actsFor }) => actsFor), ...delegates.flatMap(tokensIn)];
  const reached = [...tried.flatMap(({ access }) => access), ...tokens].map(({ resource }) => resource);
  const isTold = (key: string, keys: readonly (string | undefined)[]) => only === undefined || keys.includes(key);
  return {
    agents: tried,
    applications: Object.entries(applications)
      .filter(([key]) =>
        isTold(
          key,
          tokens.map(({ application }) => application),
        ),
      )
      .map(([key, one]) => clientPlan(key, one, applicationSettingsOf(one), declaration)),
    resources: Object.keys(resources)
      .map((key) => resourcePlan(key, declaration))
      .filter(({ name }) => isTold(name, reached)),
    delegates,
    scopes: [...new Set(scopes)],
  };
}

/** What is asserted of access. @param only the key of the only agent */
export function pingOneAssertions(
  declaration: PingOneDeclaration,
  placeOf: PlaceOf,
  only?: string | undefined,
): AssertionPlan[] {
  const { accessPolicy: policy, resources = {} } = declaration;
  return assertionPlans({
    ...{ world: declaredWorld(declaration, { placeOf, value: declaration }), policy, placeOf, only },
    reachable: {
      targets: Object.entries(resources).map(([id, { name, scopes = {} }]) => ({
        target: { is: "resource", id, name },
        scopes: Object.keys(scopes),
      })),
      users: [],
    },
    nameOf: ({ name }) => name,
  });
}

function agentPlan(key: string, agent: DeclaredAgent, declaration: PingOneDeclaration): PingOneAgent {
  const settings = agentSettings(agent);
  const { pattern, actsForUsersOf = [] } = agent;
  return {
    ...clientPlan(key, agent, settings, declaration),
    ...{ pattern, expires: agent.expires },
    mixesResources: settings.authorization?.multipleResources ?? false,
    actsFor: [
      ...actsForUsersOf.map((resource) => userTokens(resource, declaration)),
      ...(signsUsersIn(settings) ? tokensOfItsUsers(key, agent, declaration) : []),
    ],
    agreements: agreementsOf(agent, declaration),
  };
}

/** How a `may_act` says that whoever got the token may act (delegation §1.1). */
const WHOEVER = "appConfig.clientId";

/** Tokens that an agent gets by signing users in and may exchange, but for those whose exchanges are declared one by one. */
function tokensOfItsUsers(
  key: string,
  { access = [], delegates = [] }: DeclaredAgent,
  declaration: PingOneDeclaration,
) {
  return access
    .filter(({ resource }) => {
      const mayAct = named(declaration.resources ?? {}, resource)?.claims?.may_act;
      return mayAct !== undefined && claimOf(mayAct).value.includes(WHOEVER);
    })
    .filter(({ resource }) => delegates.every((one) => one.with !== resource))
    .map((entry) => ({ ...accessPlan(entry, declaration), application: key }));
}

/** Names of the agreements to which the first policy of an agent asks users to consent. */
function agreementsOf({ policies }: DeclaredAgent, { signOnPolicies = {}, agreements = {} }: PingOneDeclaration) {
  const policy = Object.values(signOnPolicies).find(({ name }) => name === policies?.names[0]);
  return policyProps(policy ?? { name: "", actions: [] }, agreements).actions.flatMap((action) =>
    action.type === "agreement" ? [action.agreement] : [],
  );
}

type Settings = ReturnType<typeof agentSettings> | ReturnType<typeof applicationSettingsOf>;

function clientPlan(
  key: string,
  { name, claims = {}, policies, owners, allow, ...client }: DeclaredAgent | DeclaredApplication,
  settings: Settings,
  declaration: PingOneDeclaration,
): PingOneClient {
  const { enabled, authMethod, grantTypes } = settings;
  const access = grantsOf(client, declaration.resources);
  const isOpenId = ({ resource }: Entry) => resource === OPENID;
  const isGrouped = settings.userAccess?.groups !== undefined;
  return {
    ...{ key, name, enabled: enabled ?? true, authMethod: authMethod ?? "client_secret_basic" },
    grantTypes: grantTypes ?? [],
    access: access.filter((entry) => !isOpenId(entry)).map((entry) => accessPlan(entry, declaration)),
    openid: access.filter(isOpenId).flatMap(({ scopes }) => scopes),
    claims: Object.fromEntries(Object.entries(claims).map(([name, { value }]) => [name, value])),
    policies: policies?.names,
    owners,
    allow,
    settings: {
      ...declaredSettings(Object.keys(WATCHED), settings),
      // Whether there is a limit, and to whom, are looked at each for itself.
      ...(isGrouped && { "userAccess.groups": true }),
    },
  };
}

function accessPlan({ resource, scopes }: Entry, { resources = {} }: PingOneDeclaration): PingOneAccess {
  const declared = named(resources, resource);
  if (!declared) return { resource, scopes };
  const { name, audience = name, accessTokenLifetime: lifetime = DEFAULT_LIFETIME } = declared;
  return { resource: name, scopes, audience, lifetime };
}

/** A resource with the claims that delegation needs: in `may_act` an agent whose client id PingOne chooses. */
function resourcePlan(key: string, declaration: PingOneDeclaration): PingOneResource {
  const { resources = {} } = declaration;
  const { name = key, audience = name, scopes = {}, claims = {}, allow, ...settings } = named(resources, key) ?? {};
  const { actors = [], claims: given = {} } = named(delegations(declaration), key) ?? {};
  const own = mapValues(claims, (_claim, declared) => claimOf(declared));
  const all = Object.entries({ ...given, ...own });
  const required = all.flatMap(([claim, one]) => (one.required ? [claim] : []));
  return {
    ...{ name, allow },
    scopes: Object.keys(scopes),
    ...(required.length > 0 && { required }),
    claims: {
      ...(actors.length > 0 && { may_act: undefined }),
      ...Object.fromEntries(all.map(([claim, { value }]) => [claim, value])),
    },
    settings: { audience, ...declaredSettings(Object.keys(WATCHED_OF_RESOURCES), settings) },
  };
}

/**
 * The first declared application whose users get tokens of the resource, or else an agent that signs users in; one that is switched off
 * only where there is no other.
 */
function userTokens(resource: string, { agents = {}, ...declaration }: PingOneDeclaration): UserTokens {
  const signing = Object.entries(agents).filter(([, agent]) => signsUsersIn(agentSettings(agent)));
  const all = [...Object.entries(declaration.applications ?? {}), ...signing];
  const isOn = ([, { enabled }]: (typeof all)[number]) => enabled !== false;
  for (const [application, { access = [] }] of [...all.filter(isOn), ...all]) {
    const entry = access.find((one) => one.resource === resource);
    if (entry) return { ...accessPlan(entry, declaration), application };
  }
  return accessPlan({ resource, scopes: [] }, declaration);
}

/** The users' tokens with which an exchange, or the first of those before it, begins. */
const tokensIn = ({ source }: PingOneDelegate): UserTokens[] =>
  source?.is === "exchanged" ? tokensIn(source.by) : source?.is === "user" ? [source.tokens] : [];

/** Every exchange that is declared one by one, a scope at a time, with a way to the token that it takes. */
function delegatesOf(declaration: PingOneDeclaration): PingOneDelegate[] {
  const { agents = {}, applications = {}, resources = {} } = declaration;
  const delegated = delegations(declaration);
  const clients = [
    ...Object.entries(agents).map(([key, one]) => ({ key, one, settings: agentSettings(one) })),
    ...Object.entries(applications).map(([key, one]) => ({ key, one, settings: applicationSettingsOf(one) })),
  ].filter(({ settings }) => settings.enabled !== false);
  const planOf = ({ key, one, settings }: (typeof clients)[number]) => clientPlan(key, one, settings, declaration);
  const entries = clients.flatMap((client) => {
    return (client.one.delegates ?? []).flatMap(({ scopes, ...entry }) =>
      scopes.map((scope) => ({ ...entry, scope, client })),
    );
  });
  type Exchanged = (typeof entries)[number];

  const delegate = (entry: Exchanged, before: readonly Exchanged[]): PingOneDelegate => {
    const own = named(resources, entry.resource)?.claims ?? {};
    const { actors: next = [], claims } = named(delegated, entry.resource) ?? {};
    const act = Object.hasOwn(own, "act") && own.act ? claimOf(own.act) : claims?.act;
    return {
      client: planOf(entry.client),
      from: named(resources, entry.with)?.name ?? entry.with,
      source: sourceOf(entry, [...before, entry]),
      target: accessPlan({ resource: entry.resource, scopes: [entry.scope] }, declaration),
      isRequired: act?.required ?? false,
      ...{ nestsAct: act?.value === CHAIN_EXPRESSION, next },
    };
  };
  /** The token of the scope's own name first: that is how a chain reads (delegation §1.4). */
  const sourceOf = ({ with: from, scope }: Exchanged, before: readonly Exchanged[]): PingOneSource | undefined => {
    const exchanged = entries.filter((one) => one.resource === from && !before.includes(one));
    const same = exchanged.find((one) => one.scope === scope);
    if (same) return { is: "exchanged", by: delegate(same, before) };
    const tokens = userTokens(from, declaration);
    if (tokens.application !== undefined) return { is: "user", tokens };
    const owning = clients.find(
      ({ one, settings }) =>
        (one.access ?? []).some(({ resource }) => resource === from) &&
        settings.grantTypes?.includes("client_credentials"),
    );
    const access = owning?.one.access?.find(({ resource }) => resource === from);
    if (owning && access) return { is: "own", client: planOf(owning), access: accessPlan(access, declaration) };
    const [other] = exchanged;
    return other && { is: "exchanged", by: delegate(other, before) };
  };
  return entries.map((entry) => delegate(entry, []));
}
