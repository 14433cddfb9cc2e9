/** An S3-compatible store: a real server, versitygw, whose version and hashes are those of tools/versitygw; Go builds it once for this user. */

import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { withoutSecrets } from "../../src/engine/cli-version.mjs";
import { projectRoot } from "../../tools/bootstrap/paths.mjs";
import { freePort } from "./free-port.ts";

/** A running store with one empty bucket; whoever starts it stops it. */
export type Store = {
  /** What a runner needs to have its state there. */
  readonly variables: Readonly<Record<string, string>>;
  stop(): Promise<void>;
};

const BUCKET = "state";
const KEYS = { id: "runner", secret: "secret-of-the-runners" };
/** Milliseconds in which the server has to answer. */
const PATIENCE = 15_000;

/**
 * Starts the server in a temporary folder.
 *
 * @throws Error that says so where there is no Go
 */
export async function startStore(): Promise<Store> {
  const program = await built();
  const folder = mkdtempSync(join(tmpdir(), "ping-agents-s3-"));
  // A folder below the first one is a bucket.
  const [buckets, metadata] = [join(folder, "buckets"), join(folder, "metadata")];
  for (const path of [join(buckets, BUCKET), metadata]) mkdirSync(path, { recursive: true });
  const address = `127.0.0.1:${await freePort()}`;
  const args = ["--port", address, "--quiet", "posix", "--sidecar", metadata, buckets];
  const child = spawn(program, args, {
    env: { ...withoutSecrets(process.env), ROOT_ACCESS_KEY: KEYS.id, ROOT_SECRET_KEY: KEYS.secret },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (chunk) => (said += chunk));
  const url = `http://${address}`;
  if (!(await isAnswering(url))) throw new Error(`versitygw does not answer at ${url}: ${said}`);
  return {
    variables: {
      PULUMI_BACKEND_URL: `s3://${BUCKET}?endpoint=${url}&region=us-east-1&use_path_style=true`,
      AWS_ACCESS_KEY_ID: KEYS.id,
      AWS_SECRET_ACCESS_KEY: KEYS.secret,
    },
    async stop() {
      child.kill();
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The executable, in Go's own cache. */
async function built(): Promise<string> {
  const env = { ...withoutSecrets(process.env), GOWORK: "off", CGO_ENABLED: "0" };
  const options = { cwd: join(projectRoot, "tools", "versitygw"), env, maxBuffer: 2 ** 26 };
  try {
    return (await promisify(execFile)("go", ["tool", "-n", "versitygw"], options)).stdout.trim();
  } catch (cause) {
    const { message } = cause as Error;
    throw new Error(
      `no S3-compatible store: ${message}\nInstall Go 1.25 or newer (https://go.dev/dl/): versitygw is built with it`,
      { cause },
    );
  }
}

async function isAnswering(url: string): Promise<boolean> {
  for (const until = Date.now() + PATIENCE; Date.now() < until; await sleep(50)) {
    if (await fetch(url).catch(() => undefined)) return true;
  }
  return false;
}
