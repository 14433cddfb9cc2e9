/** How far rows reach: for how many people, with how many scopes, on how many targets. Pure. */

import type { People } from "./people.ts";
import { EVERY_SCOPE, type Row } from "./row.ts";

export type Reach = {
  /** Their number; `itself` where the agent acts for no person, `unknown` where a group was not counted. */
  readonly people: number | "itself" | "anyone" | "unknown";
  /** Other clients with whose own tokens the agent acts. @default none */
  readonly clients?: number | undefined;
  /** Scopes of all targets; `unknown` where every scope of a target is meant, and nobody says which these are. */
  readonly scopes: number | "unknown";
  readonly targets: number;
};

/** @param people of the groups, as far as they are known */
export function reachOf(rows: readonly Row[], people: People): Reach {
  const scopes = new Set(rows.map(({ target, scope }) => JSON.stringify([target.id, scope])));
  const clients = new Set(rows.flatMap(({ subject }) => (subject.is === "client" ? [subject.id] : [])));
  return {
    people: peopleOf(rows, people),
    ...(clients.size > 0 && { clients: clients.size }),
    scopes: rows.some(({ scope }) => scope === EVERY_SCOPE) ? "unknown" : scopes.size,
    targets: new Set(rows.map(({ target }) => target.id)).size,
  };
}

function peopleOf(rows: readonly Row[], people: People): Reach["people"] {
  const subjects = rows.map(({ subject }) => subject);
  if (subjects.some(({ is }) => is === "anyone")) return "anyone";
  const users = new Set(subjects.flatMap((subject) => (subject.is === "user" ? [subject.name] : [])));
  const groups = [...new Set(subjects.flatMap((subject) => (subject.is === "group" ? [subject.name] : [])))];
  if (users.size + groups.length === 0) return "itself";
  const [only] = groups;
  if (only !== undefined && groups.length === 1 && users.size === 0) return people.get(only)?.size ?? "unknown";
  const members = groups.map((group) => people.get(group)?.members);
  if (members.includes(undefined)) return "unknown";
  return new Set([...users, ...members.flatMap((one) => [...(one ?? [])])]).size;
}
