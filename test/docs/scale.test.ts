/** Every command of docs/scale.md, typed as it stands there, and the workflow that it names. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { pulumiVersion } from "../../src/engine/cli-version.mjs";
import { projectRoot } from "../../tools/bootstrap/paths.mjs";
import { type LocalAic, startAic } from "../support/aic.ts";
import { type Clone, makeClone } from "../support/clone.ts";
import { textsOf } from "../support/page.ts";

const blocks = textsOf("docs/scale.md");
const [first = "", again = "", takeOver = "", moveState = "", ...more] = blocks;

const head = { platform: "aic", realm: "alpha", tier: "development" };
const ledger = { name: "Ledger", type: "service", scopes: ["read"] };
const agent = (name: string) => ({
  name,
  pattern: "autonomous",
  access: [{ application: "ledger", scopes: ["read"] }],
});
const esvVariables = { "esv-payments-api": { value: "https://payments.example.com" } };
const realm = { ...head, provider: { grantTypes: ["token_exchange"] }, applications: { ledger } };

let clone: Clone;
let aic: LocalAic;
beforeAll(async () => {
  clone = makeClone();
  aic = await startAic();
});
afterAll(async () => {
  clone.remove();
  await aic.stop();
});

const declare = (stack: string, declaration: object) =>
  writeFileSync(join(clone.folder, "stacks", `${stack}.yaml`), stringify(declaration));

/** Types commands, which have to do well. @returns what they printed */
async function type(text: string): Promise<string> {
  const { code, output } = await clone.type(text, aic.variables());
  expect(code, output).toBe(0);
  return output;
}
const agents = async () => (await aic.admin.am("alpha").query("AIAgent")).map(({ _id }) => _id).sort();

test("a large first run, and what is done where it was killed", async () => {
  expect(more).toEqual([]);
  declare("fleet", { ...realm, esvVariables, agents: { helper: agent("Helper"), payer: agent("Payer") } });
  const made = await type(`npx pulumi stack init fleet\n${first}`);
  expect(made).toMatch(/3 created[\s\S]*11 created/);
  expect(await type(again)).toContain("14 unchanged");
});

test("an agent goes over to another stack, and then an object with its state: nothing is made or removed on the tenant", async () => {
  declare("fleet", { ...realm, esvVariables, agents: { helper: agent("Helper") } });
  declare("payments", { ...head, agents: { payer: agent("Payer") } });
  const seen = await aic.count(async () => {
    expect(await type(takeOver)).toMatch(/aic:AiAgent alpha\/payer was there already[\s\S]*3 deleted/);
    declare("fleet", { ...realm, agents: { helper: agent("Helper") } });
    declare("payments", { ...head, esvVariables, agents: { payer: agent("Payer") } });
    expect(await type(moveState)).toMatch(/1 updated[\s\S]*unchanged/);
  });
  expect(seen.filter(({ method }) => method === "DELETE")).toEqual([]);
  expect(await agents()).toEqual(["helper", "payer"]);
});

test("the workflow takes the actions of the others, and shows secrets to its last step alone", () => {
  const text = readFileSync(join(projectRoot, "examples", "fleet.yml"), "utf8");
  type Step = { readonly run?: string; readonly uses?: string; readonly with?: object };
  const { jobs } = parse(text) as { jobs: Record<string, { steps: Step[] }> };
  const deploy = readFileSync(join(projectRoot, "templates", "github", "deploy.yml"), "utf8");
  expect(text.match(/uses: .*/g)).toEqual(deploy.match(/uses: .*/g));
  expect(Object.keys(jobs)).toEqual(["realm", "teams"]);
  for (const { steps } of Object.values(jobs)) {
    expect(steps.find(({ uses }) => uses?.startsWith("pulumi/"))?.with).toEqual({ "pulumi-version": pulumiVersion });
    expect(JSON.stringify(steps.slice(0, -1))).not.toContain("secrets.");
    expect(steps.at(-1)?.run).not.toContain("${{");
  }
});
