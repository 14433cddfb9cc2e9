/**
 * A table of changes that somebody makes by hand: one refresh shows them all, drift says what each means and changes nothing, verify
 * finds the access, one repair takes them back.
 */

import { readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { adoptable } from "../../src/adoption/clouds.ts";
import { recordedIn } from "../../src/cli/tenant/stack-state.ts";
import { driftOf } from "../../src/live-drift.ts";
import { loadAnyDeclaration } from "../../src/platforms.ts";
import { driftSchema } from "../../src/reports/drift/json.ts";
import { render } from "../../src/reports/drift/render.ts";
import type { CloudName } from "../../src/tenants.ts";
import { exitCode, type Report } from "../../src/verify/index.ts";
import { withoutIds } from "../support/dump.ts";
import { type Tenant, writes } from "../support/tenant.ts";
import { nameOf, type Stack, type Step } from "./project.ts";

/** A change of one property of one resource. */
export type ByHand = {
  readonly title: string;
  /** Kind and logical name. */
  readonly resource: string;
  readonly property: string;
  /** Makes the change. @returns the name of the access that it added, which then stands in the property */
  readonly change: () => Promise<unknown>;
  /** What verify says of it. @default nothing: it gives nobody access */
  readonly finding?: string | undefined;
};

/** The stack, its tenant, and the changes. */
export type Story = {
  readonly stack: Stack;
  readonly rows: readonly ByHand[];
  /** What nobody owns: it is no drift, and stays. Title, and the change. */
  readonly outside: readonly (readonly [title: string, change: () => Promise<unknown>])[];
  /** Everything in the tenant. */
  readonly content: () => Promise<unknown>;
  readonly verify: () => Promise<Report>;
  readonly cloud: CloudName;
  readonly tenant: Pick<Tenant, "count"> & { readonly variables: () => Readonly<Record<string, string>> };
  /** Names of values that a repair has to make anew, or that the state learns by a refresh. */
  readonly renewed: RegExp;
};

/** What verify found before it ran a flow, about keys: it says `Pay Bot (pay-bot)`. */
export const findings = ({ rows }: Report) =>
  rows
    .filter((row) => row.case === "preflight")
    .map(({ got }) => got.replaceAll(/(?:[A-Z]\w+ )*[A-Z]\w+ \(([a-z-]+)\)/g, "$1"));

/** The properties of a step that differ; the engine names a section where nothing of it was there before. */
const pathsOf = ({ detailedDiff, newState }: Step) =>
  Object.keys(detailedDiff ?? {}).flatMap((path) => {
    const value = newState?.inputs?.[path];
    const isSection = typeof value === "object" && value !== null && !Array.isArray(value);
    return isSection ? Object.keys(value).map((key) => `${path}.${key}`) : [path];
  });

/** A path as the engine writes it. */
const nameOfPath = ([first, ...rest]: readonly string[]) =>
  first === "undeclared" ? `${first}["${rest.join(".")}"]` : [first, ...rest].join(".");

type Export = { deployment: { resources: { urn: string; inputs?: object; outputs?: object }[] } };

/** The resources of the state in clear, without the values that are `renewed`. */
async function stateOf(stack: Stack, renewed: RegExp) {
  const { stdout } = await stack.run(["stack", "export", "--show-secrets"]);
  const { deployment } = JSON.parse(stdout, (key, value) => (renewed.test(key) ? undefined : value)) as Export;
  return Object.fromEntries(deployment.resources.map(({ urn, inputs, outputs }) => [urn, { inputs, outputs }]));
}

/** What `ping-agents drift --accept` says and asks the tenant; state, tenant and declaration stand beside it as they are then. */
async function driftIn({ stack, tenant, content }: Story, exit: number, ...args: string[]) {
  const file = () => readFileSync(stack.declarationFile, "utf8");
  const standing = async () => ({ content: await content(), state: stack.stateText, file: file() });
  const before = await standing();
  let stdout = "";
  const seen = await tenant.count(async () => {
    stdout = (await stack.kit(["drift", stack.name, "--accept", "--format", "json", ...args], { exit })).stdout;
  });
  return { report: driftSchema.parse(JSON.parse(stdout)), seen, before, after: await standing() };
}

/** The same for people, with names instead of what the tenant and the kit choose. */
async function driftText({ stack, tenant, cloud }: Story): Promise<string> {
  const drift = await driftOf(cloud, { said: { env: tenant.variables() }, resources: recordedIn(stack.resources) });
  const text = render({ title: stack.name, allowed: [], ...drift }, "differs", "text");
  return withoutIds(text, "<id>")
    .replaceAll(/key [\w-]{43}/g, "key <thumbprint>")
    .replaceAll(/[\d-]{10} [\d:]{5} UTC/g, "<time>");
}

/** What `drift --accept --yes` says and writes, and which properties a preview of that still changes; the file is as before then. */
async function acceptance({ stack }: Story) {
  const { declarationFile } = stack;
  const text = readFileSync(declarationFile, "utf8");
  const noted = text
    .replace(/^agents:$/m, "agents: # reviewed")
    .replaceAll(/^(\s+)(name: .*)$/gm, "$1$2 # as people know it");
  writeFileSync(declarationFile, noted);
  const { stderr } = await stack.kit(["drift", stack.name, "--accept", "--yes"], { exit: 2 });
  const after = readFileSync(declarationFile, "utf8");
  const { stdout } = await stack.run(["preview", "--refresh", "--json"], { env: { PING_AGENTS_ADOPT: "match" } });
  const { steps } = JSON.parse(stdout) as { steps: Step[] };
  writeFileSync(declarationFile, text);
  const planned = Object.fromEntries(steps.map((step) => [nameOf(step.urn), pathsOf(step)]));
  return { before: noted, after, said: stderr, planned };
}

/** Makes all changes of a story and declares its tests. */
export async function tellByHand(story: Story): Promise<void> {
  const { stack, tenant, rows, outside, content, verify, renewed, cloud } = story;
  await stack.up();
  const before = { content: await content(), state: await stateOf(stack, renewed) };
  const made: (ByHand & { readonly property: string })[] = [];
  for (const row of rows) {
    const access = await row.change();
    made.push({ ...row, property: typeof access === "string" ? `${row.property}["${access}"]` : row.property });
  }
  const drift = Object.fromEntries((await stack.driftSteps()).map((step) => [nameOf(step.urn), pathsOf(step)]));
  const declared = parse(readFileSync(stack.declarationFile, "utf8"));
  const newcomer = { name: "Newcomer", pattern: "autonomous", owners: ["demo.owner"] };
  stack.declare({ ...declared, agents: { ...declared.agents, newcomer } });
  const found = await driftIn(story, 2);
  stack.declare(declared);
  const text = await driftText(story);
  const report = await verify();
  const taken = await acceptance(story);
  const isOf = (property: string) => (path: string) =>
    path === property || path.startsWith(`${property}.`) || path.startsWith(`${property}[`);

  test.each(made)("$title: $resource $property", ({ resource, property, finding }) => {
    expect(drift[resource]?.filter(isOf(property)) ?? []).not.toEqual([]);
    if (finding) expect(findings(report)).toContainEqual(expect.stringContaining(finding));
    const own = found.report.findings.filter(({ type, name }) => `${type} ${name}` === resource);
    expect(own.filter(({ path }) => isOf(property)(nameOfPath(path)))).not.toEqual([]);
  });

  test("drift says of each what it means, and of nothing else", async () => {
    await expect(text).toMatchFileSnapshot(`by-hand/${cloud}.txt`);
    expect(found.report).toMatchObject({ outcome: "differs", unreadable: [], coverage: { missing: 0 } });
    expect(found.report.findings).toHaveLength(made.length);
  });

  test("drift says what is declared and not brought up yet, which is none", () => {
    expect(found.report.pending).toContainEqual({ operation: "create", entry: "agents.newcomer" });
    expect(found.report.pending?.filter(({ entry }) => !entry.startsWith("agents.newcomer"))).toEqual([]);
  });

  test("what is accepted, the declaration says: a preview would not take it back, and comments stay", async () => {
    const { said, planned, before, after } = taken;
    const patch = withoutIds(said.slice(said.indexOf("=====")), "<id>")
      .replaceAll(/key [\w-]{43}/g, "key <thumbprint>")
      .replaceAll(/name: "?[\da-f]{8}\b"?/g, "name: <id>");
    await expect(patch).toMatchFileSnapshot(`by-hand/${cloud}-accepted.txt`);
    const left = said.slice(said.indexOf("Not accepted"));
    const isLeft = ({ entry, access, isUndeclared }: (typeof found.report.findings)[number]) =>
      left.includes(`\n  ${isUndeclared ? `${entry} ${access}` : entry}: `);
    const accepted = found.report.findings.filter((one) => !isLeft(one) && !one.isUndeclared);
    expect(accepted.length).toBeGreaterThanOrEqual(15);
    for (const { type, name, path } of accepted) {
      const isIt = isOf(nameOfPath(path));
      expect(planned[`${type} ${name}`]?.filter((one) => isIt(one)) ?? [], `${type} ${name} ${path}`).toEqual([]);
    }
    const comments = (text: string) => text.match(/#.*$/gm);
    expect(comments(after)).toEqual(comments(before));
  });

  test("access that is accepted equals what the tenant has, so that the stack takes it over as it is", async () => {
    const declaration = loadAnyDeclaration(taken.after, "accepted.yaml", { env: {} });
    const stranger = { stack: "", name: "", tenant: "" };
    const { found: read, resources, standing } = adoptable(declaration, { env: tenant.variables() }, stranger);
    await read();
    const known = stack.resources.map(({ urn }) => nameOf(urn));
    const agents = Object.keys(declaration.agents ?? {}).flatMap((key) => resources(declaration, `agents/${key}`));
    const fresh = agents.filter(({ type, name }) => !known.includes(`${type} ${name}`));
    expect(fresh.length).toBeGreaterThanOrEqual(4);
    for (const one of fresh) expect(await standing(one), one.name).toMatchObject({ is: "equal" });
  });

  test("drift writes nothing: to the tenant, to the state, to the declaration", () => {
    expect(found.seen.length).toBeGreaterThan(0);
    expect(writes(found.seen)).toEqual([]);
    expect(found.after).toEqual(found.before);
  });

  test("nothing else shows, and with access that nobody declared verify fails", () => {
    const others = Object.entries(drift).flatMap(([resource, paths]) => {
      const own = made.filter((row) => row.resource === resource).map(({ property }) => isOf(property));
      return paths.filter((path) => !own.some((is) => is(path))).map((path) => `${resource} ${path}`);
    });
    expect(others).toEqual([]);
    expect(exitCode(report)).toBe(1);
  });

  test("one repair takes all of it back, in the tenant and in the state", async () => {
    const { stdout, stderr } = await stack.kit(["drift", stack.name, "--fix", "--yes", "--no-plan"]);
    expect(stderr).toContain("access widened");
    expect(stdout).toContain(`${stack.name}: in sync`);
    expect(await content()).toEqual(before.content);
    expect(await stateOf(stack, renewed)).toEqual(before.state);
    expect(findings(await verify())).toEqual([]);
  });

  test(`afterwards nothing shows, nor what nobody owns: ${outside.map(([title]) => title).join("; ")}`, async () => {
    for (const [, change] of outside) await change();
    const changed = await content();
    expect(await stack.driftedProperties()).toEqual({});
    expect((await driftIn(story, 0, "--no-plan")).report).toMatchObject({ outcome: "in-sync", findings: [] });
    await stack.up();
    expect(await content()).toEqual(changed);
  });
}
