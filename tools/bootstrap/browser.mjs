// Finds the browser that the tests drive, and installs Debian's where there is none and nobody has to be asked.
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { run, say } from "./run.mjs";

/** The best first: the shell is the same browser without what shows windows, and takes less than half of the processor time. */
const names = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
/** Where macOS keeps it; there it is not on the PATH. */
const application = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/**
 * `CHROMIUM_PATH`, or a Chromium or Chrome of the machine.
 *
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string | undefined}
 */
export function findBrowser(env = process.env) {
  if (env.CHROMIUM_PATH) return env.CHROMIUM_PATH;
  const folders = (env.PATH ?? "").split(delimiter).filter(Boolean);
  const candidates = [...names.flatMap((name) => folders.map((folder) => join(folder, name))), application];
  return candidates.find(isExecutable);
}

/** What a user without a browser can do. */
export const browserHint =
  "install Chromium (Debian: apt-get install chromium-headless-shell) or name one with CHROMIUM_PATH";

/**
 * Makes sure that there is a browser; without one, only the tests that need it fail, and say so.
 *
 * @param {NodeJS.ProcessEnv} env
 */
export async function ensureBrowser(env) {
  if (findBrowser(env)) return;
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || !isExecutable("/usr/bin/apt-get")) return say(`no browser for the tests of web pages: ${browserHint}`);
  say("installing Debian's chromium-headless-shell for the tests of web pages");
  const options = {
    label: "installing chromium-headless-shell",
    env: { ...env, DEBIAN_FRONTEND: "noninteractive" },
    onLine: () => undefined,
  };
  await run("apt-get", ["update", "-q"], options);
  await run("apt-get", ["install", "-y", "-q", "--no-install-recommends", "chromium-headless-shell"], options);
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
