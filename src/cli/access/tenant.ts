/** What `ping-agents access` and `preview` ask the tenant: which it is, all access, or how many people are in groups. */

import type { Access } from "../../access/access.ts";
import { AdminApiError } from "../../admin-api/http/errors.ts";
import type { CallOptions } from "../../admin-api/http/transport.ts";
import { PingAgentsError } from "../../errors.ts";
import { namedTenant, type Said } from "../../tenants.ts";
import type { CheckedDeclaration } from "../stacks.ts";
import { introduction } from "../tenant/introduction.ts";
import { type StackState, stackState } from "../tenant/stack-state.ts";

/** Numbers are worth a short wait. */
const QUICK: CallOptions = { deadlineMs: 10_000, operationDeadlineMs: 20_000, retries: 1 };

type Of = CheckedDeclaration & { readonly name: string };

/** Stacks of environments that were introduced. */
const known = new WeakMap<Of, Promise<Introduced>>();

/** The stack of an environment whose tenant is known to be the stack's. */
export type Introduced = {
  readonly said: Said;
  readonly state: StackState;
  /** Which tenant it is, a line for each. */
  readonly lines: readonly string[];
};

/**
 * The stack of an environment, once its tenant is known to be the stack's; says which it is, once for an environment as it was read.
 *
 * @throws ERR_OTHER_TENANT, ERR_PULUMI_CLI, SettingError
 */
export function introduced(of: Of): Promise<Introduced> {
  const stack = known.get(of) ?? introduce(of);
  known.set(of, stack);
  return stack;
}

async function introduce(of: Of): Promise<Introduced> {
  const { state, said } = await stackOf(of);
  const lines = await introduction(of.name, said, state);
  for (const line of lines) console.error(line);
  return { said, state, lines };
}

/** The stack of an environment, and what says on which tenant it is; asks no tenant. */
export async function stackOf({ name, declaration, placeOf }: Of): Promise<Omit<Introduced, "lines">> {
  const { env } = process;
  const state = await stackState(["--stack", name], env);
  return { state, said: { env, config: state.config, declared: { ...declaration, file: placeOf(["tenant"]).file } } };
}

/**
 * Who may do what on the tenant, which is named first.
 *
 * @throws AdminApiError, SettingError, ERR_OTHER_TENANT, ERR_PULUMI_CLI
 */
export async function tenantAccess(of: Of, users: readonly string[]): Promise<Access> {
  const { said } = await introduced(of);
  const { liveTenant } = await import("../../live-access.ts");
  return liveTenant(of.declaration, said).access(users);
}

/**
 * The access with the groups counted that the declaration does not count itself, where the environment has an account of the
 * tenant, which is named first; a tenant or a CLI that does not answer leaves them unknown.
 *
 * @throws ERR_OTHER_TENANT, SettingError
 */
export async function counted(access: Access, of: Of, users: readonly string[]): Promise<Access> {
  const { declaration, placeOf } = of;
  const shell: Said = { env: process.env, declared: { ...declaration, file: placeOf(["tenant"]).file } };
  const open = access.rows.filter(({ subject }) => subject.is === "group" && !access.people.has(subject.name));
  if (open.length === 0 || namedTenant(declaration.platform, shell).missing) return access;
  try {
    const { said } = await introduced(of);
    const { liveTenant } = await import("../../live-access.ts");
    const people = await liveTenant(declaration, said, QUICK).people(access.rows, users);
    return { ...access, people: new Map([...people, ...access.people]) };
  } catch (error) {
    const isUnanswered = error instanceof PingAgentsError && error.code === "ERR_PULUMI_CLI";
    if (!isUnanswered && !(error instanceof AdminApiError)) throw error;
    console.error(`Groups were not counted: ${error.message.split("\n")[0]}`);
    return access;
  }
}
