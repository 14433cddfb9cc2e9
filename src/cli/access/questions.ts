/** What of all access is asked for: a scope, an agent, a person. Pure. */

import type { Access } from "../../access/access.ts";
import { EVERY_SCOPE, type Party, partiesOf, type Row } from "../../access/row.ts";
import { PingAgentsError } from "../../errors.ts";

/** What may be asked, all of it at once. */
export type Questions = {
  /** `SCOPE`, or `SCOPE@TARGET`: who may get it. */
  readonly whoCan?: string | undefined;
  /** Id or name of an agent: what it may get, and what others may with a token that it handed on. */
  readonly whatCan?: string | undefined;
  /** Name of a user: what agents may do for that user. */
  readonly for?: string | undefined;
};

/** The rows that answer; `unsure` are for a group of which nobody knows whether the person is in it. */
export type Answered = Access & { readonly unsure: readonly Row[] };

/** @returns all of the access where nothing is asked */
export function answer(access: Access, { whoCan, whatCan, for: user }: Questions): Answered {
  const isNamed = ({ id, name }: { readonly id: string; readonly name: string }) => [id, name].includes(whatCan ?? "");
  const rows = access.rows
    .filter((row) => whoCan === undefined || grants(row, whoCan))
    .filter((row) => whatCan === undefined || partiesOf(row).some(isNamed));
  const agents = access.agents.filter((agent) => whatCan === undefined || isNamed(agent));
  if (user === undefined) return { ...access, agents, rows, unsure: [] };
  const concerns = (sure: true | undefined) => rows.filter((row) => concernsUser(row, user, access) === sure);
  return { ...access, agents, rows: concerns(true), unsure: concerns(undefined) };
}

/** The agents that answer a question about a scope or a person: those that have such a row. */
export function answering({ agents, rows, unsure }: Answered, { whoCan, for: user }: Questions): readonly Party[] {
  if (whoCan === undefined && user === undefined) return agents;
  const found = new Set([...rows, ...unsure].map(({ agent }) => agent.id));
  return agents.filter(({ id }) => found.has(id));
}

/** @throws ERR_AGENT_UNKNOWN where no set of access has the agent that is asked for */
export function requireAgent(all: readonly Access[], { whatCan }: Questions): void {
  const agents = all.flatMap((access) => access.agents);
  // An application whose token an agent exchanges is no agent itself.
  const known = [...agents, ...all.flatMap(({ rows }) => rows.flatMap(partiesOf))];
  if (whatCan === undefined || known.some(({ id, name }) => [id, name].includes(whatCan))) return;
  throw new PingAgentsError("ERR_AGENT_UNKNOWN", `there is no agent "${whatCan}"`, {
    hint: `use one of ${[...new Set(agents.map(({ id }) => id))].join(", ")}`,
  });
}

/** A scope may have an `@` itself: the text as a whole is looked for, too. */
function grants({ scope, target }: Row, asked: string): boolean {
  const at = asked.lastIndexOf("@");
  const isEvery = scope === EVERY_SCOPE;
  if (scope === asked || (at <= 0 && isEvery)) return true;
  const isMeant = isEvery || scope === asked.slice(0, at);
  return at > 0 && isMeant && [target.id, target.name].includes(asked.slice(at + 1));
}

/** Whether a row is about a user; undefined where it is about a group and nobody knows its members. */
function concernsUser({ subject }: Row, user: string, { people }: Access): boolean | undefined {
  if (subject.is === "anyone") return true;
  if (subject.is === "user") return subject.name === user;
  return subject.is === "group" ? people.get(subject.name)?.members?.has(user) : false;
}
