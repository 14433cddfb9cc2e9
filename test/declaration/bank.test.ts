/** Three environments of a bank from one base: each overlay is short, valid, and becomes what it says. */

import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { declareAic } from "../../src/components/aic/stack.ts";
import { checkDeclaration } from "../../src/platforms.ts";
import { declaredStacks, readDeclaration, stackFile } from "../../src/stack-files.ts";
import { type Registered, register } from "../components/program.ts";

const folder = fileURLToPath(new URL("bank", import.meta.url));
const read = (stack: string) => {
  const declaration = checkDeclaration(readDeclaration(stackFile(folder, stack), { project: folder, hint: "" }));
  return declaration.platform === "aic" ? declaration : expect.unreachable();
};
/** Resources that a preview would show, each with what it sends. */
const plan = async (stack: string) => (await register(() => declareAic(read(stack)))).resources;
const inputs = (resources: readonly Registered[], type: string, name: string) =>
  resources.find((one) => one.type === `aic:${type}` && one.name === name)?.inputs;

beforeAll(() => void vi.stubEnv("BANK_DOMAIN", "staging.example.com"));
afterAll(() => void vi.unstubAllEnvs());

test("the base is no environment", () => {
  expect(readdirSync(folder)).toContain("base.yaml");
  expect(declaredStacks(folder)).toEqual(["dev", "production", "staging"]);
  expect(() => read("base")).toThrow(
    "base.yaml is a base, which dev.yaml and production.yaml and staging.yaml extend: no environment",
  );
});

test.each(["staging", "production"])("%s says in less than 15 lines what differs", (stack) => {
  expect(readFileSync(stackFile(folder, stack), "utf8").trimEnd().split("\n").length).toBeLessThan(15);
});

describe.each([
  ["dev", "development", "http://localhost:8080/callback", "Teller", "Answers customers with their own rights"],
  [
    "staging",
    "staging",
    "https://portal.staging.example.com/callback",
    "Teller",
    "Answers customers with their own rights",
  ],
  ["production", "production", "https://portal.bank.example.com/callback", "Teller of the Bank", undefined],
] as const)("the plan of %s", (stack, tier, redirectUri, name, description) => {
  let resources: readonly Registered[];
  beforeAll(async () => {
    resources = await plan(stack);
  });

  test("is of its tier", () => {
    expect(inputs(resources, "GrantTypes", "alpha")).toMatchObject({ tier });
    expect(inputs(resources, "AcrMapping", "alpha/push")).toMatchObject({ tier, journey: "Payment Approval" });
  });

  test("has its names and addresses", () => {
    expect(inputs(resources, "AiAgent", "teller")).toMatchObject({ name, owners: ["ai.platform"] });
    expect(inputs(resources, "AiAgent", "teller")?.description).toBe(description);
    expect(inputs(resources, "OAuth2Client", "payments-app")).toMatchObject({ redirectUris: [redirectUri] });
  });

  test("protects in production only", () => {
    const isProtected = (path: string) => resources.find((one) => one.path.endsWith(path))?.protected;
    expect(isProtected("aic:AiAgent fraud-watch")).toBe(stack === "production");
    expect(isProtected("aic:AiAgent teller")).toBe(false);
  });
});
