/** `ping-agents drift [env]`: what somebody changed on the tenant by hand, how bad that is, and what nobody can tell. */

import { writeFileSync } from "node:fs";
import { Command, InvalidArgumentError, Option } from "commander";
import type { EntryId } from "../../adoption/candidate.ts";
import { valueAt } from "../../declaration/change.ts";
import { answered } from "../../drift/allowance.ts";
import { CLASSES, type Class, classes, type Finding } from "../../drift/finding.ts";
import { PULUMI } from "../../engine/command.ts";
import { PingAgentsError } from "../../errors.ts";
import { day, utcDay } from "../../fields/undeclared-access.ts";
import { FORMATS, type Format, render } from "../../reports/drift/render.ts";
import { type DriftReport, outcomeOf } from "../../reports/drift/report.ts";
import { readText } from "../../stack-files.ts";
import type { Said } from "../../tenants.ts";
import { type CheckedDeclaration, declarationOf, defaultEnvironment, parsedDeclaration } from "../stacks.ts";
import { introduction } from "../tenant/introduction.ts";
import { type StackState, stackState } from "../tenant/stack-state.ts";
import { type Accepting, acceptanceText, accepted } from "./accept.ts";
import { declaredIn } from "./declared.ts";
import { type Answer, withIgnored } from "./ignore.ts";
import { previewRepair, repair, repairCommand } from "./repair.ts";

type Options = {
  readonly failOn: Class;
  readonly format: Format;
  /** Whether the engine is asked, too, what is declared and not brought up. */
  readonly plan: boolean;
  readonly fix?: true;
  readonly accept?: true;
  readonly yes?: true;
  /** Who answers for what is there. */
  readonly writeIgnore?: string;
  readonly reason: string;
  readonly expires: string;
};

/** Milliseconds. */
const MONTH = 30 * 86_400_000;

/** As the design has it; the engine's own check, `pulumi refresh --expect-no-changes`, ends with 7. */
const EXIT = { "in-sync": 0, unknown: 1, differs: 2 } as const;

/** @returns the command; unless --yes asks for a repair it writes neither to the tenant nor to the state. Exit code 2 for drift, 1 where something is unreadable */
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
    .option("--no-plan", "does not ask the engine what is declared and not brought up yet, which takes a few seconds")
    .option("--fix", "shows what pulumi up --refresh would do about it")
    .addOption(
      new Option(
        "--accept",
        "shows what would make the declaration say what the tenant has, and what it cannot say",
      ).conflicts(["fix", "writeIgnore"]),
    )
    .option("--yes", "does what --fix shows, and looks again; with --accept: writes the declaration")
    .addOption(
      new Option(
        "--write-ignore <owner>",
        "writes an entry of allow for each difference into the declaration; the owner answers for it",
      ).conflicts("fix"),
    )
    .option("--reason <text>", "with --write-ignore: why it may stay", `on the tenant when drift looked, ${utcDay()}`)
    .addOption(
      new Option("--expires <day>", "with --write-ignore: the last day, YYYY-MM-DD")
        .default(utcDay(new Date(Date.now() + MONTH)), "30 days from now")
        .argParser(lastDay),
    )
    .addOption(new Option("--format <format>", "what is printed").choices(FORMATS).default("text"))
    .action(run);
}

function lastDay(text: string): string {
  const { data, error } = day.safeParse(text);
  if (data === undefined) throw new InvalidArgumentError(error?.issues[0]?.message ?? "expected a day");
  return data;
}

async function run(environment: string | undefined, options: Options): Promise<void> {
  const { failOn, format, plan, accept: isAccepted, yes, writeIgnore: owner, reason, expires } = options;
  const fix = options.fix || (yes && !isAccepted);
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
  const declared = plan ? await declaredIn(stack, read.said) : undefined;
  process.stdout.write(render({ ...report, declared }, outcome, format));
  process.exitCode = EXIT[outcome];
  if (isDrift && owner !== undefined) ignore(read.of, found.findings, { owner, reason, expires });
  if (isDrift && isAccepted) await accept(stack, read, found.findings, yes === true);
  if (!isDrift || !fix || yes) return;
  const next = `Next: ${repairCommand({ stack })}, or the same command with --yes`;
  process.stderr.write(`\n${await previewRepair({ stack, ...read })}\n${next}\n`);
}

/** Writes the entries into the environment's own file, and says so. @throws ERR_FILE */
function ignore({ files: [file = ""], value }: CheckedDeclaration, findings: readonly Finding[], answer: Answer): void {
  write(file, withIgnored(readText(file), value, findings, answer));
  process.stderr.write(`\n${findings.length} entries of allow written to ${file}: review them\n`);
}

/** Shows what the environment's own file would say, or writes it. @throws ERR_FILE, AdminApiError */
async function accept(stack: string, read: Read, findings: readonly Finding[], isMeant: boolean): Promise<void> {
  const {
    files: [file = ""],
    declaration,
  } = read.of;
  const text = readText(file);
  const parse = (instead: string) => parsedDeclaration(stack, new Map([[file, instead]]));
  const partOf = await partsIn(read, findings);
  const acceptance = accepted({ platform: declaration.platform, text, parse, partOf }, findings);
  if (isMeant) write(file, acceptance.text);
  process.stderr.write(`\n${acceptanceText(file, text, acceptance, isMeant)}`);
}

/** What access that nobody declared is as a part of an entry, read as an adoption reads it: only where there is such access. */
async function partsIn(
  { of: { declaration, value }, said }: Read,
  findings: readonly Finding[],
): Promise<Accepting["partOf"]> {
  if (!findings.some(({ isUndeclared }) => isUndeclared)) return () => undefined;
  const { adoptable } = await import("../../adoption/clouds.ts");
  const { candidates } = await adoptable(declaration, said, { stack: "", name: "", tenant: "" }).found();
  const isDeclared = (id: EntryId) => valueAt(value, pathOfEntry(id)) !== undefined;
  return ({ at: [section, key, ...path], access }) => {
    const candidate = candidates.find((one) => one.section === section && one.key === key);
    return candidate?.parts(isDeclared)[[...path, access].join("/")];
  };
}

const pathOfEntry = (id: EntryId) => [id.slice(0, id.indexOf("/")), id.slice(id.indexOf("/") + 1)];

/** @throws ERR_FILE */
function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new PingAgentsError("ERR_FILE", `${file} cannot be written (${code}); nothing was changed`, { cause });
  }
}

async function look(stack: string, { of, said, state }: Read): Promise<DriftReport> {
  const { driftOf } = await import("../../live-drift.ts");
  const { platform } = of.declaration;
  const resources = state.resources.filter((one) => one.platform === platform);
  const { findings, ...drift } = await driftOf(platform, { said, resources });
  return { title: stack, ...drift, ...answered(findings, of.declaration.allow, utcDay()) };
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
    hint: `${PULUMI} up --stack ${stack}; or, where it was brought up: ${PULUMI} login to where its state is`,
  });
}
