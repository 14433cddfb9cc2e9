/** The ways to a token without asking a user: each answers what the token endpoint answered, or throws why it could not be tried. */

import type { Need } from "../case.ts";
import { clientOf, passwordOf, tokenOf } from "../credentials.ts";
import { Unprovable } from "../errors.ts";
import { GRANT } from "../grants.ts";
import type { Observation } from "../http.ts";
import { type Form, grant } from "../oauth.ts";
import { type AccessPlan, type AgentPlan, businessScopes, grantedScopes, isEnabled } from "./plan.ts";
import type { Session } from "./session.ts";

/** For whom an agent exchanges: the way to the subject token, and its `sub`. */
export type Subject = {
  readonly name: string;
  readonly sub: string;
  token(): Promise<string>;
  readonly needs: readonly Need[];
};

/** An access entry, for whom it is tried, and the one of them to provoke with: whose password is at hand, else the first. */
export type Exchangeable = {
  readonly entry: AccessPlan;
  readonly subjects: readonly Subject[];
  readonly subject: Subject | undefined;
};

/** The access of an agent, with those for whom it exchanges. */
export async function exchangeablesOf(session: Session, agent: AgentPlan): Promise<Exchangeable[]> {
  const found: Exchangeable[] = [];
  // An application that is declared as switched off has no users' tokens, and whether it can be reached nobody knows.
  for (const entry of agent.access.filter(({ application }) => isEnabled(application))) {
    const subjects = await subjectsOf(session, agent, entry);
    found.push({ entry, subjects, subject: await firstAtHand(session, agent, subjects) });
  }
  return found;
}

async function firstAtHand({ credentials }: Session, agent: AgentPlan, subjects: readonly Subject[]) {
  if (agent.pattern === "autonomous") return subjects[0];
  for (const subject of subjects) if ((await credentials.password(subject.name)) !== undefined) return subject;
  return subjects[0];
}

/** The agent itself, or the users that it may act for. */
async function subjectsOf(session: Session, agent: AgentPlan, entry: AccessPlan): Promise<Subject[]> {
  if (agent.pattern === "autonomous") {
    const token = async () => tokenOf(await ownToken(session, agent), "token of the agent's own");
    return [{ name: "itself", sub: agent.clientId, token, needs: [] }];
  }
  const names = [...entry.subjects];
  for (const group of entry.subjectGroups) {
    const members = session.live.groups.get(group) ?? [];
    const reachable: string[] = [];
    for (const name of members) if ((await session.credentials.password(name)) !== undefined) reachable.push(name);
    const one = reachable.find((name) => !names.includes(name)) ?? reachable[0] ?? members[0];
    if (one !== undefined && !names.includes(one)) names.push(one);
  }
  return names.map((name) => ({
    name,
    sub: session.live.users.get(name)?.id ?? "(unknown user)",
    token: async () => {
      return tokenOf(await userToken(session, entry, name), `token of ${name}`);
    },
    needs: hasPasswordGrant(entry) ? userNeeds(session, entry, name) : [],
  }));
}

/** What a login at the application by the password grant takes. */
export function userNeeds(session: Session, { application }: AccessPlan, userName: string): Need[] {
  return [() => clientOf(session, application), () => passwordOf(session, userName)];
}

/** The agent's own token. */
export async function ownToken(
  session: Session,
  agent: AgentPlan,
  scopes: readonly string[] = ownScopes(agent),
): Promise<Observation> {
  const client = await clientOf(session, agent);
  return session.oauth.post("access_token", client, grant.clientCredentials(scopes));
}

/** The scopes that an agent asks for itself: of one that also asks users, only the first, since the others need approval. */
export function ownScopes({ scopes, ciba }: AgentPlan): readonly string[] {
  const business = businessScopes(scopes);
  return ciba ? business.slice(0, 1) : business;
}

/** Whether an agent gets tokens of its own. */
export function hasOwnToken(agent: AgentPlan): boolean {
  return agent.grantTypes.includes(GRANT.clientCredentials) && ownScopes(agent).length > 0;
}

/** A declared user's token of the application: from one login, since it is not ours to have the account locked. */
export async function userToken(session: Session, entry: AccessPlan, userName: string): Promise<Observation> {
  const password = await passwordOf(session, userName);
  const login = await loginAt(session, entry, { userName, password });
  return session.logins.once(userName, entry.application.clientId, login);
}

/** A login at the application by the password grant: only where the application may use it. */
async function loginAt(
  session: Session,
  entry: AccessPlan,
  { userName, password }: { readonly userName: string; readonly password: string },
): Promise<() => Promise<Observation>> {
  const { application } = entry;
  if (!hasPasswordGrant(entry)) {
    throw new Unprovable(
      `${application.clientId} has no password grant, so that no user token can be had without a browser`,
    );
  }
  const client = await clientOf(session, application);
  const form = grant.password(userName, password, userScopes(application.scopes));
  return () => session.oauth.post("access_token", client, form);
}

/** A token of a user whom no subject and no group of a privilege names. */
export async function strangersToken(session: Session, entry: AccessPlan, suffix = ""): Promise<Observation> {
  const { userName, password } = await session.rig.stranger();
  const login = await loginAt(session, entry, { userName, password: password + suffix });
  return login();
}

/** Whether a user's token can be had without a browser. */
export function hasPasswordGrant({ application }: AccessPlan): boolean {
  return application.grantTypes.includes(GRANT.password);
}

/** The scopes of a user's token: `openid` where the application has it. */
export function userScopes(scopes: readonly string[]): readonly string[] {
  return scopes.includes("openid") ? ["openid"] : scopes.slice(0, 1);
}

/** The form of an exchange for one of the entry's application. */
export function exchangeForm(entry: AccessPlan, subjectToken: string): Form {
  return grant.exchange(subjectToken, entry.application.clientId, businessScopes(grantedScopes(entry)));
}

/** Exchanges a token. @param change form parameters that differ from the entry's */
export async function exchange(
  session: Session,
  agent: AgentPlan,
  entry: AccessPlan,
  subjectToken: string,
  change: Form = {},
): Promise<Observation> {
  const client = await clientOf(session, agent);
  return session.oauth.post("access_token", client, { ...exchangeForm(entry, subjectToken), ...change });
}
