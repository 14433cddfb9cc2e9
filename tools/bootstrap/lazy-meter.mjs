// The CLI's meter of passwords, changed to read its dictionaries when `pulumi config set` first asks it: at every start of the CLI they are two
// fifths of the time. Go builds no module with a file exchanged, but one from another folder.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "./failure.mjs";
import { run } from "./run.mjs";

const meter = "github.com/ccojocar/zxcvbn-go";

/** What stands in a file of it, and what instead. Whoever asks for matches loads what is not there, so that nothing else has to change. */
export const changes = [
  { file: "frequency/frequency.go", from: "func init() {\n", to: "func Load() {\n" },
  { file: "matching/matching.go", from: "func init() {\n\tloadFrequencyList()\n}\n", to: "" },
  {
    file: "matching/matching.go",
    from: "func loadFrequencyList() {\n",
    to: "func loadFrequencyList() {\n\tfrequency.Load()\n",
  },
];

/**
 * Writes the changed module, and a go.mod that names it.
 *
 * @param {string} folder where to; whoever made it removes it
 * @param {string} cwd folder of the go.mod of the CLI, whose modules are downloaded
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string>} the file of the go.mod, for `-modfile`
 * @throws {Failure} when the module is not the one that is known here
 */
export async function withLazyMeter(folder, cwd, env) {
  const args = ["list", "-mod=readonly", "-m", "-f", "{{.Dir}}", meter];
  const from = (await run("go", args, { label: `finding ${meter}`, cwd, env })).trim();
  const to = join(folder, "meter");
  copy(from, to);
  const modules = join(folder, "go.mod");
  writeFileSync(modules, `${readFileSync(join(cwd, "go.mod"), "utf8")}\nreplace ${meter} => ${JSON.stringify(to)}\n`);
  writeFileSync(join(folder, "go.sum"), readFileSync(join(cwd, "go.sum")));
  return modules;
}

/**
 * Copies the module, changed: only what its files contain, because Go keeps files and folders read-only.
 *
 * @param {string} from
 * @param {string} to
 * @param {string} [path] of the folder in the module
 */
function copy(from, to, path = ".") {
  mkdirSync(join(to, path));
  for (const entry of readdirSync(join(from, path), { withFileTypes: true })) {
    const file = join(path, entry.name);
    if (entry.isDirectory()) copy(from, to, file);
    else writeFileSync(join(to, file), changed(file, readFileSync(join(from, file))));
  }
}

/**
 * @param {string} file path in the module
 * @param {Buffer} content
 */
function changed(file, content) {
  const own = changes.filter((change) => change.file === file);
  if (own.length === 0) return content;
  return own.reduce((text, change) => {
    if (!text.includes(change.from)) throw new Failure(`${meter} has no ${JSON.stringify(change.from)} in ${file}`);
    return text.replace(change.from, change.to);
  }, content.toString());
}
