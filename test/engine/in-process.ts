/**
 * Program and provider of a run of the CLI in the test's own process, where everything is loaded already: a run takes a third of its processor
 * time. The engine is the real one, and so is the SDK's part of both; settings, connections and what was seen of the tenant are the run's own.
 */

import { createRequire } from "node:module";
import { setImmediate } from "node:timers/promises";
import {
  credentials,
  Server,
  ServerCredentials,
  type ServiceError,
  status,
  type UntypedServiceImplementation,
} from "@grpc/grpc-js";
import { log, RunError, runtime } from "@pulumi/pulumi";
import { declareProject } from "../../src/program.ts";
import { providers } from "../../src/providers/entry.ts";
import { projectRoot } from "../../tools/bootstrap/paths.mjs";
import { replaceSurroundings } from "../support/surroundings.ts";

const sdk = createRequire(createRequire(import.meta.url).resolve("@pulumi/pulumi"));
const { EngineClient } = sdk("./proto/engine_grpc_pb");
const { LogRequest, LogSeverity } = sdk("./proto/engine_pb");
const { LanguageRuntimeService } = sdk("./proto/language_grpc_pb");
const { RunResponse } = sdk("./proto/language_pb");
const { PluginInfo } = sdk("./proto/plugin_pb");
const { Empty } = sdk("google-protobuf/google/protobuf/empty_pb");
const { withLocalStorage } = sdk("./runtime/state");
const { resetOptions, disconnect } = sdk("./runtime/settings");
const providerScript = sdk.resolve("./cmd/dynamic-provider");
const pointerReader = sdk.resolve("require-from-string");

/** What a run of the CLI is given in place of processes to start. */
export type Served = {
  /** Arguments of a command that runs the program. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Ends it when the CLI has ended. */
  readonly stop: () => Promise<void>;
};

/** The number under which the engine tells what goes together. Any will do. */
const PRINTED = 1;

/**
 * Serves program and provider to one run of the CLI.
 *
 * @param env environment variables of both, in place of this process's own
 * @throws Error when another run is served
 */
export async function serve(env: NodeJS.ProcessEnv): Promise<Served> {
  const restore = replaceSurroundings({ env, print: tell });
  const others = process.listeners("unhandledRejection");
  const language = new Server();
  language.addService(LanguageRuntimeService, languageRuntime);
  const [port, provider] = await Promise.all([listen(language), startProvider()]);
  // That of the provider's script would print what the program's own process hears.
  process.removeAllListeners("unhandledRejection").on("unhandledRejection", (error, promise) => {
    if (fail) fail(error as Failure);
    else if (!isOfEnd(error)) for (const other of others) other(error, promise);
  });
  return {
    args: [`--client=127.0.0.1:${port}`],
    env: { PULUMI_DEBUG_PROVIDERS: `pulumi-nodejs:${provider.port}` },
    stop: async () => {
      for (const server of [language, provider.server]) server.forceShutdown();
      engine?.close();
      engine = undefined;
      await setImmediate();
      process.removeAllListeners("unhandledRejection");
      for (const other of others) process.on("unhandledRejection", other);
      restore();
    },
  };
}

const listen = (server: Server) =>
  new Promise<number>((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) =>
      error ? reject(error) : resolve(port),
    ),
  );

/** The engine that is served, which tells what a process would have printed. */
let engine: InstanceType<typeof EngineClient> | undefined;

/** Hears the failures that a program leaves to its process, while it runs. */
let fail: ((error: Failure) => void) | undefined;

/** Whether a call to the engine failed because that is gone: the process that waited for the answer would not live to hear of it. */
const isOfEnd = (error: unknown) =>
  [status.UNAVAILABLE, status.CANCELLED].includes((error as Partial<ServiceError>)?.code ?? status.OK);

function tell(_stream: unknown, text: string): void {
  const request = new LogRequest();
  request.setSeverity(LogSeverity.INFO);
  request.setMessage(text);
  request.setStreamid(PRINTED);
  engine?.log(request, () => {});
}

/** What `cmd/run` of the SDK does with a program, but for loading it. */
const languageRuntime: UntypedServiceImplementation = {
  getPluginInfo: (_call: unknown, done: Done) => done(null, new PluginInfo()),
  run: ({ request }: { request: RunRequest }, done: Done) =>
    withLocalStorage(async () => {
      resetOptions(
        ...[request.getProject(), request.getStack(), request.getParallel(), request.getArgsList()[0]],
        ...[request.getMonitorAddress(), request.getDryrun(), request.getOrganization()],
      );
      runtime.setAllConfig(Object.fromEntries(request.getConfigMap().entries()), request.getConfigsecretkeysList());
      done(null, await runProgram());
    }),
};

async function runProgram() {
  const response = new RunResponse();
  const told = new Set<unknown>();
  const failed = (error: Failure) => {
    response.setBail(true); // the engine is told, and says no more
    if (!told.has(error)) void log.error(messageOf(error));
    told.add(error);
  };
  fail = failed;
  await runtime.runInPulumiStack(() => declareProject(projectRoot)).catch(failed);
  await disconnect(!response.getBail());
  fail = undefined;
  return response;
}

/** Of the SDK, some ask that their stack is left out. */
type Failure = Error & { readonly hideStack?: boolean };

function messageOf(error: Failure): string {
  if (RunError.isInstance(error as object) || error.hideStack) return error.message;
  const what = `Running program '${projectRoot}/infra/index.js' failed with an unhandled exception:`;
  return `${what}\n${error.stack || error.message}`;
}

/** The SDK's provider process as a server of this one: a new instance of its script, with all of ours that a new process has. */
async function startProvider(): Promise<{ server: Server; port: number }> {
  const newProvider = providers();
  const { argv } = process;
  const { addService, bindAsync } = Server.prototype;
  let started: { readonly server: Server; readonly port: Promise<number> } | undefined;
  try {
    delete sdk.cache[providerScript];
    // Of the constant pointer only the type matters here. That a process loads it is seen in test/providers/pointer.test.ts.
    const handler = (pointer: string) => () => newProvider(JSON.parse(/"[^"]+"(?=\)$)/.exec(pointer)?.[0] ?? "null"));
    const exports = (pointer: string) => ({ handler: handler(pointer) });
    sdk.cache[pointerReader] = { id: pointerReader, loaded: true, exports } as NodeJS.Module;
    process.argv = [process.execPath, providerScript, "127.0.0.1:1"];
    Server.prototype.addService = function (service, methods) {
      addService.call(this, service, Object.assign(methods, { attach }));
    };
    Server.prototype.bindAsync = function () {
      Server.prototype.bindAsync = bindAsync;
      started = { server: this, port: listen(this) };
    };
    sdk(providerScript);
  } finally {
    process.argv = argv;
    Object.assign(Server.prototype, { addService, bindAsync });
  }
  if (!started) throw new Error("the SDK's provider process serves nothing");
  return { server: started.server, port: await started.port };
}

/** The engine says where it is. A process gets to know it by an argument. */
function attach({ request }: { request: { getAddress(): string } }, done: Done): void {
  engine = new EngineClient(request.getAddress(), credentials.createInsecure());
  done(null, new Empty());
}

type Done = (error: null, response: unknown) => void;
type RunRequest = {
  getProject(): string;
  getStack(): string;
  getParallel(): number;
  getArgsList(): string[];
  getMonitorAddress(): string;
  getDryrun(): boolean;
  getOrganization(): string;
  getConfigMap(): Map<string, string>;
  getConfigsecretkeysList(): string[];
};
