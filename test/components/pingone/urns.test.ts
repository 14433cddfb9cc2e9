/**
 * Which resources a PingOne declaration becomes. Types, names and parents are a promise: Pulumi knows a resource by them,
 * and whoever changes one replaces live agents in every stack. This list is therefore literal.
 */

import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { DeclaredAgent } from "../../../src/components/pingone/declared-agent.ts";
import { pingOneDeclarationSchema } from "../../../src/components/pingone/schema.ts";
import { declarePingOne } from "../../../src/components/pingone/stack.ts";
import { type Registered, register } from "../program.ts";

const declared = (declaration: object) => register(() => declarePingOne(pingOneDeclarationSchema.parse(declaration)));
const paths = (resources: readonly Registered[]) => resources.map(({ path }) => path);

describe("stacks/pingone-dev.yaml", () => {
  const dev = parse(readFileSync(new URL("../../../stacks/pingone-dev.yaml", import.meta.url), "utf8"));
  let resources: Registered[];
  beforeAll(async () => {
    ({ resources } = await declared(dev));
  });

  test("has these types, names and parents", () => {
    expect(paths(resources)).toEqual([
      "pingone:CustomApplication support-portal",
      "pingone:CustomApplication support-portal / pingone:Application support-portal",
      "pingone:CustomApplication support-portal / pingone:Owner support-portal/demo.owner",
      "pingone:CustomApplication support-portal / pingone:ScopeGrant support-portal/portal-api",
      "pingone:DeclaredAgent refund-agent",
      "pingone:DeclaredAgent refund-agent / pingone:AiAgent refund-agent",
      "pingone:DeclaredAgent refund-agent / pingone:Owner refund-agent/demo.owner",
      "pingone:DeclaredAgent refund-agent / pingone:PolicyAssignments refund-agent/policies",
      "pingone:DeclaredAgent refund-agent / pingone:ScopeGrant refund-agent/openid",
      "pingone:DeclaredAgent refund-agent / pingone:ScopeGrant refund-agent/orders-api",
      "pingone:DeclaredAgent refund-agent / pingone:Secret refund-agent/secret",
      "pingone:DeclaredAgent stock-watcher",
      "pingone:DeclaredAgent stock-watcher / pingone:AiAgent stock-watcher",
      "pingone:DeclaredAgent stock-watcher / pingone:Owner stock-watcher/demo.owner",
      "pingone:DeclaredAgent stock-watcher / pingone:ScopeGrant stock-watcher/orders-api",
      "pingone:DeclaredAgent stock-watcher / pingone:Secret stock-watcher/secret",
      "pingone:DeclaredAgent support-agent",
      "pingone:DeclaredAgent support-agent / pingone:AiAgent support-agent",
      "pingone:DeclaredAgent support-agent / pingone:Owner support-agent/demo.owner",
      "pingone:DeclaredAgent support-agent / pingone:ScopeGrant support-agent/agents-api",
      "pingone:DeclaredAgent support-agent / pingone:ScopeGrant support-agent/orders-api",
      "pingone:DeclaredAgent support-agent / pingone:Secret support-agent/secret",
      "pingone:Resource agents-api",
      "pingone:Resource orders-api",
      "pingone:Resource portal-api",
    ]);
  });

  test.for([
    ["Resource", "portal-api", ["pingone:AiAgent support-agent"]],
    ["Resource", "orders-api", []],
    ["ScopeGrant", "support-agent/orders-api", ["pingone:AiAgent support-agent", "pingone:Resource orders-api"]],
    ["ScopeGrant", "refund-agent/openid", ["pingone:AiAgent refund-agent"]],
    ["Secret", "support-agent/secret", ["pingone:AiAgent support-agent"]],
    ["Owner", "support-portal/demo.owner", ["pingone:Application support-portal"]],
  ] as const)("%s %s waits for what it needs, and the state says so", ([type, name, needs]) => {
    const found = resources.find((one) => one.type === `pingone:${type}` && one.name === name);
    expect(found?.dependsOn).toEqual(needs);
  });
});

test("the token of a user never names nobody as its actor", async () => {
  const agent = { name: "Bot", pattern: "on-behalf-of" as const, actsForUsersOf: ["portal"] };
  const declare = () => declarePingOne({ platform: "pingone", agents: { bot: agent } });
  await expect(register(declare)).rejects.toMatchObject({
    ...{ code: "ERR_NAME_NOT_FOUND", where: { field: "agents.bot.actsForUsersOf" } },
  });
});

test("a component is complete by itself, in a program without a declaration", async () => {
  const { resources } = await register(() => {
    const agent = new DeclaredAgent("bot", {
      ...{ name: "Bot", pattern: "autonomous", owners: ["demo.owner"], secret: { output: true } },
      access: [{ resource: "Orders API", scopes: ["orders:read"] }],
    });
    return { clientId: agent.clientId, secret: agent.secret ?? pulumi.output(undefined) };
  });
  expect(paths(resources)).toEqual([
    "pingone:DeclaredAgent bot",
    "pingone:DeclaredAgent bot / pingone:AiAgent bot",
    "pingone:DeclaredAgent bot / pingone:Owner bot/demo.owner",
    "pingone:DeclaredAgent bot / pingone:ScopeGrant bot/Orders API",
    "pingone:DeclaredAgent bot / pingone:Secret bot/secret",
  ]);
});

test("claims about the user hang below the application, too", async () => {
  const app = {
    name: "App",
    type: "web",
    claims: { email: { value: "mail" } },
    policies: { kind: "sign-on", names: ["MFA"] },
  };
  const { resources } = await declared({ platform: "pingone", applications: { app } });
  expect(paths(resources)).toEqual([
    "pingone:CustomApplication app",
    "pingone:CustomApplication app / pingone:Application app",
    "pingone:CustomApplication app / pingone:AttributeMapping app/email",
    "pingone:CustomApplication app / pingone:PolicyAssignments app/policies",
  ]);
});
