/** `ping-agents adopt <env>`: takes agents and applications of a tenant into a declaration, and the objects into the stack (decision 0007). */

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { Command, Option } from "commander";
import type { Asked } from "../../adoption/candidate.ts";
import { adoptable, exported } from "../../adoption/clouds.ts";
import { proposed } from "../../adoption/proposal.ts";
import { PULUMI } from "../../engine/command.ts";
import { PingAgentsError } from "../../errors.ts";
import { readText } from "../../stack-files.ts";
import { namedTenant, type Said } from "../../tenants.ts";
import { introduction } from "../tenant/introduction.ts";
import { stackState } from "../tenant/stack-state.ts";
import { FORMATS, type Format, refusals, render, report, unnamed } from "./report.ts";
import { takingOver } from "./take-over.ts";
import { type Head, type Target, targetOf } from "./target.ts";

type Options = Head & {
  readonly agent?: readonly string[];
  readonly application?: readonly string[];
  readonly from?: readonly string[];
  readonly format: Format;
  readonly yes: boolean;
};

const several = (value: string, before: readonly string[] = []) => [...before, value];

/** @returns the command; exit code 1 when something that is declared is not so on the tenant, or a run fails */
export function adoptCommand(): Command {
  return new Command("adopt")
    .description("take agents of a tenant into a declaration with all that they are, and their objects into the stack")
    .argument("<env>", "environment, that is stacks/<env>.yaml, which may be new")
    .addOption(
      new Option("--agent <id>", "only this agent, by client id, name or key; may be given several times").argParser(
        several,
      ),
    )
    .addOption(
      new Option(
        "--application <id>",
        "only this application that is no agent, by client id, name or key; may be given several times, and beside --agent",
      ).argParser(several),
    )
    .addOption(
      new Option(
        "--from <file>",
        "an export of frodo in the place of the tenant; may be given several times. Only the declaration is written",
      ).argParser(several),
    )
    .option("--yes", "write the declaration, and the stack's mark to each object; without it nothing is written", false)
    .addOption(new Option("--format <format>", "of what is printed").choices(FORMATS).default("text"))
    .addOption(new Option("--platform <name>", "of a new declaration").choices(["aic", "pingone"]))
    .addOption(new Option("--realm <name>", "of a new declaration").choices(["alpha", "bravo"]))
    .addOption(new Option("--tier <name>", "of a new declaration").choices(["development", "staging", "production"]))
    .action(run);
}

async function run(stack: string, { agent, application, from, yes, format, ...head }: Options): Promise<void> {
  const target = targetOf(stack, head);
  const asked = { agents: agent, applications: application };
  if (from) return fromExports(target, from, { asked, yes, format });
  const { declaration, file } = target;
  const { env } = process;
  const state = await stackState(["--stack", stack], env);
  const said: Said = { env, config: state.config, declared: { ...declaration, file } };
  for (const line of await introduction(stack, said, state)) console.error(line);
  const [binding] = state.bindings;
  const owner = { stack: binding?.stackId ?? "", name: stack, tenant: binding?.tenant ?? "" };
  const { found, ...tenant } = adoptable(declaration, said, owner);
  const recorded = new Set(state.resources.map(({ name }) => name));
  const proposal = await proposed({
    ...{ ...target, ...tenant, asked, recorded },
    ...{ stack: binding?.stackId, found: await found(application) },
  });
  process.stdout.write(render(target, proposal, report(proposal), format));
  if (proposal.different.length > 0) {
    throw new PingAgentsError("ERR_ADOPTION", `${file} declares what is not so on the tenant; nothing was written`, {
      hint: `mend the entries, or bring them up first: ${PULUMI} up`,
    });
  }
  if (!yes) return console.error("Nothing was written. Next: the same with --yes");
  const { variables } = namedTenant(declaration.platform, said);
  const equal = new Set([...proposal.marked.map(({ resource }) => resource), ...proposal.shared]);
  await takeIn(target, proposal.text, () => takingOver(stack, { ...env, ...variables }, equal));
  console.error(
    `Taken over; secrets stay as they are. Next: ${PULUMI} preview --stack ${stack}, which shows no change`,
  );
}

/** Writes the declaration, then the marks; what was there is put back where the plan refuses. */
async function takeIn(target: Target, text: string, plan: () => ReturnType<typeof takingOver>): Promise<void> {
  write(target, text);
  const up = await plan().catch((error: unknown) => {
    if (target.before === undefined) rmSync(target.file);
    else write(target, target.before);
    throw error;
  });
  await up?.();
}

function write({ file }: Target, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** Writes a declaration of what frodo exported. @throws ERR_FILE, ERR_ADOPTION on PingOne */
async function fromExports(
  target: Target,
  files: readonly string[],
  { asked, yes, format }: Pick<Options, "yes" | "format"> & { readonly asked: Asked },
): Promise<void> {
  const { declaration, file } = target;
  if (declaration.platform !== "aic") {
    throw new PingAgentsError("ERR_ADOPTION", "frodo exports realms of Advanced Identity Cloud; nothing was written", {
      hint: "leave --from out: adopt reads the environment",
    });
  }
  const exports = files.map((one) => ({ file: one, text: readText(one) }));
  const { found, ...realm } = exported(declaration, exports);
  const nobody = { stack: undefined, recorded: new Set<string>() };
  const proposal = await proposed({ ...target, ...realm, ...nobody, asked, found: await found(asked.applications) });
  process.stdout.write(render(target, proposal, [...refusals(proposal), ...unnamed(proposal.text)], format));
  if (!yes) return console.error("Nothing was written. Next: the same with --yes");
  write(target, proposal.text);
  console.log(
    `${file} is written. Next: npx ping-agents validate, then adopt without --from where the tenant has them`,
  );
}
