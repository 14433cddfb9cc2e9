/** What follows for resources and clients of what may be exchanged, and what the claims then come to. */

import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { delegations, grantsOf, mayActOf } from "../../../src/components/pingone/delegation.ts";
import { evaluate } from "../../../src/fields/pingone-expressions.ts";
import { loadAnyDeclaration } from "../../../src/platforms.ts";

const scopes = ["use"];
const named = (name: string, more: object = {}) => ({ name, scopes: { use: "", look: "" }, ...more });
const resources = { door: named("Door API"), tool: named("Tool API") };
const actor = { name: "Actor", type: "service", delegates: [{ with: "door", resource: "tool", scopes }] };
const access = [{ resource: "door", scopes: ["look"] }];
const people = { name: "Portal", type: "web", redirectUris: ["https://a.example.com/cb"], access };
const bot = { name: "Bot", pattern: "autonomous", access };

function declared(applications: object, agents: object = {}) {
  const text = stringify({ platform: "pingone", resources, applications, agents });
  const declaration = loadAnyDeclaration(text, "x.yaml");
  return declaration.platform === "pingone" ? declaration : expect.unreachable();
}

describe("for whom a token is", () => {
  const REQUEST = "#root.context.requestData.subjectToken";
  test.each([
    ["people's tokens", { people }, {}, `: ${REQUEST}.sub}`, true],
    ["clients' own", {}, { bot }, `: ${REQUEST}.client_id}`, false],
    ["both", { people }, { bot }, `(${REQUEST}.sub != null ? ${REQUEST}.sub : ${REQUEST}.client_id)}`, false],
    [
      "nobody's that the file knows",
      {},
      {},
      `(${REQUEST}.sub != null ? ${REQUEST}.sub : ${REQUEST}.client_id)}`,
      false,
    ],
  ])("%s", (_whose, applications, agents, end, isForUsers) => {
    const { door, tool } = delegations(declared({ actor, ...applications }, agents));
    expect(tool?.claims.sub?.value.endsWith(end)).toBe(true);
    expect(tool?.claims.act?.required).toBe(true);
    expect(door).toMatchObject({ actors: ["actor"], isForUsers, claims: {} });
  });
});

test("nothing is required where every entry says so, and then no place says otherwise", () => {
  const loose = { ...actor, delegates: [{ ...actor.delegates[0], required: false }] };
  const { tool } = delegations(declared({ loose }));
  expect(tool?.claims.act?.required).toBe(false);
  expect(tool?.requiredAt).toBeUndefined();
  expect(delegations(declared({ actor })).tool?.requiredAt).toEqual(["applications", "actor", "delegates", 0]);
});

test("a resource has one grant, with the places of its scopes", () => {
  const both = { ...actor, access: [{ resource: "Tool API", scopes: ["look"] }] };
  const [grant, ...others] = grantsOf(declared({ both }).applications?.both ?? expect.unreachable(), resources);
  expect(others).toEqual([]);
  expect(grant).toMatchObject({ resource: "Tool API", scopes: ["look", "use"], with: ["door"] });
  expect(grant?.pathOf("look")).toEqual(["access", 0, "scopes", "look"]);
  expect(grant?.pathOf("use")).toEqual(["delegates", 0, "scopes", "use"]);
});

describe("may_act", () => {
  const said = (clientIds: readonly string[], isForUsers: boolean, client: string, grantType: string) => {
    const claim = mayActOf(clientIds, isForUsers);
    return evaluate(typeof claim === "string" ? claim : JSON.stringify(claim), {
      user: null,
      requestData: { grantType, scope: null, subjectToken: null, actorToken: null },
      appConfig: { clientId: client, tokenEndpointAuthMethod: "NONE", envId: "env", orgId: "org" },
    });
  };

  test("of one client names it, in tokens of people alone where clients' own are not meant", () => {
    expect(said(["a"], false, "portal", "client_credentials")).toEqual({ sub: "a" });
    expect(said(["a"], true, "portal", "authorization_code")).toEqual({ sub: "a" });
    expect(said(["a"], true, "portal", "client_credentials")).toBeUndefined();
  });

  test("of several names whom the user signed in at, if it is one of them", () => {
    expect(said(["a", "b"], false, "b", "authorization_code")).toEqual({ sub: "b" });
    for (const [client, grantType] of [
      ["c", "authorization_code"],
      ["b", "client_credentials"],
    ] as const)
      expect(said(["a", "b"], false, client, grantType)).toBeUndefined();
  });
});
