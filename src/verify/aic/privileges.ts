/** The privileges of an agent against its access entries: which is whose, how they differ, and which nobody declared. Pure. */
import { allowanceFor } from "../allowance.ts";
import { called, type Finding } from "../finding.ts";
import { type AccessPlan, type AgentPlan, grantedScopes } from "./plan.ts";
import type { LivePrivilege, Snapshot } from "./snapshot.ts";

const REPAIR = "run pulumi up --refresh";

export type Difference = { readonly code: string; readonly message: string };

/** What each entry has, and what is left over. */
export type Matched = {
  readonly differences: ReadonlyMap<AccessPlan, readonly Difference[]>;
  readonly undeclared: readonly LivePrivilege[];
};

/**
 * Gives each entry the privilege that is nearest to it, and each privilege to one entry. One that somebody allowed is taken for
 * a declared one only where nothing else is there.
 *
 * @param now seconds since 1970
 */
export function matchPrivileges(agent: AgentPlan, live: Snapshot, now: number): Matched {
  const privileges = live.privileges.get(agent.clientId) ?? [];
  const rank = ({ id }: LivePrivilege) => Number(allowanceFor(agent.allow, id, now).isAllowed);
  const pairs = agent.access
    .flatMap((entry) => privileges.map((privilege) => ({ entry, privilege })))
    .filter(({ entry, privilege }) => entry.application.clientId === privilege.application)
    .map((pair) => ({ ...pair, found: privilegeDifferences(pair.entry, pair.privilege, live) }))
    .sort((one, other) => rank(one.privilege) - rank(other.privilege) || one.found.length - other.found.length);
  const differences = new Map<AccessPlan, readonly Difference[]>();
  const taken = new Set<LivePrivilege>();
  for (const { entry, privilege, found } of pairs) {
    if (differences.has(entry) || taken.has(privilege)) continue;
    differences.set(entry, found);
    taken.add(privilege);
  }
  return { differences, undeclared: privileges.filter((one) => !taken.has(one)) };
}

/** A finding for each privilege that no entry declares and nobody allowed: for whom, where and for what the agent gets tokens. */
export function undeclaredPrivileges(agent: AgentPlan, live: Snapshot, now: number): Finding[] {
  return matchPrivileges(agent, live, now).undeclared.flatMap((privilege) => {
    const { id, application, managedBy } = privilege;
    const which = managedBy === undefined ? id : `${id}, managed by ${managedBy}`;
    const { isAllowed, remark } = allowanceFor(agent.allow, id, now);
    if (isAllowed) return [];
    const { clientId, name } = agent;
    const message = `${called(clientId, name)} may get ${inWords(privilege, live)}, which nobody declared (privilege ${which})${remark}: ${REPAIR}, or allow it`;
    return [{ code: "privilege-undeclared", agent: clientId, application, flows: ["exchange" as const], message }];
  });
}

function inWords({ application, permissions, otherTypes, subjects, subjectGroups }: LivePrivilege, live: Snapshot) {
  const nameById = new Map([...live.users].map(([name, { id }]) => [id, name]));
  const users = subjects.map((id) => `user ${nameById.get(id) ?? live.strangers.get(id) ?? id}`);
  const who = [...users, ...subjectGroups.map((name) => `group ${name}`)].join(", ");
  const what = permissions.length ? permissions.join(", ") : otherTypes.length ? "" : "every scope";
  const more = otherTypes.map((type) => `permissions of the type ${type}`);
  const where = application === undefined ? "no application" : application;
  return `${[what, ...more].filter(Boolean).join(" and ")} on ${where} for ${who || "itself"}`;
}

function privilegeDifferences(entry: AccessPlan, privilege: LivePrivilege, live: Snapshot): Difference[] {
  const declared = entry.scopes === "all" ? [] : entry.scopes;
  const granted = privilege.permissions;
  const userIds = entry.subjects.map((name) => live.users.get(name)?.id ?? name);
  const result: Difference[] = [];
  const add = (code: string, message: string) => result.push({ code, message: `${message}: ${REPAIR}` });
  if (granted.length && (declared.length === 0 || minus(declared, granted).length)) {
    const lacking = minus(grantedScopes(entry), granted);
    if (lacking.length) add("privilege-narrower", `lacks ${lacking.join(", ")}`);
  }
  if (declared.length && (granted.length === 0 || minus(granted, declared).length)) {
    const more = granted.length ? minus(granted, declared).join(", ") : "every scope of the application";
    add("privilege-wider", `grants more than declared, ${more}`);
  }
  if (privilege.otherTypes.length) {
    add("privilege-type-undeclared", `has permissions of the type ${privilege.otherTypes.join(", ")}`);
  }
  if (minus(userIds, privilege.subjects).length) {
    const names = entry.subjects.filter((name) => !privilege.subjects.includes(live.users.get(name)?.id ?? name));
    add("privilege-subject-missing", `does not name the user ${names.join(", ")}`);
  }
  const moreUsers = minus(privilege.subjects, userIds).map((id) => live.strangers.get(id) ?? id);
  if (moreUsers.length) add("privilege-subject-undeclared", `names the undeclared user ${moreUsers.join(", ")}`);
  const lackingGroups = minus(entry.subjectGroups, privilege.subjectGroups);
  if (lackingGroups.length) add("privilege-group-missing", `does not name the group ${lackingGroups.join(", ")}`);
  const moreGroups = minus(privilege.subjectGroups, entry.subjectGroups);
  if (moreGroups.length) add("privilege-group-undeclared", `names the undeclared group ${moreGroups.join(", ")}`);
  return result;
}

function minus(all: readonly string[], some: readonly string[]): string[] {
  return all.filter((one) => !some.includes(one));
}
