/** The privileges of an AI agent as a set: those that nobody declared, and how a repair takes them away (aic §3). */

import { z } from "zod";
import type { IdmObject } from "../../admin-api/aic/idm.ts";
import type { Realm } from "../../fields/aic.ts";
import { privilegeAccess } from "../../fields/undeclared-access.ts";
import { describeMark, isOf, isOfStack, type Mark, markIn, type Owner } from "../owner.ts";
import {
  accessInputs,
  type OwnedAccess,
  repairOf,
  shownAccess,
  type Undeclared,
  warnOfAccess,
} from "../undeclared-access.ts";
import {
  decodePrivilege,
  isEqual,
  PRIVILEGE_FIELDS,
  type Privilege,
  privilegeIdOf,
  privilegeSchema,
} from "./agent-privilege.ts";
import type { AicContext } from "./context.ts";
import { managed } from "./relations.ts";

/** Inputs of an agent about its privileges. */
export const agentAccessInputs = {
  privileges: z
    .record(z.string(), privilegeSchema)
    .optional()
    .describe("The privileges that are declared, by the names of their resources"),
  ...accessInputs(privilegeAccess),
};

/** The agent with what is declared of its access. */
type Agent = z.infer<z.ZodObject<typeof agentAccessInputs>> & { readonly realm: Realm; readonly clientId: string };

/** An agent whose privileges are looked at. */
export type Looked = { readonly agent: Agent; readonly identityId: string; readonly owner: Owner | undefined };

const isStrangers = (mark: Mark, owner: Owner | undefined) => mark.whose === "stack" && !isOfStack(mark, owner);

/** The privileges of an agent that are not declared. */
async function undeclaredPrivileges(context: AicContext, looked: Looked): Promise<Undeclared[]> {
  const { agent, identityId, owner } = looked;
  const rows = await context.privilegesOf(agent.realm, identityId, PRIVILEGE_FIELDS);
  const declared = await declaredAmong(context, rows, looked);
  const others = rows.filter((row) => !declared.has(row));
  return Promise.all(
    others.map(async (row) => {
      const mark = markIn(row.description);
      const text = sentence(await decodePrivilege(context, agent.realm, row));
      return { access: row._id, text, grantedBy: isStrangers(mark, owner) ? describeMark(mark) : undefined };
    }),
  );
}

/**
 * Of the privileges of an agent, the one of each resource: that with its mark, of several the one under the id which this kit
 * gives; else what stands under that id, another stack's only where it allows the same: whose it is, the resource then says. What a
 * resource has not made yet may be there of somebody else: then it is what allows the same, and the resource takes it over, or makes another.
 */
async function declaredAmong(
  context: AicContext,
  rows: readonly IdmObject[],
  { agent, owner }: Looked,
): Promise<ReadonlySet<IdmObject>> {
  const { realm, clientId, privileges = {} } = agent;
  const declared = new Set<IdmObject>();
  const missing: Privilege[] = [];
  for (const [resource, privilege] of Object.entries(privileges)) {
    const id = privilegeIdOf({ realm, agent: clientId, ...privilege });
    const named = rows.filter(({ description }) => isOf(markIn(description), owner && { ...owner, resource }));
    const given = rows.find(({ _id }) => _id === id);
    const isDeclared = async (row: IdmObject) =>
      !isStrangers(markIn(row.description), owner) || isEqual(privilege, await decodePrivilege(context, realm, row));
    const own =
      named.find(({ _id }) => _id === id) ?? named[0] ?? (given && (await isDeclared(given)) ? given : undefined);
    if (own) declared.add(own);
    else missing.push(privilege);
  }
  for (const privilege of missing) {
    for (const row of rows) {
      if (declared.has(row) || isOfStack(markIn(row.description), owner)) continue;
      if (!isEqual(privilege, await decodePrivilege(context, realm, row))) continue;
      declared.add(row);
      break;
    }
  }
  return declared;
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
export async function decodeAccess(context: AicContext, looked: Looked): Promise<Record<string, string> | undefined> {
  const { agent } = looked;
  if (agent.undeclared === undefined) return undefined;
  return shownAccess(await undeclaredPrivileges(context, looked), agent, context.today());
}

/**
 * Takes away what the state shows as undeclared, and says what stays.
 *
 * @param previous what was declared and shown before; `adopted` for an agent that this stack takes over with its access
 */
export async function repairAccess(
  context: AicContext,
  looked: Looked,
  previous: OwnedAccess | "adopted" | undefined,
): Promise<void> {
  const { agent } = looked;
  // A state that was made before access was owned as a set shows nothing: then this run only says what is there.
  const shown = previous === "adopted" ? "all" : previous?.undeclared;
  const nothing = shown !== undefined && shown !== "all" && Object.keys(shown).length === 0;
  if (agent.undeclared === undefined || nothing) return;
  const found = await undeclaredPrivileges(context, looked);
  const { remove, stays } = repairOf(found, shown ?? {}, agent, context.today());
  const collection = managed(agent.realm, "aiagentprivilege");
  for (const { access } of remove) await context.tenant.idm.delete(collection, access);
  warnOfAccess(`aic:AiAgent ${agent.realm}/${agent.clientId}`, stays);
}
