/**
 * Who holds a role on an application. PingOne lists role assignments by their holder only (pingone §5.7), so all holders are
 * asked, once for all applications of a refresh, and only where they are few.
 */

import { AdminApiError } from "../../admin-api/http/errors.ts";
import { isRecord } from "../../admin-api/http/json.ts";
import type { PingOneCollection, PingOneObject } from "../../admin-api/pingone/collection.ts";
import type { Holder, PingOneEnvironment } from "../../admin-api/pingone/environment.ts";
import { PingAgentsError, type Where } from "../../errors.ts";
import type { PingOneContext } from "./context.ts";

/** Users, and groups, above which nobody looks for undeclared owners: each of them is a call. */
const MOST_HOLDERS = 200;

/** A role that somebody holds on an application. */
export type HeldRole = {
  readonly holder: Holder;
  readonly holderId: string;
  /** User name, or name of the group as an owner's id has it. */
  readonly label: string;
  /** Name of the role. */
  readonly role: string;
  readonly assignment: PingOneObject;
};

/** Every role that a user or group of the environment holds on an application. */
export async function rolesOn(
  context: PingOneContext,
  environment: PingOneEnvironment,
  application: string,
): Promise<HeldRole[]> {
  const list = () => allRoles(context, environment);
  const rows = (await context.shared(`${environment.id} held roles`, list)).filter(
    ({ assignment }) => isRecord(assignment.scope) && assignment.scope.id === application,
  );
  const roleIds = rows.map(({ assignment }) => (isRecord(assignment.role) ? String(assignment.role.id) : ""));
  const roles = await context.names(environment.id).namesOf("roles", roleIds);
  return rows.map((row, index) => ({ ...row, role: roles[index] ?? "" }));
}

async function allRoles(context: PingOneContext, environment: PingOneEnvironment): Promise<Omit<HeldRole, "role">[]> {
  const of = async (holder: Holder, label: (row: PingOneObject) => string) => {
    const holders = await environment[holder].listUpTo(MOST_HOLDERS);
    if (!holders) return unseen(environment, holder, `the environment has more than ${MOST_HOLDERS} of them`);
    const held = holders.map(async (row) => {
      const assignments = await rolesOf(context, environment, holder, row.id);
      return assignments.map((assignment) => ({ holder, holderId: row.id, label: label(row), assignment }));
    });
    return (await Promise.all(held)).flat();
  };
  // Who declares no owners need not let the worker read people.
  const ifAllowed = (holder: Holder, label: (row: PingOneObject) => string) =>
    of(holder, label).catch((error: unknown) => {
      if (!(error instanceof AdminApiError) || error.code !== "ERR_API_FORBIDDEN") throw error;
      return unseen(environment, holder, "the worker may not read them");
    });
  const [users, groups] = await Promise.all([
    ifAllowed("users", ({ username }) => String(username)),
    ifAllowed("groups", ({ name }) => `group ${name}`),
  ]);
  return [...users, ...groups];
}

/** The role assignments of one user or group. */
export const rolesOf = (context: PingOneContext, environment: PingOneEnvironment, holder: Holder, id: string) =>
  context.rows(`${environment.id} roleAssignments ${id}`, environment.roleAssignments(holder, id));

const said = new Set<string>();

/** Says once that nobody looked, and finds nothing. */
function unseen({ id }: PingOneEnvironment, holder: Holder, why: string): never[] {
  const what = `which ${holder} of environment ${id} own applications was not looked for: ${why}`;
  if (!said.has(what)) console.warn(`warning: ${what}; audit owners in the console`);
  said.add(what);
  return [];
}

/**
 * Takes a role away.
 *
 * @throws ERR_READ_ONLY where the worker may not
 */
export async function removeRole(assignments: PingOneCollection, assignment: PingOneObject, where: Where) {
  if (assignment.readOnly === true) {
    throw new PingAgentsError("ERR_READ_ONLY", "PingOne does not let this worker take the role away", {
      where,
      hint: "take it away in the console, or give the worker the same role; then run the command again",
    });
  }
  await assignments.delete(assignment.id);
}
