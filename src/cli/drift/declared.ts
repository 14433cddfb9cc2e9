/** What is declared and not brought up yet, as the engine plans it without a look at what was changed by hand. */

import { PingAgentsError } from "../../errors.ts";
import type { Declared, Pending } from "../../reports/drift/report.ts";
import type { Plan } from "../../reports/plan/plan.ts";
import { writing } from "../../reports/preview/report.ts";
import { namedTenant, type Said } from "../../tenants.ts";
import { readPlan } from "../plan/read.ts";
import { declared } from "../preview/environment.ts";

/** Asks the engine; what it cannot plan is said, and is no error. */
export async function declaredIn(stack: string, said: Said): Promise<Declared> {
  const { declared: of, env } = said;
  try {
    const variables = of && namedTenant(of.platform, said).variables;
    return pendingIn(await readPlan("declaration", { stack, env: { ...env, ...variables } }));
  } catch (error) {
    if (error instanceof PingAgentsError) return { unchecked: firstLine(error.message) };
    throw error;
  }
}

/** What a plan of the declaration against the state would write; each entry once for each operation. */
export function pendingIn(plan: Plan): Declared {
  if (!plan.isWhole) {
    const [error] = plan.messages.filter(({ severity }) => severity === "error");
    return { unchecked: firstLine(error?.text ?? "the engine did not plan to its end") };
  }
  const pending = writing(declared(plan).steps).map(({ entry, kind, name, operation }): Pending => {
    return { operation, entry: entry?.join(".") ?? `${kind} ${name}` };
  });
  return { pending: [...new Map(pending.map((one) => [`${one.operation} ${one.entry}`, one])).values()] };
}

const firstLine = (text: string) => text.split("\n")[0] ?? "";
