/**
 * `npm run demo`, `npm run demo -- pingone`: the main job from end to end, against a local tenant that starts empty of our
 * objects. Declares what the stack's file says, shows what a pull request would do, changes the tenant by hand, shows the drift,
 * repairs it, runs the token flows and removes everything.
 */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { isPlatform } from "../src/platforms.ts";
import { inShort, proposed } from "./demo/proposal.ts";
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

/**
 * Says and runs a command of the kit, and shows what it prints.
 *
 * @param options.ends the exit code that is part of the story. @default 0
 * @param options.shorten makes what is shown of it. @default all of it
 */
async function tell(
  title: string,
  args: readonly string[],
  { folder, environment }: Pulumi,
  { ends = 0, shorten = (output: string) => output } = {},
): Promise<void> {
  const command = `ping-agents ${args.join(" ")}`;
  step(title, `npx ${command}`);
  const child = spawn(process.execPath, [commandLine, ...args], {
    ...{ cwd: folder, env: environment },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, "close")]);
  process.stdout.write(shorten(output));
  if (code !== ends) throw new Error(`${command} ended with ${code}`);
}

async function main(story: Story, folder: string): Promise<void> {
  const { stack, proposal, changeByHand } = story;
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

    await tell("Who may do what now", ["access", stack], pulumi);

    step("Again: nothing to do", "npx pulumi up");
    console.log(`  ${counts((await pulumi.change("up")).counts)}`);

    const pullRequest = `A pull request adds ${proposal.adds} to ${proposal.path.join(".")}; what that would do`;
    const isShown = await proposed(story, pulumi, () =>
      tell(pullRequest, ["preview", stack, "--base", "HEAD"], pulumi, { shorten: inShort }),
    );
    if (!isShown) step(`${pullRequest}: not shown, since git makes no repository here`);

    await changeByHand(tenant.variables);
    const byHand = "Somebody changes the tenant by hand; what that is, and what it means";
    await tell(byHand, ["drift", stack], pulumi, { ends: DRIFT });

    step("Repair", "npx pulumi up --refresh");
    const repaired = await pulumi.change("up", "--refresh");
    for (const line of repaired.lines) console.log(`  ${line}`);
    await tell("As declared again", ["drift", stack], pulumi);

    const proof = "Prove by tokens that each agent can do what is declared, and nothing more";
    await tell(proof, ["verify", stack], pulumi);

    step("Remove everything", "npx pulumi destroy");
    console.log(`  ${counts((await pulumi.change("destroy")).counts)}`);

    if ((await tenant.dump()) !== before) throw new Error("the tenant is not as it was before");
    console.log("\nTenant as before: what others made is byte-equal to the start.");
  } finally {
    tenant.stop();
  }
}

function storyOf(platform: string): Story {
  if (isPlatform(platform)) return stories[platform];
  throw new Error(`no platform "${platform}"; use ${Object.keys(stories).join(" or ")}`);
}

const folder = mkdtempSync(join(tmpdir(), "ping-agents-demo-"));
try {
  await main(storyOf(process.argv[2] ?? "aic"), folder);
} catch (error) {
  console.error(`\nThe demo failed: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
