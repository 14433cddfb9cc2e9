/**
 * What we owe to the SDK's own provider process: it loads the constant pointer from the state, and speaks gRPC to us.
 * Fails the day the SDK changes what it makes of `__provider`.
 */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { credentials, type Metadata } from "@grpc/grpc-js";
import * as pulumi from "@pulumi/pulumi";
import * as rpc from "@pulumi/pulumi/runtime/rpc.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AiAgent } from "../../src/components/aic/resources.ts";
import {
  markSecret,
  type Properties,
  SECRET_SIGNATURE,
  SIGNATURE_KEY,
  UNKNOWN,
} from "../../src/providers/pulumi-values.ts";
import { pulumiEnvironment } from "../../tools/pulumi-environment.mjs";
import { type LocalAic, startAic } from "../support/aic.ts";
import { OWNER } from "../support/properties.ts";

const require = createRequire(import.meta.url);
const { ResourceProviderClient } = require("@pulumi/pulumi/proto/provider_grpc_pb.js");
const messages = require("@pulumi/pulumi/proto/provider_pb.js");
const { Status } = require("@pulumi/pulumi/proto/status_pb.js");

const infra = fileURLToPath(new URL("../../infra/", import.meta.url));
/** Stands in the state of every stack. If this test needs another text, existing stacks can no longer be destroyed. */
const POINTER =
  'exports.handler=()=>require("node:module").createRequire(process.cwd()+"/")("ping-agents/provider").provider("aic:AiAgent")';
const declared = {
  realm: "alpha" as const,
  clientId: "support-agent",
  name: "Support agent",
  scopes: ["b", "a"],
  owners: ["demo.owner"],
};
/** What the base class gives every resource beside its inputs, once its stack is bound to the tenant. */
const owned = { __owner: OWNER };

/** The SDK's provider process, with the calls that the engine makes. */
class ProviderProcess {
  readonly #child: ChildProcess;
  readonly #client: Record<string, (request: unknown, done: (error: unknown, answer: Answer) => void) => void>;

  private constructor(child: ChildProcess, port: string) {
    this.#child = child;
    this.#client = new ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure());
  }

  static async start(variables: Record<string, string>): Promise<ProviderProcess> {
    const script = require.resolve("@pulumi/pulumi/cmd/dynamic-provider");
    const child = spawn(process.execPath, [script, "127.0.0.1:1"], {
      cwd: infra,
      env: pulumiEnvironment({ ...process.env, ...variables, PULUMI_NODEJS_PROJECT: "ping-agents" }),
      stdio: ["ignore", "pipe", "ignore"],
    });
    const [port] = await once(createInterface({ input: child.stdout }), "line");
    return new ProviderProcess(child, port);
  }

  stop(): void {
    this.#child.kill("SIGINT"); // as the engine does
  }

  /** @param fields by the name of their setter, lower case */
  call(method: string, message: string, fields: Record<string, unknown>): Promise<Answer> {
    const request = new messages[message]();
    for (const [name, value] of Object.entries(fields)) {
      const wrapped =
        typeof value === "object"
          ? struct.Struct.fromJavaScript(value as Parameters<typeof struct.Struct.fromJavaScript>[0])
          : value;
      request[`set${name[0]?.toUpperCase()}${name.slice(1)}`](wrapped);
    }
    return new Promise((resolve, reject) => {
      this.#client[method]?.(request, (error, answer) => (error ? reject(error) : resolve(answer)));
    });
  }

  configure(config: Properties): Promise<Answer> {
    return this.call("configure", "ConfigureRequest", { args: config });
  }
  check(news: Properties): Promise<Answer> {
    return this.call("check", "CheckRequest", { olds: {}, news: { ...news, ...owned, __provider: POINTER } });
  }
}

type Answer = Record<string, () => { toJavaScript(): Properties } & string & unknown[]>;
const object = (answer: Answer, getter: string): Properties => answer[getter]?.().toJavaScript() ?? {};

