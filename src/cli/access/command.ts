/** `ping-agents access [env]`: who may do what, what a change gains and loses, and what the tenant has beside it. */

import { Command, Option } from "commander";
import type { Access } from "../../access/access.ts";
import { declaredAccess } from "../../platforms.ts";
import { FORMATS, type Format, render } from "../../reports/access/render.ts";
import { comparisonOf, type Report } from "../../reports/access/report.ts";
import { revision } from "../git.ts";
import { type CheckedDeclaration, declarationAt, declarationOf, environments, environmentsAt } from "../stacks.ts";
import { type Answered, answer, answering, type Questions, requireAgent } from "./questions.ts";
import { counted, tenantAccess } from "./tenant.ts";

type Options = Questions & {
  readonly base?: string;
  readonly tenant?: true;
  readonly compare?: true;
  readonly format: Format;
};

/** @returns the command; it only reads */
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
    .option("--what-can <agent>", "only this agent, by its id or name")
    .option("--for <user>", "only what agents may do for this user")
    .addOption(new Option("--format <format>", "mermaid: a graph for Markdown").choices(FORMATS).default("text"))
    .action(run);
}

async function run(which: string | undefined, options: Options): Promise<void> {
  const names = which === undefined ? environments() : [which];
  const declared = names.map((name) => ({ name, ...declarationOf(name) }));
  const looks: Look[] = [];
  for (const one of declared) looks.push(await look(one, options));
  if (which === undefined && options.base !== undefined) looks.push(...(await gone(names, options.base, options)));
  requireAgent(
    looks.flatMap(({ before, after }) => [after, ...(before ? [before.access] : [])]),
    options,
  );
  process.stdout.write(
    render(
      looks.map((one) => reportOf(one, options)),
      options.format,
    ),
  );
}

/** What is shown of an environment; where something stands before it, both are compared. */
type Look = {
  readonly title: string;
  readonly after: Access;
  readonly before?: { readonly access: Access; readonly called: string };
};

type Named = CheckedDeclaration & { readonly name: string };

async function look(of: Named, { base, tenant, compare, for: user }: Options): Promise<Look> {
  const users = user === undefined ? [] : [user];
  const { name, files } = of;
  const own = declaredAccess(of.declaration, of.placeOf);
  if (tenant) return { title: `${name} on the tenant`, after: await tenantAccess(of, users) };
  if (compare) {
    const after = await tenantAccess(of, users);
    return { title: `${name} on the tenant`, after, before: { access: own, called: files.join(" extends ") } };
  }
  const after = await counted(own, of, users);
  if (base === undefined) return { title: name, after };
  const found = declarationAt(files[0] ?? "", revision(base));
  const before = found ? await counted(declaredAccess(found.declaration, found.placeOf), of, users) : NOTHING;
  return { title: name, after, before: { access: before, called: base } };
}

/** The environments that a revision has and nobody declares any more. */
async function gone(names: readonly string[], base: string, { for: user }: Options): Promise<Look[]> {
  const at = revision(base);
  const looks: Look[] = [];
  for (const { name, file } of environmentsAt(at).filter((one) => !names.includes(one.name))) {
    const found = declarationAt(file, at);
    if (!found) continue;
    const own = declaredAccess(found.declaration, found.placeOf);
    const access = await counted(own, { name, ...found }, user === undefined ? [] : [user]);
    looks.push({ title: name, after: NOTHING, before: { access, called: base } });
  }
  return looks;
}

const NOTHING: Access = { rows: [], agents: [], people: new Map() };

function reportOf({ title, after, before }: Look, options: Options): Report {
  const now = answer(after, options);
  if (!before) return { is: "matrix", title, ...now, agents: answering(now, options) };
  const words = { title, of: options.compare ? "tenant" : "change", base: before.called } as const;
  return comparisonOf([whole(answer(before.access, options)), whole(now)], words);
}

/** A row that may be about the person is not left out of a change. */
const whole = ({ rows, unsure, ...rest }: Answered): Access => ({ ...rest, rows: [...rows, ...unsure] });
