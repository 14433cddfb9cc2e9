/** Which project of the suite a test belongs to: what it reaches decides, so that a new test falls into the right one by itself. */

import { globSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { projectRoot } from "../../tools/bootstrap/paths.mjs";

/**
 * `engine` starts processes or a browser, `sandbox` has a local tenant in its own process, `unit` has neither. `faults` is no part of
 * `npm test`: it takes longer, and needs Go.
 */
export type ProjectName = "unit" | "sandbox" | "engine" | "faults";

const byProject = Object.groupBy(globSync("test/**/*.test.ts", { cwd: projectRoot }).sort(), projectOf);

/** The tests of a project, as paths from the root. */
export const testsOf = (project: ProjectName): string[] => byProject[project] ?? [];

/** The project of a test. @param file path from the root */
export function projectOf(file: string): ProjectName {
  if (file.startsWith("test/faults/long/")) return "faults";
  const reached = [...importsBelow(file)];
  if (reached.some((name) => ["node:child_process", "playwright-core"].includes(name))) return "engine";
  return reached.some((name) => name.startsWith("src/sandbox/")) ? "sandbox" : "unit";
}

/** What a file of the tests or tools imports, and what those of them import; files as paths from the root. */
function importsBelow(file: string, seen = new Set<string>()): Set<string> {
  const text = readFileSync(join(projectRoot, file), "utf8");
  for (const [, name = ""] of text.matchAll(/^(?:import|export|\} from)\b.*"([^"]+)";?$/gm)) {
    const target = name.startsWith(".") ? relative(projectRoot, join(projectRoot, dirname(file), name)) : name;
    if (seen.has(target)) continue;
    seen.add(target);
    if (/^(test|tools)\/.*\.(ts|mjs)$/.test(target)) importsBelow(target, seen);
  }
  return seen;
}
