/** Runs the steps of a workflow as a runner of GitHub does: its expressions, its environment, its shell. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { data, Evaluator, Lexer, Parser } from "@actions/expressions";
import { parse } from "yaml";
import { z } from "zod";
import { projectRoot } from "../../tools/bootstrap/paths.mjs";

const texts = z.record(z.string(), z.string());

const stepSchema = z.strictObject({
  name: z.string().optional(),
  uses: z.string().optional(),
  with: z.record(z.string(), z.unknown()).optional(),
  if: z.string().optional(),
  env: texts.optional(),
  run: z.string().optional(),
});

const workflowSchema = z.object({
  on: z.record(z.string(), z.unknown()),
  permissions: texts,
  defaults: z.object({ run: z.object({ shell: z.string() }) }).optional(),
  jobs: z.record(
    z.string(),
    z.object({
      strategy: z.object({ matrix: z.object({ environment: z.union([z.string(), z.array(z.string())]) }) }).optional(),
      environment: z.string().optional(),
      permissions: texts,
      concurrency: z.object({ group: z.string(), "cancel-in-progress": z.boolean() }),
      env: texts.optional(),
      steps: z.array(stepSchema),
    }),
  ),
});

/** A workflow of `templates/github`. */
export function workflow(name: string) {
  return workflowSchema.parse(parse(readFileSync(join(projectRoot, "templates", "github", `${name}.yml`), "utf8")));
}

/** What expressions may name. */
export type Contexts = {
  readonly github: { readonly event: object; readonly [name: string]: unknown };
  readonly inputs?: Readonly<Record<string, string | boolean>>;
  readonly vars?: Readonly<Record<string, string>>;
  readonly secrets?: Readonly<Record<string, string>>;
};

/** The environments for which the job of a workflow runs, one after the other. */
export function environmentsOf(name: string, contexts: Pick<Contexts, "inputs">): string[] {
  const [job] = Object.values(workflow(name).jobs);
  const said = job?.strategy?.matrix.environment ?? [];
  if (typeof said !== "string") return said;
  const value = meaning(said.replace(/^\$\{\{|\}\}$/g, ""), contexts, true);
  return JSON.parse(JSON.stringify(value, data.replacer));
}

/** How GitHub starts each shell: without `shell: bash` a failure within a pipe is none. */
const SHELLS: Readonly<Record<string, readonly string[]>> = {
  bash: ["--noprofile", "--norc", "-eo", "pipefail"],
  none: ["-e"],
};

/** How a job ended: whether all its steps did well, and what they printed. */
export type Ended = { readonly ok: boolean; readonly output: string; readonly summary: string; readonly ran: string[] };

/**
 * Runs the only job of a workflow, for its first environment, in a clone that is ready: what sets a runner up is left out.
 *
 * @param env what the runner has beside what the workflow says; files of the runner come into `RUNNER_TEMP`
 */
export async function runWorkflow(
  name: string,
  folder: string,
  given: Contexts,
  env: Readonly<Record<string, string>> & { readonly RUNNER_TEMP: string },
): Promise<Ended> {
  const { jobs, defaults } = workflow(name);
  const [job] = Object.values(jobs);
  if (!job) throw new Error(`${name} has no job`);
  const contexts = { ...given, matrix: { environment: environmentsOf(name, given)[0] } };
  const files = Object.fromEntries(
    ["GITHUB_EVENT_PATH", "GITHUB_STEP_SUMMARY"].map((variable) => [
      variable,
      join(env.RUNNER_TEMP, `${variable}-${name}`),
    ]),
  );
  writeFileSync(files.GITHUB_EVENT_PATH ?? "", JSON.stringify(contexts.github.event));
  writeFileSync(files.GITHUB_STEP_SUMMARY ?? "", "");
  const own = evaluated(job.env ?? {}, contexts, true);
  const shell = SHELLS[defaults?.run.shell ?? "none"] ?? [];
  let ok = true;
  let output = "";
  const ran: string[] = [];
  for (const step of job.steps) {
    const all = { ...contexts, env: own };
    const condition = (step.if ?? "success()").replace(/^\$\{\{|\}\}$/g, "");
    const isStatus = /\b(success|failure|always|cancelled)\(/.test(condition);
    const run = isTrue(isStatus ? condition : `success() && (${condition})`, all, ok);
    if (!run || !step.run || step.name === "Install") continue;
    ran.push(step.name ?? step.run);
    const child = spawn("bash", [...shell, "-c", step.run], {
      cwd: folder,
      env: { ...env, ...files, ...own, ...evaluated(step.env ?? {}, all, ok) },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const [[code], ...said] = await Promise.all([once(child, "exit"), text(child.stdout), text(child.stderr)]);
    output += said.join("");
    if (code !== 0) ok = false;
  }
  return { ok, output, summary: readFileSync(files.GITHUB_STEP_SUMMARY ?? "", "utf8"), ran };
}

/** The values with each `${{ }}` in them put in. */
function evaluated(values: Readonly<Record<string, string>>, contexts: object, ok: boolean) {
  const put = (value: string) =>
    value.replaceAll(/\$\{\{(.*?)\}\}/g, (_, expression) => meaning(expression, contexts, ok).coerceString());
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, put(value)]));
}

function isTrue(expression: string, contexts: object, ok: boolean): boolean {
  const result = meaning(`(${expression}) && true || false`, contexts, ok);
  return result.coerceString() === "true";
}

/** What an expression means, as GitHub's own library has it. */
function meaning(expression: string, contexts: object, ok: boolean): data.ExpressionData {
  const status = Object.entries({ success: ok, failure: !ok, always: true, cancelled: false }).map(([name, is]) => ({
    name,
    minArgs: 0,
    maxArgs: 0,
    call: () => new data.BooleanData(is),
  }));
  const functions = new Map(status.map((one) => [one.name, one]));
  const dictionary = JSON.parse(JSON.stringify(contexts), data.reviver) as data.Dictionary;
  const parser = new Parser(new Lexer(expression).lex().tokens, Object.keys(contexts), status);
  return new Evaluator(parser.parse(), dictionary, functions).evaluate();
}
