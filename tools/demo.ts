/**
 * `npm run demo`, `npm run demo -- pingone`: the main job from end to end, against a local tenant that starts empty of our
 * objects. Declares what the stack's file says, changes the tenant by hand, shows the drift, repairs it, runs the token
 * flows and removes everything.
 */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isPlatform } from "../src/platforms.ts";
import { Pulumi } from "./demo/pulumi.ts";
import { type Story, stories } from "./demo/stories.ts";
import { commandLine, LocalTenant } from "./demo/tenant.ts";

/** The exit code of `ping-agents drift` where something differs. */
const DRIFT = 2;

function step(title: string, command?: string): void {
  console.log(`\n${title}${command ? `\n  $ ${command}` : ""}`);
}

function counts(of: Record<string, number>): string {
  const words: Record<string, string> = { create: "created", update: "updated", delete: "deleted", same: "unchanged" };
  return Object.entries(of)
    .map(([operation, count]) => `${count} ${words[operation] ?? operation}`)
    .join(", ");
}

/** Runs a command and shows what it prints. @param ends the exit code that is part of the story */
async function run(command: string, stack: string, environment: Record<string, string>, ends = 0): Promise<void> {
  const child = spawn(process.execPath, [commandLine, command, stack], {
    env: environment,
    stdio: ["ignore", "inherit", "inherit"],
  });
  const [code] = await once(child, "close");
  if (code !== ends) throw new Error(`ping-agents ${command} ended with ${code}`);
}

async function main({ stack, changeByHand }: Story, folder: string): Promise<void> {
  const tenant = await LocalTenant.start(join(folder, "tenant"));
  try {
    step(`A local tenant: ${tenant.url}`, "npx ping-agents sandbox --no-people");
    const before = await tenant.dump();
    const pulumi = new Pulumi(folder, stack, tenant.variables);
    await pulumi.init();

    step(`Declare what stacks/${stack}.yaml says`, "npx pulumi up");
    const created = await pulumi.change("up");
    for (const line of created.lines) console.log(`  ${line}`);
    console.log(`  ${counts(created.counts)}`);

    step("Who may do what now", `npx ping-agents access ${stack}`);
    await run("access", stack, pulumi.environment);

    step("Again: nothing to do", "npx pulumi up");
    console.log(`  ${counts((await pulumi.change("up")).counts)}`);

    step("Somebody changes the tenant by hand; what that is, and what it means", `npx ping-agents drift ${stack}`);
    await changeByHand(tenant.variables);
    await run("drift", stack, pulumi.environment, DRIFT);

    step("Repair", "npx pulumi up --refresh");
    const repaired = await pulumi.change("up", "--refresh");
    for (const line of repaired.lines) console.log(`  ${line}`);
    await run("drift", stack, pulumi.environment);

    step(
      "Prove by tokens that each agent can do what is declared, and nothing more",
      `npx ping-agents verify ${stack}`,
    );
    await run("verify", stack, pulumi.environment);

    step("Remove everything", "npx pulumi destroy");
    console.log(`  ${counts((await pulumi.change("destroy")).counts)}`);

    if ((await tenant.dump()) !== before) throw new Error("the tenant is not as it was before");
    console.log("\nTenant as before: what others made is byte-equal to the start.");
  } finally {
    tenant.stop();
  }
}

function story(platform: string): Story {
  if (isPlatform(platform)) return stories[platform];
  throw new Error(`no platform "${platform}"; use ${Object.keys(stories).join(" or ")}`);
}

const folder = mkdtempSync(join(tmpdir(), "ping-agents-demo-"));
try {
  await main(story(process.argv[2] ?? "aic"), folder);
} catch (error) {
  console.error(`\nThe demo failed: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
