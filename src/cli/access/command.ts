/** `ping-agents access [env]`: who may do what, what a change gains and loses, and what the tenant has beside it. */

import { writeFileSync } from "node:fs";
import { Command, Option } from "commander";
import type { Access } from "../../access/access.ts";
import type { Findings } from "../../access/findings.ts";
import { PingAgentsError } from "../../errors.ts";
import { SEVERITIES, type Severity } from "../../fields/access-policy.ts";
import { declaredAccess } from "../../platforms.ts";
import { htmlPage } from "../../reports/access/html/page.ts";
import { FORMATS, type Format, render } from "../../reports/access/render.ts";
import { comparisonOf, type Report } from "../../reports/access/report.ts";
import { revision } from "../git.ts";
import { type CheckedDeclaration, declarationAt, declarationOf, environments, environmentsAt } from "../stacks.ts";
import { changeFindings, declaredFindings, failing, NOTHING, subjectAt, tenantFindings } from "./findings.ts";
import { type Answered, answer, answering, type Questions, requireAgent } from "./questions.ts";
import { counted, tenantAccess } from "./tenant.ts";

type Options = Questions & {
  readonly base?: string;
  readonly tenant?: true;
  readonly compare?: true;
  readonly approvedBy: readonly string[];
  readonly failOn?: Severity;
  readonly all?: true;
  readonly format: Format;
  readonly html?: string;
};

/** As the design has it: findings or failed assertions. */
const FOUND = 3;

/** Questions are about some rows, and findings about all. */
const QUESTIONS = ["whoCan", "whatCan", "for"];

/** @returns the command; it only reads. Exit code 3 when an assertion does not hold, or something is found as `--fail-on` says */
export function accessCommand(): Command {
  return new Command("access")
    .description("who may do what: each agent, with which scope, on what, for whom; and what a change does to that")
    .argument("[env]", "environment, that is stacks/<env>.yaml, or path of a file; default: all environments")
    .addOption(
      new Option(
        "--base <ref>",
        "compares with a revision of git: what was gained and lost, a verdict for each agent",
      ).conflicts(["tenant", "compare"]),
    )
    .option("--tenant", "reads the tenant instead of the declaration")
    .addOption(new Option("--compare", "compares the tenant with the declaration").conflicts("tenant"))
    .option("--who-can <scope>", "only who may get this scope; SCOPE@TARGET on one application or resource")
    .option("--what-can <agent>", "only this agent, by its id or name, and those to whom it may hand its token on")
    .option("--for <user>", "only what agents may do for this user")
    .addOption(
      new Option(
        "--fail-on <severity>",
        "exit code 3 when something as bad is found; with --base or --compare, beside what was there",
      )
        .choices(SEVERITIES)
        .conflicts(QUESTIONS),
    )
    .option("--all", "shows what is found for information alone, too")
    .addOption(
      new Option("--approved-by <name>", "with --base: who approved the change; may be given several times")
        .default([], "nobody")
        .argParser((name: string, before: readonly string[]) => [...before, name]),
    )
    .addOption(new Option("--format <format>", "mermaid: a graph for Markdown").choices(FORMATS).default("text"))
    .option("--html <file>", "writes one page as well, with a graph to look through; it needs no network")
    .action(run);
}

async function run(which: string | undefined, options: Options): Promise<void> {
  const names = which === undefined ? environments() : [which];
  const declared = names.map((name) => ({ name, ...declarationOf(name) }));
  const looks: Look[] = [];
  for (const one of declared) looks.push(await look(one, options));
  if (which === undefined && options.base !== undefined) looks.push(...(await gone(declared, options.base, options)));
  requireAgent(
    looks.flatMap(({ before, after }) => [after, ...(before ? [before.access] : [])]),
    options,
  );
  const reports = looks.map((one) => reportOf(one, options));
  if (options.html !== undefined) writePage(options.html, htmlPage(reports));
  process.stdout.write(render(reports, options.format));
  if (looks.some(({ findings }) => findings && failing(findings.open, options.failOn).length > 0))
    process.exitCode = FOUND;
}

/** Writes over what is there: the page of before. @throws ERR_FILE */
function writePage(file: string, html: string): void {
  try {
    writeFileSync(file, html);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new PingAgentsError("ERR_FILE", `${file} cannot be written (${code}); nothing was changed`, {
      hint: "name a file in a folder that exists and may be written",
      cause,
    });
  }
}

/** What is shown of an environment; where something stands before it, both are compared. */
type Look = {
  readonly title: string;
  readonly after: Access;
  readonly before?: { readonly access: Access; readonly called: string };
  /** What rules and assertions say of it; where only some rows are asked for, what may be missing among them. */
  readonly findings?: Findings | undefined;
};

type Named = CheckedDeclaration & { readonly name: string };

async function look(of: Named, options: Options): Promise<Look> {
  const { base, tenant, compare, approvedBy, for: user } = options;
  const users = user === undefined ? [] : [user];
  const { name, files } = of;
  const isAsked = [options.whoCan, options.whatCan, user].some((question) => question !== undefined);
  const said = (findings: Findings) => (isAsked ? hidingIn(findings) : findings);
  const own = declaredAccess(of.declaration, of.placeOf);
  if (tenant || compare) {
    const after = await tenantAccess(of, users);
    return {
      ...{ title: `${name} on the tenant`, after },
      ...(compare && { before: { access: own, called: files.join(" extends ") } }),
      findings: said(tenantFindings({ of, access: after }, compare && own)),
    };
  }
  const now = { of, access: await counted(own, of, users) };
  if (base === undefined) return { title: name, after: now.access, findings: said(declaredFindings(now)) };
  const old = await subjectAt(base, of, (access) => counted(access, of, users));
  const findings = said(changeFindings(now, old, approvedBy));
  return { title: name, after: now.access, before: { access: old?.access ?? NOTHING, called: base }, findings };
}

/** What may hide rows; undefined for nothing. */
function hidingIn({ open }: Findings): Findings | undefined {
  const hiding = open.filter(({ hidesRows }) => hidesRows);
  return hiding.length > 0 ? { open: hiding, accepted: [] } : undefined;
}

/** The environments that a revision has and nobody declares any more. */
async function gone(declared: readonly Named[], base: string, { for: user }: Options): Promise<Look[]> {
  const at = revision(base);
  const looks: Look[] = [];
  const isKept = (old: { readonly name: string; readonly file: string }) =>
    declared.some(({ name, files: [own] }) => name === old.name || own === old.file);
  for (const { name, file } of environmentsAt(at).filter((one) => !isKept(one))) {
    const found = declarationAt(file, at);
    if (!found) continue;
    const own = declaredAccess(found.declaration, found.placeOf);
    const access = await counted(own, { name, ...found }, user === undefined ? [] : [user]);
    looks.push({ title: name, after: NOTHING, before: { access, called: base } });
  }
  return looks;
}

function reportOf({ title, after, before, findings: found }: Look, options: Options): Report {
  const findings = found && { ...found, isWhole: options.all === true || options.failOn === "info" };
  const now = answer(after, options);
  if (!before) return { is: "matrix", title, ...now, agents: answering(now, options), findings };
  const words = { title, of: options.compare ? "tenant" : "change", base: before.called, findings } as const;
  return comparisonOf([whole(answer(before.access, options)), whole(now)], words);
}

/** A row that may be about the person is not left out of a change. */
const whole = ({ rows, unsure, ...rest }: Answered): Access => ({ ...rest, rows: [...rows, ...unsure] });
