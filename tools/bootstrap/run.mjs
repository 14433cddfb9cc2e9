// Runs a command that may take minutes, and says every few seconds that it is alive: no terminal is needed to see it.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { withoutSecrets } from "../../src/engine/cli-version.mjs";
import { Failure, withoutPasswords } from "./failure.mjs";

const progressEvery = 10_000;

/** @param {string} line */
export function say(line) {
  console.error(`bootstrap: ${line}`);
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {object} options
 * @param {string} options.label what is going on, for the progress lines
 * @param {string} [options.cwd]
 * @param {NodeJS.ProcessEnv} [options.env] without its secrets, see {@link withoutSecrets}
 * @param {(line: string) => string | undefined} [options.onLine] sees each line the command prints on stderr; what it
 *   returns is shown as progress. Without it stderr goes to the user as it is.
 * @returns {Promise<string>} what the command printed on stdout
 * @throws {Failure} with the last lines of the command when it cannot be started or ends with another code than 0
 */
export async function run(command, args, { label, cwd, env = process.env, onLine }) {
  const started = Date.now();
  let detail = "";
  /** @type {string[]} */
  const lastLines = [];
  const child = spawn(command, args, { cwd, env: withoutSecrets(env), stdio: ["ignore", "pipe", "pipe"] });
  const ticker = setInterval(() => say(`${label} … ${elapsed(started)}${detail && `, ${detail}`}`), progressEvery);
  const stop = () => child.kill();
  process.once("SIGTERM", stop);

  let output = "";
  child.stdout.setEncoding("utf8").on("data", (chunk) => {
    output += chunk;
  });
  createInterface({ input: child.stderr }).on("line", (text) => {
    const line = withoutPasswords(text);
    if (onLine) detail = onLine(line) ?? detail;
    else console.error(line);
    lastLines.push(line);
    if (lastLines.length > 5) lastLines.shift();
  });

  try {
    await new Promise((resolve, reject) => {
      child.on("error", (error) => reject(new Failure(`${command} could not be started: ${error.message}`)));
      child.on("close", (code, signal) => {
        if (code === 0) return resolve(undefined);
        const end = signal ? `was ended by ${signal}` : `ended with code ${code}`;
        reject(new Failure([`${command} ${args[0]} ${end}`, ...lastLines].join("\n       ")));
      });
    });
  } finally {
    clearInterval(ticker);
    process.off("SIGTERM", stop);
  }
  return output;
}

/** @param {number} since milliseconds since the epoch */
export function elapsed(since) {
  const seconds = Math.round((Date.now() - since) / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
