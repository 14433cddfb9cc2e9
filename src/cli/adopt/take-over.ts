/** Lets the stack take over what is declared and equal: one run of `up` that writes marks, after a look at its plan. */

import { z } from "zod";
import { PULUMI } from "../../engine/command.ts";
import { PingAgentsError } from "../../errors.ts";
import { ADOPT_VARIABLE } from "../../providers/adoption.ts";
import { askPulumi, runPulumi } from "../pulumi.ts";

/** Kinds that live in the state alone. */
const OF_STATE = /:(StackBinding|ProviderBaseline)$/;

const planSchema = z.object({ steps: z.array(z.object({ op: z.string(), urn: z.string() })) });

/**
 * Makes the stack where there is none, and looks at its plan. Writes nothing to the tenant.
 *
 * @param env of the CLI
 * @param equal logical names of resources that are as declared
 * @returns the run that writes the marks; undefined where there is nothing to do. It throws ERR_ADOPTION when it was cut off
 * @throws ERR_ADOPTION where the plan has more than that
 */
export async function takingOver(
  stack: string,
  env: NodeJS.ProcessEnv,
  equal: ReadonlySet<string>,
): Promise<(() => Promise<void>) | undefined> {
  const policy = { ...env, [ADOPT_VARIABLE]: "match" };
  const select = ["--stack", stack];
  const exists = (await askPulumi(["stack", "export", ...select], policy)) !== undefined;
  if (!exists) await succeed(["stack", "init", stack, "--no-select"], policy, "the stack cannot be made");
  const plan = await succeed(["preview", "--json", ...select], policy, "the preview fails; nothing was written");
  const steps = planSchema.parse(JSON.parse(plan)).steps.filter(({ op }) => op !== "same" && op !== "read");
  const others = steps.filter(({ op, urn }) => !isAdoption(op, urn, equal));
  if (others.length > 0) {
    const list = others.map(({ op, urn }) => `${op} ${nameOf(urn)}`);
    const what = ["the plan of the stack has more than that; nothing was written", ...list].join("\n  ");
    throw new PingAgentsError("ERR_ADOPTION", what, {
      hint: `${PULUMI} up, or take it out of the declaration; then run adopt again`,
    });
  }
  if (steps.length === 0) return undefined;
  const up = ["up", "--yes", "--skip-preview", "--suppress-outputs", ...select];
  return async () => void (await succeed(up, policy, "the run that writes the marks was cut off"));
}

function isAdoption(op: string, urn: string, equal: ReadonlySet<string>): boolean {
  const [, , types = "", ...name] = urn.split("::");
  const type = types.split("$").at(-1) ?? "";
  const kind = type.replace("pulumi-nodejs:dynamic/", "");
  const isOurs = kind === type || OF_STATE.test(kind) || equal.has(name.join("::"));
  return isOurs && (op === "create" || (op === "update" && kind === "aic:GrantTypes"));
}

/** Kind and name of a resource. */
const nameOf = (urn: string) => {
  const [, , types = "", ...name] = urn.split("::");
  return `${types.split("$").at(-1)?.replace("pulumi-nodejs:dynamic/", "")} ${name.join("::")}`;
};

/** @returns what it printed. @throws ERR_ADOPTION with what the CLI said */
async function succeed(args: readonly string[], env: NodeJS.ProcessEnv, problem: string): Promise<string> {
  const { code, stdout, stderr } = await runPulumi([...args, "--color", "never"], env);
  if (code === 0) return stdout;
  throw new PingAgentsError("ERR_ADOPTION", `${problem}\n${saidBy(stdout, stderr)}`, {
    hint: "mend what the CLI says, then run adopt again: it goes on",
  });
}

const diagnosticsSchema = z.object({ diagnostics: z.array(z.object({ message: z.string() })) });

/** What the CLI says of a failure: of a plan as data its diagnostics alone. */
function saidBy(stdout: string, stderr: string): string {
  try {
    const { diagnostics } = diagnosticsSchema.parse(JSON.parse(stdout));
    return [...new Set(diagnostics.map(({ message }) => message.trim()))].join("\n");
  } catch {
    return `${stdout}\n${stderr}`.trim();
  }
}
