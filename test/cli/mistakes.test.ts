/** Mistakes of the user, whatever the command: exit code 1, one message that says what to do, no stack. */

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { exportJWK, generateKeyPair } from "jose";
import { expect, test } from "vitest";
import { project, VALID } from "./command.ts";

const { privateKey } = await generateKeyPair("RS256", { extractable: true });
const KEY = await exportJWK(privateKey);

const AIC = {
  AIC_TENANT_URL: "http://127.0.0.1:9",
  AIC_SERVICE_ACCOUNT_ID: "an-id",
  AIC_SERVICE_ACCOUNT_KEY: JSON.stringify(KEY),
};
const PINGONE = {
  PINGONE_ENVIRONMENT_ID: "11111111-2222-4333-8444-555555555555",
  PINGONE_CLIENT_ID: "worker",
  PINGONE_CLIENT_SECRET: "canary",
  PINGONE_REGION_CODE: "EU",
};
const PINGONE_DECLARATION = "platform: pingone\nagents:\n  bot: { name: Bot, pattern: autonomous, access: [] }\n";

test.for<[what: string, args: string[], env: Record<string, string>, ...said: string[]]>([
  ...["restart", "verify"].flatMap((command): [string, string[], Record<string, string>, ...string[]][] => [
    [
      "an address that is none",
      [command],
      { ...AIC, AIC_TENANT_URL: "tenant.example.com" },
      ...["ERR_SETTING_INVALID: the address is not an https URL", "field AIC_TENANT_URL", "Next: set AIC_TENANT_URL"],
    ],
    [
      "an address without TLS",
      [command],
      { ...AIC, AIC_TENANT_URL: "http://tenant.example.com" },
      ...["ERR_INSECURE_TENANT_URL", "Next: use https://tenant.example.com"],
    ],
    [
      "a key that is no JSON",
      [command],
      { ...AIC, AIC_SERVICE_ACCOUNT_KEY: "canary" },
      ...["ERR_SETTING_INVALID: the private key of the service account is not JSON", "field AIC_SERVICE_ACCOUNT_KEY"],
    ],
    [
      "a key of another kind",
      [command],
      { ...AIC, AIC_SERVICE_ACCOUNT_KEY: '{"kty":"EC","crv":"P-256","d":"canary"}' },
      ...[
        "ERR_SETTING_INVALID: the private key of the service account is not an RSA key",
        "Next: give the whole content",
      ],
    ],
    [
      "a key that lost a part",
      [command],
      { ...AIC, AIC_SERVICE_ACCOUNT_KEY: JSON.stringify({ ...KEY, q: undefined }) },
      "ERR_SETTING_INVALID: the private key of the service account is not a valid RSA key",
    ],
    [
      "a key that is cut off",
      [command],
      { ...AIC, AIC_SERVICE_ACCOUNT_KEY: JSON.stringify(KEY).slice(0, 300) },
      "ERR_SETTING_INVALID: the private key of the service account is not JSON",
    ],
  ]),
  [
    "an address of PingOne's token service that is none",
    ["verify", "pingone"],
    { ...PINGONE, PINGONE_AUTH_URL: "auth.pingone.eu" },
    ...["ERR_SETTING_INVALID", "field PINGONE_AUTH_URL", "Next: set PINGONE_AUTH_URL"],
  ],
  [
    "an address of PingOne's API that is none",
    ["verify", "pingone"],
    { ...PINGONE, PINGONE_API_URL: "api" },
    ...["ERR_SETTING_INVALID", "field PINGONE_API_URL", "Next: set PINGONE_API_URL"],
  ],
  ...[["validate"], ["verify"], ["keys", "new", "bot", "--out", "key.json", "--env"]].flatMap(
    (command): [string, string[], Record<string, string>, ...string[]][] => [
      [
        "an environment that is not declared",
        [...command, "prod"],
        AIC,
        ...["ERR_ENVIRONMENT_UNKNOWN: there is no stacks/prod.yaml", "use one of aFolder, dev, pingone"],
      ],
      [
        "a folder in place of a declaration",
        [...command, "aFolder"],
        AIC,
        "ERR_FILE: stacks/aFolder.yaml is a folder, not a file",
      ],
    ],
  ),
  ["a file in place of a data folder", ["sandbox", "--data", "stacks/dev.yaml"], {}, "ERR_SANDBOX_DATA", "--data"],
])("%s: %j", async ([, args, env, ...said]) => {
  const here = project({ dev: VALID, pingone: PINGONE_DECLARATION });
  mkdirSync(join(here.folder, "stacks", "aFolder.yaml"));
  const verifyDev = args.length === 1 && args[0] === "verify" ? ["verify", "dev"] : args;
  const { code, stdout, stderr } = await here.run(verifyDev, env);
  for (const part of said) expect(stderr).toContain(part);
  expect(stderr.match(/ERR_\w+:/g)).toHaveLength(1);
  expect(stderr).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
  expect(stdout + stderr).not.toContain("canary");
  expect(code).toBe(1);
});

test("a folder of declarations that is a file", async () => {
  const here = project();
  here.write("stacks", "");
  const { code, stderr } = await here.run(["validate"]);
  expect({ code, stderr }).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^ERR_ENVIRONMENT_UNKNOWN: .*\n {2}Next: .*\n$/),
  });
});
