/** `ping-agents drift [env]`: what somebody changed on the tenant by hand, how bad that is, and what nobody can tell. */

import { Command, Option } from "commander";
import { CLASSES, type Class, classes } from "../../drift/finding.ts";
import { PingAgentsError } from "../../errors.ts";
import { FORMATS, type Format, render } from "../../reports/drift/render.ts";
import { type DriftReport, outcomeOf } from "../../reports/drift/report.ts";
import type { Said } from "../../tenants.ts";
import { type CheckedDeclaration, declarationOf, defaultEnvironment } from "../stacks.ts";
import { introduction } from "../tenant/introduction.ts";
import { type StackState, stackState } from "../tenant/stack-state.ts";
import { previewRepair, repair, repairCommand } from "./repair.ts";

type Options = { readonly failOn: Class; readonly format: Format; readonly fix?: true; readonly yes?: true };

/** As the design has it; the engine's own check, `pulumi refresh --expect-no-changes`, ends with 7. */
const EXIT = { "in-sync": 0, unknown: 1, differs: 2 } as const;

/** @returns the command; unless --fix --yes asks for a repair it writes neither to the tenant nor to the state. Exit code 2 for drift, 1 where something is unreadable */
export function driftCommand(): Command {
  const severities = classes.map((one) => `${one}: ${CLASSES[one]}`).join(", ");
  return new Command("drift")
    .description("compare a stack with its tenant: what was changed by hand, the worst first")
    .argument("[env]", "environment, that is stacks/<env>.yaml; default: the only one, else dev")
    .addOption(
      new Option("--fail-on <class>", `exit code 2 for what is as bad, the worst first: ${severities}`)
        .choices(classes)
        .default("cosmetic", "any"),
    )
    .option("--fix", "shows what pulumi up --refresh would do about it")
    .addOption(new Option("--yes", "with --fix: does it, and looks again").implies({ fix: true }))
    .addOption(new Option("--format <format>", "what is printed").choices(FORMATS).default("text"))
    .action(run);
}

async function run(environment: string | undefined, { failOn, format, fix, yes }: Options): Promise<void> {
  const stack = environment ?? defaultEnvironment();
  const read = await readState(stack);
  for (const line of read.introduction) console.error(line);
  const found = await look(stack, read);
  const isDrift = found.findings.length > 0;
  if (isDrift && fix && yes) {
    process.stderr.write(`${render(found, outcomeOf(found, failOn), "text")}\n${await repair({ stack, ...read })}`);
  }
  const report = isDrift && fix && yes ? await look(stack, await readState(stack)) : found;
  const outcome = outcomeOf(report, failOn);
  process.stdout.write(render(report, outcome, format));
  process.exitCode = EXIT[outcome];
  if (!isDrift || !fix || yes) return;
  const next = `Next: ${repairCommand({ stack })}, or the same command with --yes`;
  process.stderr.write(`\n${await previewRepair({ stack, ...read })}\n${next}\n`);
}

async function look(stack: string, { of, said, state }: Read): Promise<DriftReport> {
  const { driftOf } = await import("../../live-drift.ts");
  const { platform } = of.declaration;
  const resources = state.resources.filter((one) => one.platform === platform);
  return { title: stack, ...(await driftOf(platform, { said, resources })) };
}

type Read = {
  readonly of: CheckedDeclaration;
  readonly said: Said;
  readonly state: StackState;
  /** Lines that say which tenant it is about. */
  readonly introduction: readonly string[];
};

/**
 * What a stack left behind, once its tenant is known to be the stack's.
 *
 * @throws ERR_NO_STATE, ERR_OTHER_TENANT, SettingError, DeclarationError
 */
async function readState(stack: string): Promise<Read> {
  const { env } = process;
  const of = declarationOf(stack);
  const state = await stackState(["--stack", stack], env);
  const said = { env, config: state.config, declared: { ...of.declaration, file: of.placeOf(["tenant"]).file } };
  const lines = await introduction(stack, said, state);
  if (state.bindings.length > 0 || state.unbound.length > 0) return { of, said, state, introduction: lines };
  throw new PingAgentsError("ERR_NO_STATE", `the stack ${stack} has nothing to compare the tenant with`, {
    hint: `npx pulumi up --stack ${stack}; or, where it was brought up: npx pulumi login to where its state is`,
  });
}
