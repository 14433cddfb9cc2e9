/** From an AIC declaration to what the verifier is to prove: patterns expanded as the resources expand them. Pure. */

import type { AicAgent, AicApplication, AicDeclaration } from "../../components/aic/declaration.ts";
import { actorsOf, scriptIdOf, tokenScriptsOf } from "../../components/aic/delegation.ts";
import { agentSettings, clientSettings } from "../../components/aic/patterns.ts";
import type { PlaceOf } from "../../declaration/load.ts";
import { secretLabelOf } from "../../declaration/secret-label.ts";
import { secondsOf } from "../../fields/duration.ts";
import { CIBA } from "../../fields/grant-types.ts";
import { named } from "../../named.ts";
import { declaredWorld } from "../../platforms.ts";
import {
  type AccessPlan,
  type AgentPlan,
  type CibaPlan,
  type ClientPlan,
  type DelegatePlan,
  type Plan,
  WATCHED,
} from "../../verify/aic/index.ts";
import type { AssertionPlan } from "../../verify/index.ts";
import { assertionPlans } from "./assertions.ts";
import { chosen } from "./chosen.ts";
import { declaredSettings } from "./settings.ts";

/** What is asserted of access. @param only the client id of the only agent */
export function aicAssertions(
  declaration: AicDeclaration,
  placeOf: PlaceOf,
  only?: string | undefined,
): AssertionPlan[] {
  const { accessPolicy: policy, applications = {}, users = {} } = declaration;
  return assertionPlans({
    ...{ world: declaredWorld(declaration, { placeOf, value: declaration }), policy, placeOf, only },
    reachable: {
      targets: Object.entries(applications).map(([id, { name, scopes = [] }]) => ({
        target: { is: "application", id, name },
        scopes: scopes.map(scopeName),
      })),
      users: Object.keys(users),
    },
    nameOf: ({ id }) => id,
  });
}

type Choice = {
  /** Only this agent. */
  readonly agent?: string | undefined;
  /** Who is asked to approve where the declaration names no user. */
  readonly user?: string | undefined;
};

/** Whether an application gets tokens for others by itself, and so is an agent of its own. */
const acts = ({ ciba, delegates = [] }: AicApplication) => ciba !== undefined || delegates.length > 0;

/**
 * Agents are the declared ones, and applications that act: they ask users for approval (CIBA), or exchange tokens of others.
 *
 * @throws ERR_AGENT_UNKNOWN
 */
export function aicPlanOf(declaration: AicDeclaration, { agent, user }: Choice = {}): Plan {
  const { realm, agents = {}, applications = {}, provider } = declaration;
  const asking = Object.entries(applications).filter(([, one]) => acts(one));
  const all = [
    ...Object.entries(agents).map(([clientId, one]) => agentPlan(clientId, one, declaration, user)),
    ...asking.map(([clientId, one]) => applicationAgentPlan(clientId, one, declaration, user)),
  ];
  const tried = chosen(all, ({ clientId }) => clientId, agent);
  const reached = tried.flatMap(({ access }) => access.map(({ application }) => application.clientId));
  const others = Object.entries(applications)
    .filter(([clientId, one]) => !acts(one) && (agent === undefined || reached.includes(clientId)))
    .map(([clientId, one]) => applicationPlan(clientId, one, declaration));
  return { realm, agents: tried, applications: others, acr: Object.keys(provider?.acr ?? {}), allow: provider?.allow };
}

function agentPlan(
  clientId: string,
  agent: AicAgent,
  declaration: AicDeclaration,
  user: string | undefined,
): AgentPlan {
  const actor = actorsOf(declaration).get(clientId);
  const settings = agentSettings(agent, actor);
  const subjects = (agent.access ?? []).flatMap((entry) => entry.subjects ?? []);
  const ciba = settings.grantTypes?.includes(CIBA) && cibaPlan(declaration, [...subjects, user]);
  return {
    ...clientPlan(clientId, agent, settings, declaration),
    type: "AIAgent",
    name: agent.name,
    pattern: agent.pattern,
    expires: agent.expires,
    access: (agent.access ?? []).map((entry) => accessPlan(entry, declaration)),
    allow: agent.allow,
    ...(ciba && { ciba }),
  };
}

