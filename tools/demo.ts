/**
 * `npm run demo`: the main job from end to end, against a local tenant that starts empty of our objects. Declares
 * `stacks/dev.yaml`, changes the tenant by hand, shows the drift, repairs it and removes everything.
 */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Drift, Pulumi } from "./demo/pulumi.ts";
import { commandLine, LocalTenant } from "./demo/tenant.ts";

const REALM = "alpha";

type Properties = Record<string, unknown>;

function step(title: string, command?: string): void {
  console.log(`\n${title}${command ? `\n  $ ${command}` : ""}`);
}

function counts(of: Record<string, number>): string {
  const words: Record<string, string> = { create: "created", update: "updated", delete: "deleted", same: "unchanged" };
  return Object.entries(of)
    .map(([operation, count]) => `${count} ${words[operation] ?? operation}`)
    .join(", ");
}

/** What an administrator in a hurry does: a wider scope on the agent, everybody's permission, a grant type taken away. */
async function changeByHand({ admin }: LocalTenant): Promise<void> {
  const am = admin.am(REALM);
  const agent = "digital-assistant-ai-agent";
  const { _id, _rev, _type, ...document }: Properties = (await am.get("AIAgent", agent)) ?? {};
  const core = document.coreOAuth2ClientConfig as { scopes: { value: string[] } };
  core.scopes.value = ["admin-action"];
  await am.put("AIAgent", agent, document);
  const [privilege] = await admin.idm.query(`managed/${REALM}_aiagentprivilege`, `agentOAuth2ClientId eq "${agent}"`);
  const permissions = [{ type: "scopes", values: ["read-data", "write-data"] }];
  const operation = { operation: "replace" as const, field: "/permissions", value: permissions };
  await admin.idm.patch(`managed/${REALM}_aiagentprivilege`, privilege?._id ?? "", [operation]);
  const { _rev: _revision, ...provider }: Properties = (await am.getOAuth2Provider()) ?? {};
  const oauth2 = provider.advancedOAuth2Config as { grantTypes: string[] };
  oauth2.grantTypes = oauth2.grantTypes.filter((type) => !type.endsWith(":token-exchange"));
  await am.putOAuth2Provider(provider);
}

function show({ resource, property, was, is }: Drift): string {
  return `  ~ ${resource}\n      ${property}: ${JSON.stringify(was)} => ${JSON.stringify(is)}`;
}

/** Runs the verifier and shows what it prints. */
async function verify(environment: Record<string, string>): Promise<void> {
  const child = spawn(process.execPath, [commandLine, "verify", "dev"], {
    env: environment,
    stdio: ["ignore", "inherit", "inherit"],
  });
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`ping-agents verify ended with ${code}`);
}

async function main(folder: string): Promise<void> {
  const tenant = await LocalTenant.start(join(folder, "tenant"));
  try {
    step(`A local tenant: ${tenant.url}`, "npx ping-agents sandbox");
    const before = await tenant.dump();
    const pulumi = new Pulumi(folder, "dev", tenant.variables);
    await pulumi.init();

    step("Declare what stacks/dev.yaml says", "npx pulumi up");
    const created = await pulumi.change("up");
    for (const line of created.lines) console.log(`  ${line}`);
    console.log(`  ${counts(created.counts)}`);

    step("Again: nothing to do", "npx pulumi up");
    console.log(`  ${counts((await pulumi.change("up")).counts)}`);

    step(
      "Somebody changes the tenant by hand; what that looks like as drift",
      "npx pulumi refresh --preview-only --diff",
    );
    await changeByHand(tenant);
    for (const drift of await pulumi.drift()) console.log(show(drift));

    step("Repair", "npx pulumi up --refresh");
    const repaired = await pulumi.change("up", "--refresh");
    for (const line of repaired.lines) console.log(`  ${line}`);
    console.log(`  drift left: ${(await pulumi.drift()).length}`);

    step("Prove by tokens that each agent can do what is declared, and nothing more", "npx ping-agents verify dev");
    await verify(pulumi.environment);

    step("Remove everything", "npx pulumi destroy");
    console.log(`  ${counts((await pulumi.change("destroy")).counts)}`);

    if ((await tenant.dump()) !== before) throw new Error("the tenant is not as it was before");
    console.log("\nTenant as before: grant types and foreign objects are byte-equal to the start.");
  } finally {
    tenant.stop();
  }
}

const folder = mkdtempSync(join(tmpdir(), "ping-agents-demo-"));
try {
  await main(folder);
} catch (error) {
  console.error(`\nThe demo failed: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
