/** The variables of an agent's code, and how they are written: what reads them gets each value back as it is. */

import { parseEnv } from "node:util";
import { expect, test } from "vitest";
import { render } from "../../../src/cli/env/render.ts";
import { variablesOf } from "../../../src/cli/env/variables.ts";
import { aicClientOutputs } from "../../../src/components/aic/outputs.ts";
import { pingOneClientOutputs } from "../../../src/components/pingone/outputs.ts";
import { loadAnyDeclaration } from "../../../src/platforms.ts";

const HEAD = { aic: "platform: aic\nrealm: alpha\ntier: development\n", pingone: "platform: pingone\n" };

/** What is said of the agent `bot`. */
function bot(platform: "aic" | "pingone", fields: string, above = "") {
  const text = `${HEAD[platform]}${above}agents:\n  bot: { name: Bot, ${fields} }\n`;
  const declaration = loadAnyDeclaration(text, "x.yaml");
  if (declaration.platform === "aic") {
    const { realm, provider, agents = {} } = declaration;
    const [client = expect.unreachable()] = Object.values(agents);
    return aicClientOutputs(client, { realm, provider, origin: "https://a.example.com", clientId: "bot", kid: "k" });
  }
  const [client = expect.unreachable()] = Object.values(declaration.agents ?? {});
  return pingOneClientOutputs(client, { ...declaration, issuer: "https://auth.example.com/env/as", clientId: "an-id" });
}

const APPROVED = "pattern: approved, scopes: [openid, address], ciba: { keys: generated }";
const approved = (more = "") => bot("aic", APPROVED + more, "provider: { acr: { push: Journey, strong: Other } }\n");

/** Values by name, and references of secrets. */
const told = (client: ReturnType<typeof bot>, path?: "short") =>
  Object.fromEntries(variablesOf(client, path).map((one) => [one.name, "value" in one ? one.value : one.reference]));

test("the eight variables of the tutorial, on AIC", () => {
  const R = "/am/oauth2/realms/root/realms/alpha";
  expect(told(approved())).toMatchObject({
    PINGONE_TOKEN_ENDPOINT: `https://a.example.com${R}/access_token`,
    PINGONE_CLIENT_ID: "bot",
    PINGONE_CLIENT_SECRET: { output: "secrets" },
    PINGONE_CIBA_AUDIENCE: `https://a.example.com:443${R}`,
    PINGONE_CIBA_ACR_VALUES: "push",
    PINGONE_CIBA_ISSUER: "bot",
    PINGONE_CIBA_JWK: { output: "privateKeys" },
    PINGONE_CIBA_ENDPOINT: `https://a.example.com${R}/bc-authorize`,
  });
  expect(Object.keys(told(approved())).slice(0, 8)).toEqual(
    "TOKEN_ENDPOINT CLIENT_ID CLIENT_SECRET CIBA_AUDIENCE CIBA_ACR_VALUES CIBA_ISSUER CIBA_JWK CIBA_ENDPOINT"
      .split(" ")
      .map((name) => `PINGONE_${name}`),
  );
});

test("the same by the short path, audience and all", () => {
  expect(told(approved(), "short")).toMatchObject({
    PINGONE_TOKEN_ENDPOINT: "https://a.example.com/am/oauth2/alpha/access_token",
    PINGONE_CIBA_AUDIENCE: "https://a.example.com:443/am/oauth2/alpha",
    PINGONE_ISSUER: "https://a.example.com:443/am/oauth2/alpha",
    PINGONE_CIBA_ENDPOINT: "https://a.example.com/am/oauth2/alpha/bc-authorize",
  });
});

test("an acr value of the agent's own comes first", () => {
  expect(told(approved(", idToken: { defaultAcrValues: [strong] }")).PINGONE_CIBA_ACR_VALUES).toBe("strong");
});