function applicationAgentPlan(
  clientId: string,
  application: AicApplication,
  declaration: AicDeclaration,
  user: string | undefined,
): AgentPlan {
  return {
    ...applicationPlan(clientId, application, declaration),
    type: "OAuth2Client",
    pattern: application.ciba ? "approved" : "autonomous",
    access: [],
    ...(application.ciba && { ciba: cibaPlan(declaration, [user]) }),
    delegates: application.delegates?.map((one) => delegatePlan(one, declaration)),
  };
}

function delegatePlan(
  { with: id, audience, scopes }: NonNullable<AicApplication["delegates"]>[number],
  declaration: AicDeclaration,
): DelegatePlan {
  const { agents = {}, applications = {} } = declaration;
  const [agent, application] = [named(agents, id), named(applications, id)];
  const settings = agent && agentSettings(agent, actorsOf(declaration).get(id));
  const source = settings
    ? clientPlan(id, agent, settings, declaration)
    : application
      ? applicationPlan(id, application, declaration)
      : undeclared(id);
  return { with: source, audience, scopes };
}

/** A client that is looked up on the tenant. */
const undeclared = (clientId: string): ClientPlan => ({
  ...{ clientId, authMethod: "client_secret_basic", scopes: [], grantTypes: [], declared: false },
});

/** The users who may be asked: those named first, else the declared ones. */
function cibaPlan({ provider, users = {} }: AicDeclaration, named: readonly (string | undefined)[]): CibaPlan {
  const [[acr, journey] = ["(none declared)", undefined]] = Object.entries(provider?.acr ?? {});
  const candidates = named.filter((name) => name !== undefined);
  return { acr, journey, users: [...new Set(candidates.length ? candidates : Object.keys(users))] };
}

type Entry = NonNullable<AicAgent["access"]>[number];

function accessPlan(
  { application, scopes, subjects = [], subjectGroups = [] }: Entry,
  declaration: AicDeclaration,
): AccessPlan {
  const declared = declaration.applications?.[application];
  return {
    application: declared ? applicationPlan(application, declared, declaration) : undeclared(application),
    scopes,
    subjects,
    subjectGroups,
  };
}

/** A scope may carry a text that is shown: `name|text` (aic §5.2). */
const scopeName = (text: string) => text.split("|")[0] ?? text;

type Settings = {
  readonly enabled?: boolean | undefined;
  readonly grantTypes?: readonly string[] | undefined;
  readonly authMethod?: string | undefined;
  readonly scopes?: readonly string[] | undefined;
  readonly tokens?: { readonly accessTokenLifetime?: number | string | undefined } | undefined;
};

function applicationPlan(clientId: string, application: AicApplication, declaration: AicDeclaration): ClientPlan {
  const settings = clientSettings(application, actorsOf(declaration).get(clientId));
  return { ...clientPlan(clientId, application, settings, declaration), name: application.name };
}

function clientPlan(
  clientId: string,
  declared: AicAgent | AicApplication,
  settings: Settings,
  declaration: AicDeclaration,
): ClientPlan {
  const actor = actorsOf(declaration).get(clientId);
  const { enabled, grantTypes = [], authMethod = "client_secret_basic", scopes = [], tokens } = settings;
  return {
    ...{ clientId, authMethod, grantTypes, enabled: enabled ?? true },
    scopes: scopes.map(scopeName),
    accessTokenLifetime: secondsOf(tokens?.accessTokenLifetime),
    ...(declared.audience !== undefined && { audience: declared.audience }),
    ...(actor !== undefined && { mayAct: actor }),
    settings: {
      ...declaredSettings(Object.keys(WATCHED), settings),
      ...credentialSettings(clientId, declared),
      ...scriptSettings(clientId, declared, declaration.realm, actor),
    },
  };
}

/** The scripts that follow, by the ids that the kit gives them. */
const scriptSettings = (clientId: string, declared: AicAgent | AicApplication, realm: string, actor?: string) =>
  Object.fromEntries(
    tokenScriptsOf(clientId, declared, actor).map((one) => [`overrides.${one.field}`, scriptIdOf(realm, one)]),
  );

/** What keys and secrets that are declared in words of their own stand for; generated keys are not known here. */
function credentialSettings(clientId: string, { ciba, secret }: AicAgent | AicApplication) {
  return {
    ...(ciba && { "keys.location": "jwks", "keys.jwks": ciba.keys === "generated" ? undefined : ciba.keys }),
    ...(typeof secret === "object" && "esv" in secret && { "authentication.secretLabel": secretLabelOf(clientId) }),
  };
}
