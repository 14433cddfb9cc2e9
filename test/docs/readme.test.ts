/** Every command of the README and of the pages about tenants, typed as it stands there, in a clone. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { AS_FOR_USERS, type Clone, makeClone } from "../support/clone.ts";
import { textsOf } from "../support/page.ts";

/** The commands of a page, block by block. */
const blocksOf = (page: string) => textsOf(page).map((block) => block.trim());
const [start = "", demo, pingone, ...rest] = blocksOf("README.md");
const [, sandbox, local = "", , ...restOfLocal] = blocksOf("docs/local-tenant.md");
const [account = "", staging = "", ...restOfAic] = blocksOf("docs/aic-tenant.md");
const [worker = "", environment = "", ...restOfPingOne] = blocksOf("docs/pingone-environment.md");

let clone: Clone;
beforeAll(() => {
  clone = makeClone();
});
afterAll(() => clone.remove());

test("knows every block of commands", () => {
  expect([rest, restOfLocal, restOfAic, restOfPingOne].flat()).toEqual([]);
  expect([demo, pingone, sandbox]).toEqual(["npm run demo", "npm run demo -- pingone", "npx ping-agents sandbox"]);
  // Where a page of its own has these lines, they run in an empty folder (getting-started.test.ts).
  const guide = blocksOf("docs/getting-started.md").join("\n").split("\n");
  for (const line of start.split("\n"))
    expect(guide.map((one) => one.replace(/'$/, ""))).toContain(line.replace(/'$/, ""));
});

/** What the demo prints on either platform, in order, with what a pull request does and what is drift on each. */
const story = (gain: string, drift: string[]) => [
  "A local tenant: http://127.0.0.1:",
  "created",
  "Again: nothing to do",
  "unchanged",
  "--base HEAD",
  "1 agent more",
  gain,
  "compared with HEAD",
  "by hand",
  ...drift,
  "Repair",
  "in sync",
  "npx ping-agents verify ",
  " passed, 0 failed, 0 inconclusive",
  "Remove everything",
  "deleted",
  "Tenant as before: what others made is byte-equal to the start.",
];

test.each([
  [
    demo ?? "",
    "Digital Assistant AI Agent may now write-data on Digital Assistant Web App for ",
    [
      "agents.digital-assistant-ai-agent.access.digital-assistant-web-app.scopes: the agent may get further scopes (gains write-data)",
      "agents.digital-assistant-ai-agent.scopes: it may ask for further scopes (set to admin-action)",
      "provider.grantTypes: the realm offers fewer ways: what needs them fails (loses token_exchange",
    ],
  ],
  [
    pingone ?? "",
    "Refund Agent may now orders:read",
    [
      "agents.support-agent.access.orders-api: access that nobody declared: scope orders:write (scope/orders:write)",
      "agents.stock-watcher.enabled: it is switched off and gets no token (false, was true",
    ],
  ],
])("%s tells the whole story, in order", async (command, gain, drift) => {
  // Of one demo the passphrase is its own.
  const { code, output } = await clone.type(command, command === demo ? AS_FOR_USERS : {});
  expect(code, output).toBe(0);
  let from = 0;
  for (const line of story(gain, drift)) {
    const at = output.indexOf(line, from);
    expect(at, `"${line}" in\n${output.slice(from)}`).toBeGreaterThanOrEqual(0);
    from = at + line.length;
  }
});

test("the local tenant's commands do what the text says", async () => {
  const child = spawn("bash", ["-c", `exec ${sandbox}`], {
    cwd: clone.folder,
    stdio: ["ignore", "pipe", "inherit"],
    detached: true,
  });
  try {
    await once(child.stdout, "data");
    const { code, output } = await clone.type(local, AS_FOR_USERS);
    expect(code, output).toBe(0);
    for (const look of [
      /Previewing update \(dev\)[\s\S]*27 to create/,
      /Previewing destroy \(dev\)[\s\S]*27 to delete/,
    ])
      expect(output).toMatch(look);
    expect(output).toContain("stacks/dev.yaml: 2 agents, 3 applications");
    expect(output).toContain('{"tool":"deals","sub":"ai-agent"');
    // People and group are there, and equal: taken over, which is said with what destroy will do.
    const takenOver = output.match(/aic:(User|Group) \S+ was there already and is this stack's from now on/g);
    expect(new Set(takenOver).size).toBe(4);
    expect(output).toMatch(/27 created[\s\S]*dev: in sync[\s\S]*27 deleted/);
    const states = filesBelow(join(clone.folder, ".pulumi", "state"));
    // What it was between the two, too: the CLI keeps that of every run.
    expect(states.some(({ text }) => text.includes("AiAgent::digital-assistant-ai-agent"))).toBe(true);
    expect(states.filter(({ text }) => text.includes(basename(clone.folder))).map(({ name }) => name)).toEqual([]);

    // The same tenant plays the real one: another address, an account of its own, a declaration for staging.
    const { AIC_TENANT_URL = "", AIC_SERVICE_ACCOUNT_ID = "", AIC_SERVICE_ACCOUNT_KEY = "" } = settings();
    writeFileSync(join(clone.folder, "service-account-key.jwk"), AIC_SERVICE_ACCOUNT_KEY);
    writeFileSync(join(clone.folder, "passphrase"), "a passphrase of the user's own");
    writeFileSync(
      join(clone.folder, "stacks", "staging.yaml"),
      "platform: aic\nrealm: alpha\ntier: staging\nagents:\n  a: { name: A, pattern: autonomous }\n",
    );
    const real = account
      .replace("https://tenant.example.com", AIC_TENANT_URL)
      .replace("00000000-0000-4000-8000-000000000000", AIC_SERVICE_ACCOUNT_ID);
    const looked = await clone.type(`${real}\n${staging}`, AS_FOR_USERS);
    expect(looked.code, looked.output).toBe(0);
    expect(looked.output).toMatch(/aic:AiAgent a create[\s\S]*4 to create/);

    const { PINGONE_API_URL = "", PINGONE_AUTH_URL = "", ...pingOne } = settings();
    writeFileSync(join(clone.folder, "worker-secret"), pingOne.PINGONE_CLIENT_SECRET ?? "");
    const realWorker = worker
      .replace("00000000-0000-4000-8000-000000000000", pingOne.PINGONE_ENVIRONMENT_ID ?? "")
      .replace("00000000-0000-4000-8000-000000000001", pingOne.PINGONE_CLIENT_ID ?? "");
    const seen = await clone.type(`${realWorker}\n${environment}`, {
      ...AS_FOR_USERS,
      PINGONE_API_URL,
      PINGONE_AUTH_URL,
    });
    expect(seen.code, seen.output).toBe(0);
    expect(seen.output).toMatch(/pingone:AiAgent support-agent create[\s\S]*\d+ to create/);
  } finally {
    process.kill(-(child.pid ?? 0), "SIGTERM");
    await Promise.race([once(child, "close"), sleep(10_000)]);
  }
});

function filesBelow(folder: string): { readonly name: string; readonly text: string }[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((one) => one.isFile())
    .map(({ parentPath, name }) => ({ name, text: readFileSync(join(parentPath, name), "utf8") }));
}

function settings(): Record<string, string> {
  const lines = readFileSync(join(clone.folder, ".ping-agents", "sandbox", "sandbox.env"), "utf8")
    .trim()
    .split("\n");
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1).replace(/^'|'$/g, "")]),
  );
}
