/**
 * No secret in clear: canaries of every sort go through the engine, and none is found in what is printed, in the state or
 * in the sandbox's log. `--debug` and the debug events of `--json` included. Left out are the engine's own logs,
 * which show all messages by design: `--logtostderr -v=9` and PULUMI_DEBUG_GRPC.
 */

import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { startAic } from "../support/aic.ts";
import { hands } from "../support/hands.ts";
import type { Run } from "./cli.ts";
import { everything, everythingEnv } from "./declarations.ts";
import { openProject } from "./project.ts";

const tenant = await startAic();
afterAll(() => tenant.stop());
const addStack = openProject(tenant);
/** Program and provider as processes, which print on their own where they say most. */
const processes = true;
const fromConfig = `canary-${randomUUID()}`;
const declaration = structuredClone(everything) as typeof everything & { agents: Record<string, object> };
Object.assign(declaration.agents, {
  "configured-agent": { name: "Configured", pattern: "autonomous", secret: { config: "agentSecret" } },
  "generated-agent": { name: "Generated", pattern: "autonomous" },
});
const stack = await addStack("secrets", declaration, {}, everythingEnv);

const said: Run[] = [];
let canaries: Record<string, string> = {};

beforeAll(async () => {
  const { jwk } = tenant.sandbox.serviceAccount;
  said.push(await stack.run(["config", "set", "--secret", "ping-agents:agentSecret", fromConfig]));
  said.push(await stack.preview({ args: ["--diff"] }), await stack.preview({ args: ["--json"] }));
  said.push(await stack.preview({ args: ["--debug"], processes }));
  said.push(await stack.up({ args: ["--json", "--debug"], processes }));
  const { stdout } = await stack.run(["stack", "output", "--json", "--show-secrets"]);
  const outputs = JSON.parse(stdout) as { secrets: Record<string, string>; privateKeys: Record<string, string> };
  canaries = {
    ...everythingEnv,
    "client secret from the stack configuration": fromConfig,
    "generated client secret": outputs.secrets["generated-agent"] ?? "",
    "private member of the CIBA key": (JSON.parse(outputs.privateKeys["demo-agent"] ?? "{}") as { d: string }).d,
    "private member of the service account's key": String(jwk.d),
    "control token": tenant.sandbox.controlToken,
  };

  // Every secret changes, something differs in the tenant, and something fails.
  const other = Object.fromEntries(Object.keys(everythingEnv).map((key) => [key, `canary-${randomUUID()}`]));
  Object.assign(canaries, Object.fromEntries(Object.entries(other).map(([key, value]) => [`new ${key}`, value])));
  await hands(tenant).agent("AIAgent", "demo-agent", "coreOAuth2ClientConfig", { scopes: ["hand"] });
  said.push(await stack.drift({ exit: 7 }), await stack.run(["refresh", "--preview-only", "--json"]));
  await tenant.arm({ method: "PUT", pathPattern: "AIAgent/demo-agent", status: 400, times: 1 });
  said.push(await stack.up({ args: ["--refresh", "--diff"], env: other, exit: 1, processes }));
  said.push(await stack.up({ args: ["--diff"], env: other }), await stack.run(["stack", "output"]));
  said.push(await stack.run(["stack", "export"]));
});

describe("canaries", () => {
  test("are there, and distinct", () => {
    expect(Object.values(canaries).every((value) => value.length > 15)).toBe(true);
    expect(new Set(Object.values(canaries)).size).toBe(11);
  });

  const found = (text: string) => Object.keys(canaries).filter((name) => isIn(canaries[name] ?? "", text));
  /** As it is, or in the encodings that the APIs use. */
  const isIn = (secret: string, text: string) =>
    [secret, Buffer.from(secret).toString("base64").replace(/=+$/, ""), encodeURIComponent(secret)].some((form) =>
      text.includes(form),
    );

  test("are found where they are", () => {
    expect(found(stringify(canaries))).toEqual(Object.keys(canaries));
  });

  test("are not in what the CLI prints", () => {
    expect(said.map(({ stdout, stderr }) => found(stdout + stderr))).toEqual(said.map(() => []));
  });

  test("are not in the state", () => {
    expect(found(stack.stateText)).toEqual([]);
    expect(stack.stateText).toContain("ciphertext");
  });

  test("are not in the sandbox's log, its requests or its dump", async () => {
    const shown = [tenant.log.join("\n"), await tenant.control("requests"), await tenant.dump()];
    expect(shown.map((one) => found(JSON.stringify(one)))).toEqual([[], [], []]);
  });
});