describe("the pointer in the SDK's provider process", () => {
  let tenant: LocalAic;
  let provider: ProviderProcess;
  /** That of a later run: in the run that made an object, whatever is deleted under its id is an old entry of the state. */
  let later: ProviderProcess;
  beforeAll(async () => {
    tenant = await startAic();
    owned.__owner = { ...OWNER, tenant: String(await tenant.admin.identity()) };
    provider = await ProviderProcess.start(tenant.variables());
    later = await ProviderProcess.start(tenant.variables());
    await Promise.all([provider.configure({}), later.configure({})]);
  });
  afterAll(async () => {
    provider.stop();
    later.stop();
    await tenant.stop();
  });

  test("is what a resource carries, and nothing of a resource is serialised", async () => {
    const seen: Properties[] = [];
    await pulumi.runtime.setMocks({
      newResource: ({ type, inputs }) => {
        seen.push({ type, ...inputs });
        return { id: "id", state: inputs };
      },
      call: ({ inputs }) => inputs,
    });
    new AiAgent("support-agent", declared);
    await expect
      .poll(() => seen)
      .toContainEqual({
        ...{ type: "pulumi-nodejs:dynamic/aic:AiAgent", ...declared, __provider: POINTER },
        __owner: { name: "project/stack", resource: "support-agent" }, // and what the binding answers, here nothing
      });
  });

  test("reaches the sources in the repository, so that no edit is ever missed", () => {
    expect(createRequire(infra).resolve("ping-agents/provider")).toMatch(/src\/providers\/entry\.ts$/);
  });

  test("creates, reads, updates and deletes", async () => {
    const checked = await provider.check(declared);
    const inputs = object(checked, "getInputs");
    expect(inputs).toMatchObject({ scopes: ["a", "b"], __provider: POINTER });

    const created = await provider.call("create", "CreateRequest", { properties: inputs });
    expect(created.getId?.()).toBe("alpha/support-agent");
    const outs = object(created, "getProperties");
    expect(outs.secret).toEqual({ [SIGNATURE_KEY]: SECRET_SIGNATURE, value: expect.stringMatching(/^[\w-]{43}$/) });

    const engine = { ...outs, secret: (outs.secret as Properties).value };
    const read = await provider.call("read", "ReadRequest", { id: "alpha/support-agent", properties: engine });
    expect(object(read, "getInputs")).toEqual(inputs);

    const changed = { ...inputs, clientId: "other-agent" };
    const diff = await provider.call("diff", "DiffRequest", { id: "alpha/support-agent", olds: engine, news: changed });
    expect(diff.getReplacesList?.()).toEqual(["clientId"]);
    expect(diff.getChanges?.()).toBe(messages.DiffResponse.DiffChanges.DIFF_UNKNOWN);

    const news = { ...inputs, scopes: ["c"] };
    const updated = await provider.call("update", "UpdateRequest", { id: "alpha/support-agent", olds: engine, news });
    expect(object(updated, "getProperties")).toMatchObject({ scopes: ["c"], secret: outs.secret, __provider: POINTER });

    await later.call("delete", "DeleteRequest", { id: "alpha/support-agent", properties: engine });
    const gone = await later.call("read", "ReadRequest", { id: "alpha/support-agent", properties: engine });
    expect(gone.getId?.()).toBe("");
  });

  test("keeps what a preview does not know, and names every failed field", async () => {
    const partly = await provider.check({ ...declared, owners: UNKNOWN });
    expect(object(partly, "getInputs")).toMatchObject({ owners: UNKNOWN, scopes: ["a", "b"] });
    const wrong = await provider.check({
      ...declared,
      scopes: "a",
      colour: "red",
      tokens: { accessTokenLifetime: -1 },
    });
    const failures = (wrong.getFailuresList?.() ?? []) as unknown as Failure[];
    type Failure = { getProperty(): string; getReason(): string };
    expect(failures.map((failure) => failure.getProperty())).toEqual(["", "", ""]); // the engine prints what it names
    expect(failures.map((failure) => failure.getReason().split(":")[0]).sort()).toEqual([
      "Unrecognized key",
      "scopes",
      "tokens.accessTokenLifetime",
    ]);
  });

  test("is configured before its first calls, however many come at once", async () => {
    const { AIC_TENANT_URL, AIC_SERVICE_ACCOUNT_ID, AIC_SERVICE_ACCOUNT_KEY } = tenant.variables();
    const none = { AIC_TENANT_URL: "", AIC_SERVICE_ACCOUNT_ID: "", AIC_SERVICE_ACCOUNT_KEY: "" };
    const other = await ProviderProcess.start(none);
    const config = {
      tenantUrl: AIC_TENANT_URL,
      serviceAccountId: AIC_SERVICE_ACCOUNT_ID,
      serviceAccountKey: AIC_SERVICE_ACCOUNT_KEY,
    };
    await other.configure(
      Object.fromEntries(Object.entries(config).map(([key, value]) => [`ping-agents:${key}`, value])),
    );
    const properties = { ...declared, clientId: "nobody", ...owned, __provider: POINTER };
    const reads = [1, 2, 3].map(() => other.call("read", "ReadRequest", { id: "alpha/nobody", properties }));
    expect((await Promise.all(reads)).map((answer) => answer.getId?.())).toEqual(["", "", ""]);
    other.stop();
  });

  test("records an object that was made and not finished, so that the next run goes on", async () => {
    await tenant.control("faults", { faults: [{ method: "PATCH", pathPattern: "_aiagent/", status: 403 }] });
    const inputs = object(await provider.check(declared), "getInputs");
    const failed = await provider.call("create", "CreateRequest", { properties: inputs }).catch((error) => error);
    await tenant.control("faults", { faults: [] });
    const [details] = (failed.metadata as Metadata).get("grpc-status-details-bin");
    const [any] = Status.deserializeBinary(details as Uint8Array).getDetailsList();
    const partial = messages.ErrorResourceInitFailed.deserializeBinary(any.getValue());
    expect(partial.getId()).toBe("alpha/support-agent");
    expect(partial.getReasonsList()[0]).toContain("ERR_API_FORBIDDEN");
    const olds = partial.getProperties().toJavaScript();
    expect(olds).toMatchObject({ ...object(await provider.check(declared), "getInputs"), __provider: POINTER });

    const updated = await provider.call("update", "UpdateRequest", { id: "alpha/support-agent", olds, news: inputs });
    expect(object(updated, "getProperties")).toMatchObject({ owners: ["demo.owner"] });
    await later.call("delete", "DeleteRequest", { id: "alpha/support-agent", properties: olds });
  });
});

test("unknowns and secrets have the SDK's own wire forms", () => {
  expect(UNKNOWN).toBe(rpc.unknownValue);
  expect(rpc.isRpcSecret(markSecret("x"))).toBe(true);
  expect(rpc.unwrapRpcSecret(markSecret("x"))).toBe("x");
  expect(SIGNATURE_KEY).toBe(rpc.specialSigKey);
});
