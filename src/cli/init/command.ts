/** `ping-agents init [DIR]`: a project of one's own, with a first agent. */

import { basename, join, relative, resolve } from "node:path";
import { Command, Option } from "commander";
import type { Pattern } from "../../declaration/shared-fields.ts";
import { PingAgentsError } from "../../errors.ts";
import { type PlatformName, platforms } from "../../platforms.ts";
import { askChoice } from "../prompts.ts";
import { needed, projectFiles } from "./project.ts";
import { type Outcome, textAt, writeProject } from "./write.ts";

type Options = {
  readonly platform?: PlatformName;
  readonly realm?: keyof typeof REALMS;
  readonly pattern?: Pattern;
  readonly name?: string;
  readonly yes: boolean;
};

/** What can be chosen, with what people read; the first is the default. */
const PLATFORMS = { aic: platforms.aic.title, pingone: platforms.pingone.title } satisfies Record<PlatformName, string>;
const REALMS = { alpha: "alpha", bravo: "bravo" };
const PATTERNS: Readonly<Record<Pattern, string>> = {
  autonomous: "autonomous: acts for itself, with a token of its own",
  "on-behalf-of": "on-behalf-of: acts for a user, whose token it exchanges",
  approved: "approved: asks the user for each approval (CIBA)",
};

/** @returns the command; exit code 1 when nothing was written for a mistake */
export function initCommand(): Command {
  const choice = (flags: string, what: string, of: object) => new Option(flags, what).choices(Object.keys(of));
  return new Command("init")
    .description("make a project: program, declarations of three environments, workflows. Overwrites nothing")
    .argument("[dir]", "folder of the project, which may be new", ".")
    .addOption(choice("--platform <name>", "cloud that the agents are on", PLATFORMS))
    .addOption(choice("--realm <name>", "realm of the tenant, on Advanced Identity Cloud", REALMS))
    .addOption(choice("--pattern <name>", "of the first agent", PATTERNS))
    .option("--name <name>", "of the Pulumi project; default: that of the folder")
    .option("--yes", "ask nothing: what no flag says is aic, alpha, autonomous", false)
    .action(run);
}

async function run(dir: string, options: Options): Promise<void> {
  const folder = resolve(dir);
  const name = nameOf(options.name, folder);
  const given = manifestIn(folder);
  const platform = options.platform ?? (await chosen("platform", PLATFORMS, options));
  if (platform !== "aic" && options.realm !== undefined) {
    throw new PingAgentsError("ERR_INIT", `${PLATFORMS[platform]} has no realms; nothing was written`, {
      hint: "leave --realm out, or say --platform aic",
    });
  }
  const realm = platform === "aic" ? (options.realm ?? (await chosen("realm", REALMS, options))) : "";
  const pattern = options.pattern ?? (await chosen("pattern", PATTERNS, options));
  const files = await projectFiles({ name, platform, realm, pattern }, given === undefined || given.type === "module");
  const outcomes = writeProject(folder, files);
  for (const { path, secret } of files) {
    const outcome = outcomes.get(path) ?? "";
    console.log(`${outcome.padEnd(9)} ${join(dir, path)}`);
    if (secret && outcome === "written")
      console.log(`${outcome.padEnd(9)} ${join(dir, secret.path)}: private key, for the agent's secret store`);
  }
  for (const line of [...notes(outcomes, folder, given), ...next(folder)]) console.log(line);
}

/** What a flag would have said: asked for, or by `--yes` the first that can be chosen. @throws ERR_INIT where nobody answers */
async function chosen<T extends string>(
  flag: string,
  choices: Readonly<Record<T, string>>,
  { yes }: Options,
): Promise<T> {
  if (yes) return (Object.keys(choices) as T[])[0] as T;
  const answer = await askChoice(`Which ${flag}`, choices);
  if (answer !== undefined) return answer;
  throw new PingAgentsError("ERR_INIT", `nobody says which ${flag}; nothing was written`, {
    hint: `add --${flag} ${Object.keys(choices).join("|")}, or --yes for the defaults`,
  });
}

/** A name that Pulumi takes for a project. @throws ERR_INIT for one that it does not */
function nameOf(said: string | undefined, folder: string): string {
  const name = said ?? (basename(folder).replace(/[^\w.-]+/g, "-") || "agents");
  if (/^[\w.-]{1,100}$/.test(name)) return name;
  throw new PingAgentsError("ERR_INIT", "this is no name of a Pulumi project; nothing was written", {
    where: { field: "--name" },
    hint: "use letters, digits, hyphens, underscores and dots, 100 at most",
  });
}

type Manifest = { readonly type?: unknown; readonly [section: string]: unknown };

/** The `package.json` that is there, if any. @throws ERR_INIT for one that is no JSON */
function manifestIn(folder: string): Manifest | undefined {
  const text = textAt(join(folder, "package.json"));
  if (text === undefined) return undefined;
  try {
    return { ...JSON.parse(text) };
  } catch (cause) {
    throw new PingAgentsError("ERR_INIT", "package.json is no JSON; nothing was written", {
      where: { file: join(folder, "package.json") },
      hint: "mend it",
      cause,
    });
  }
}

/** What to look at where files were kept. */
function notes(outcomes: ReadonlyMap<string, Outcome>, folder: string, given: Manifest = {}): string[] {
  const isKept = (path: string) => outcomes.get(path) === "kept";
  const ignored = textAt(join(folder, ".gitignore"))?.split(/\r?\n/) ?? [];
  const open = needed.ignored.filter((line) => !ignored.includes(line));
  const has = { ...Object(given.dependencies), ...Object(given.devDependencies) };
  const packages = Object.entries(needed.packages).flatMap(([name, version]) =>
    name in has ? [] : [`${name}@${version}`],
  );
  return [
    ...([...outcomes.values()].includes("kept")
      ? ["What was kept is not as init writes it, and was not touched."]
      : []),
    ...(isKept(".gitignore") && open.length > 0 ? [`.gitignore leaves out too little: add ${open.join(", ")}`] : []),
    ...(isKept("package.json") && packages.length > 0
      ? [`package.json lacks packages: npm install ${packages.join(" ")}`]
      : []),
  ];
}

const next = (folder: string): string[] => [
  "Next:",
  ...(relative(".", folder) === "" ? [] : [`  cd ${relative(".", folder)}`]),
  "  npm install",
  "  npx ping-agents validate",
  "  and the commands of README.md",
];