test("on PingOne the same names, and none for a signed request, which it does not know", () => {
  const variables = told(bot("pingone", "pattern: approved, access: [{ resource: Orders API, scopes: [pay] }]"));
  expect(variables).toMatchObject({
    PINGONE_TOKEN_ENDPOINT: "https://auth.example.com/env/as/token",
    PINGONE_CLIENT_ID: "an-id",
    PINGONE_CLIENT_SECRET: { keptBy: "PingOne" },
    PINGONE_CIBA_ENDPOINT: "https://auth.example.com/env/as/cibaAuthorization",
    PINGONE_PAR_ENDPOINT: "https://auth.example.com/env/as/par",
    PINGONE_SCOPES: "pay",
  });
  const ofRequest = ["AUDIENCE", "ISSUER", "JWK", "KID"].map((name) => `PINGONE_CIBA_${name}`);
  expect(Object.keys(variables).filter((name) => ofRequest.includes(name))).toEqual([]);
});

test("an agent that asks nobody has no variable of CIBA", () => {
  const names = Object.keys(told(bot("aic", "pattern: autonomous")));
  expect(names.filter((name) => name.includes("CIBA"))).toEqual([]);
});

const SCOPES = `["it's", "a|text"]`;
const tool = '{ authorization: client_credentials, scopes: ["it\'s"] }';
const odd = () =>
  bot("aic", `pattern: autonomous, scopes: ${SCOPES}, tools: { "look up": ${tool}, search: { authorization: none } }`);

test("what is written is read back, JSON and quotation marks included", () => {
  for (const client of [approved(), odd()]) {
    const text = render(variablesOf(client), "bot", "dotenv");
    const shown = variablesOf(client).flatMap((one) => ("value" in one ? [[one.name, one.value]] : []));
    const read = parseEnv(text);
    for (const [name = "", value] of shown) {
      const isJson = value?.startsWith("{") || value?.startsWith("[");
      if (isJson) expect(JSON.parse(read[name] ?? "")).toEqual(JSON.parse(value ?? ""));
      else expect(read[name]).toBe(value);
    }
    expect(Object.keys(read).sort()).toEqual(shown.map(([name]) => name).sort());
  }
  const { PINGONE_TOOLS = "" } = parseEnv(render(variablesOf(odd()), "bot", "dotenv"));
  expect(JSON.parse(PINGONE_TOOLS)).toEqual({ "look up": { type: "client_credentials", scope: "it's" }, search: null });
});

test("a secret that is not given is a comment, and an object in JSON, each saying where it is", () => {
  const at = (fields: string) => variablesOf(bot("aic", `pattern: autonomous, ${fields}`));
  expect(render(at("secret: generated"), "bot", "dotenv")).toContain(
    "\n# PINGONE_CLIENT_SECRET is in the stack's outputs, secrets.bot\n",
  );
  expect(render(at("secret: { esv: esv-bot }"), "bot", "dotenv")).toContain(
    "\n# PINGONE_CLIENT_SECRET is in the ESV secret esv-bot\n",
  );
  expect(render(at("authMethod: private_key_jwt"), "bot", "dotenv")).toContain(
    "\n# PINGONE_CLIENT_JWK is kept by whoever made the key\n",
  );
  expect(JSON.parse(render(at("secret: generated"), "bot", "json"))).toMatchObject({
    ...{ PINGONE_CLIENT_ID: "bot", PINGONE_CLIENT_SECRET: { output: "secrets", key: "bot" } },
  });
});

test("a value that no such file can hold is refused, and not shown", () => {
  const secret = { name: "PINGONE_CLIENT_SECRET", value: `canary'"$` };
  expect(() => render([secret], "bot", "dotenv")).toThrow(/^ERR_DOTENV: the value of PINGONE_CLIENT_SECRET/);
  expect(() => render([secret], "bot", "dotenv")).not.toThrow(/canary/);
  expect(JSON.parse(render([secret], "bot", "json"))).toEqual({ PINGONE_CLIENT_SECRET: `canary'"$` });
});
