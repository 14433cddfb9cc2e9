/** The privileges of an AI agent as a set: those that nobody declared, and how a repair takes them away (aic §3). */

import { z } from "zod";
import { privilegeAccess } from "../../fields/undeclared-access.ts";
import { accessInputs, repairOf, shownAccess, type Undeclared, warnOfAccess } from "../undeclared-access.ts";
import { decodePrivilege, isEqual, PRIVILEGE_FIELDS, privilegeIdOf, privilegeSchema } from "./agent-privilege.ts";
import type { AicContext } from "./context.ts";
import { managed } from "./relations.ts";

/** Inputs of an agent about its privileges. */
export const agentAccessInputs = {
  /** The privileges that are declared, by the names of their resources. */
  privileges: z.record(z.string(), privilegeSchema).optional(),
  ...accessInputs(privilegeAccess),
};

/** The agent with what is declared of its access. */
type Agent = z.infer<z.ZodObject<typeof agentAccessInputs>> & { readonly realm: string; readonly clientId: string };

/** The privileges of an agent that are not declared. @param identityId of the identity to which they belong */
async function undeclaredPrivileges(context: AicContext, agent: Agent, identityId: string): Promise<Undeclared[]> {
  const { realm, clientId, privileges = {} } = agent;
  const declared = Object.values(privileges).map((privilege) => {
    return { privilege, id: privilegeIdOf({ realm, agent: clientId, ...privilege }) };
  });
  const rows = await context.privilegesOf(realm, identityId, PRIVILEGE_FIELDS);
  // What is declared and not there yet may be what somebody made by hand: its own resource takes that over, or makes another.
  const missing = declared.filter(({ id }) => !rows.some(({ _id }) => _id === id));
  const found: Undeclared[] = [];
  for (const row of rows) {
    if (declared.some(({ id }) => id === row._id)) continue;
    const seen = await decodePrivilege(context, realm, row);
    const equal = missing.findIndex(({ privilege }) => isEqual(privilege, seen));
    if (equal >= 0) missing.splice(equal, 1);
    else found.push({ access: row._id, text: sentence(seen) });
  }
  return found;
}

/** Who, where, what. */
function sentence({
  subjects,
  subjectGroups,
  application,
  scopes,
}: Awaited<ReturnType<typeof decodePrivilege>>): string {
  const who = [...subjects.map((user) => `user ${user}`), ...subjectGroups.map((group) => `group ${group}`)];
  const where = typeof application === "string" ? application : "an application without a client";
  return `${who.join(", ") || "for itself"} on ${where}: ${scopes === "all" ? "all scopes" : scopes.join(", ")}`;
}

/** What the input `undeclared` shows of an agent; undefined where its access is not owned as a set. */
export async function decodeAccess(context: AicContext, agent: Agent, identityId: string) {
  if (agent.undeclared === undefined) return undefined;
  return shownAccess(await undeclaredPrivileges(context, agent, identityId), agent, context.today());
}

/**
 * Takes away what the state shows as undeclared, and says what stays.
 *
 * @param previous what was declared and shown before; undefined for an agent that a create found
 * @param isOwn whether a create of this stack had made the agent that was found
 */
export async function repairAccess(
  context: AicContext,
  agent: Agent,
  previous: Agent | undefined,
  { identityId, isOwn }: { readonly identityId: string; readonly isOwn: boolean },
): Promise<void> {
  const { realm, clientId, undeclared } = agent;
  // A state that was made before access was owned as a set shows nothing: then this run only says what is there.
  const shown = previous || isOwn ? (previous?.undeclared ?? {}) : "all";
  const nothing = previous?.undeclared && Object.keys(previous.undeclared).length === 0;
  if (undeclared === undefined || nothing) return;
  const found = await undeclaredPrivileges(context, agent, identityId);
  const { remove, stays } = repairOf(found, shown, agent, context.today());
  for (const { access } of remove) await context.tenant.idm.delete(managed(realm, "aiagentprivilege"), access);
  warnOfAccess(`aic:AiAgent ${realm}/${clientId}`, stays);
}
