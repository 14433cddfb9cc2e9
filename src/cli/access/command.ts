/** `ping-agents access [env]`: who may do what, and what a change gains and loses. */

import { Command, Option } from "commander";
import type { Access } from "../../access/access.ts";
import { declaredAccess } from "../../platforms.ts";
import { FORMATS, type Format, render } from "../../reports/access/render.ts";
import { comparisonOf, type Report } from "../../reports/access/report.ts";
import { revision } from "../git.ts";
import { type CheckedDeclaration, declarationAt, declarationOf, environments } from "../stacks.ts";
import { answer, type Questions, requireAgent } from "./questions.ts";

type Options = Questions & { readonly base?: string; readonly format: Format };

/** @returns the command; it only reads */
export function accessCommand(): Command {
  return new Command("access")
    .description(
      "who may do what: every agent, with each scope, on what, for whom; with --base, what a change does to it",
    )
    .argument("[env]", "environment, that is stacks/<env>.yaml, or path of a file; default: all environments")
    .option("--base <ref>", "compares with the declaration of a revision of git: gained, lost, and a verdict per agent")
    .option("--who-can <scope>", "only who may get this scope; SCOPE@TARGET for one application or resource")
    .option("--what-can <agent>", "only this agent, by its id or name")
    .option("--for <user>", "only what agents may do for this user")
    .addOption(new Option("--format <format>", "what is printed").choices(FORMATS).default("text"))
    .action(run);
}

async function run(which: string | undefined, { base, format, ...questions }: Options): Promise<void> {
  const all = (which === undefined ? environments() : [which]).map((one) => ({ name: one, ...declarationOf(one) }));
  const sets = all.map(({ name, ...after }) => ({ name, sides: sidesOf(after, base) }));
  requireAgent(
    sets.flatMap(({ sides }) => sides),
    questions,
  );
  const reports = sets.map(({ name, sides }) => reportOf(name, sides, questions, base));
  process.stdout.write(render(reports, format));
}

/** The access of a declaration; before it that of the base, where there is one to compare with. */
function sidesOf(after: CheckedDeclaration, base: string | undefined): readonly [Access] | readonly [Access, Access] {
  const now = accessOf(after);
  if (base === undefined) return [now];
  const before = declarationAt(after.files[0] ?? "", revision(base));
  return [before ? accessOf(before) : NOTHING, now];
}

const NOTHING: Access = { rows: [], agents: [], people: new Map() };

const accessOf = ({ declaration, placeOf }: CheckedDeclaration) => declaredAccess(declaration, placeOf);

function reportOf(
  title: string,
  sides: readonly [Access] | readonly [Access, Access],
  questions: Questions,
  base = "",
): Report {
  const [first, second] = sides;
  if (second) {
    const pair = [answer(first, questions), answer(second, questions)] as const;
    return comparisonOf(pair, { title, of: "change", base });
  }
  return { is: "matrix", title, ...answer(first, questions) };
}
