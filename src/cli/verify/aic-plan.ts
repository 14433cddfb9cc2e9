/** From an AIC declaration to what the verifier is to prove: patterns expanded as the resources expand them. Pure. */

import type { AicAgent, AicApplication, AicDeclaration } from "../../components/aic/declaration.ts";
import { agentSettings, clientSettings } from "../../components/aic/patterns.ts";
import { CIBA } from "../../fields/grant-types.ts";
import type { AccessPlan, AgentPlan, CibaPlan, ClientPlan, Plan } from "../../verify/aic/index.ts";
import { chosen } from "./chosen.ts";

type Choice = {
  /** Only this agent. */
  readonly agent?: string | undefined;
  /** Who is asked to approve where the declaration names no user. */
  readonly user?: string | undefined;
};

/**
 * Agents are the declared ones, and applications that ask users for approval (CIBA): these are agents of their own.
 *
 * @throws ERR_AGENT_UNKNOWN
 */
export function aicPlanOf(declaration: AicDeclaration, { agent, user }: Choice = {}): Plan {
  const { realm, agents = {}, applications = {} } = declaration;
  const asking = Object.entries(applications).filter(([, { ciba }]) => ciba !== undefined);
  const all = [
    ...Object.entries(agents).map(([clientId, one]) => agentPlan(clientId, one, declaration, user)),
    ...asking.map(([clientId, one]) => applicationAgentPlan(clientId, one, declaration, user)),
  ];
  return { realm, agents: chosen(all, ({ clientId }) => clientId, agent) };
}

function agentPlan(
  clientId: string,
  agent: AicAgent,
  declaration: AicDeclaration,
  user: string | undefined,
): AgentPlan {
  const settings = agentSettings(agent);
  const subjects = (agent.access ?? []).flatMap((entry) => entry.subjects ?? []);
  const ciba = settings.grantTypes?.includes(CIBA) && cibaPlan(declaration, [...subjects, user]);
  return {
    ...clientPlan(clientId, settings),
    type: "AIAgent",
    pattern: agent.pattern,
    access: (agent.access ?? []).map((entry) => accessPlan(entry, declaration)),
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
    ...clientPlan(clientId, clientSettings(application)),
    type: "OAuth2Client",
    pattern: "approved",
    access: [],
    ciba: cibaPlan(declaration, [user]),
  };
}

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
    application: declared
      ? clientPlan(application, clientSettings(declared))
      : { clientId: application, authMethod: "client_secret_basic", scopes: [], grantTypes: [], declared: false },
    scopes,
    subjects,
    subjectGroups,
  };
}

type Settings = {
  readonly grantTypes?: readonly string[] | undefined;
  readonly authMethod?: string | undefined;
  readonly scopes?: readonly string[] | undefined;
  readonly tokens?: { readonly accessTokenLifetime?: number | undefined } | undefined;
};

function clientPlan(clientId: string, settings: Settings): ClientPlan {
  const { grantTypes = [], authMethod = "client_secret_basic", scopes = [], tokens } = settings;
  // A scope may carry a text that is shown: `name|text` (aic §5.2).
  const names = scopes.map((scope) => scope.split("|")[0] ?? scope);
  return { clientId, authMethod, scopes: names, grantTypes, accessTokenLifetime: tokens?.accessTokenLifetime };
}
