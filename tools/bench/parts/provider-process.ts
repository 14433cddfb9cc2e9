/** The SDK's own provider process, and how many checks a second it answers. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { credentials } from "@grpc/grpc-js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";

const require = createRequire(import.meta.url);
const { ResourceProviderClient } = require("@pulumi/pulumi/proto/provider_grpc_pb.js");
const { CheckRequest } = require("@pulumi/pulumi/proto/provider_pb.js");

type Inputs = Parameters<typeof struct.Struct.fromJavaScript>[0];

/**
 * Checks per second.
 *
 * @param pointer what stands in `__provider`: JavaScript that exports a `handler`
 * @param concurrency calls that are under way at a time, as the engine's `--parallel`
 */
export async function checksPerSecond(pointer: string, inputs: Inputs, { checks = 2000, concurrency = 16 } = {}) {
  const script = require.resolve("@pulumi/pulumi/cmd/dynamic-provider");
  const child = spawn(process.execPath, [script, "127.0.0.1:1"], {
    cwd: fileURLToPath(new URL("../../../infra/", import.meta.url)),
    env: { ...process.env, PULUMI_NODEJS_PROJECT: "ping-agents" },
    stdio: ["ignore", "pipe", "ignore"],
  });
  try {
    const [port] = await once(createInterface({ input: child.stdout }), "line");
    const client = new ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure());
    const request = new CheckRequest();
    request.setOlds(struct.Struct.fromJavaScript({}));
    request.setNews(struct.Struct.fromJavaScript({ ...inputs, __provider: pointer }));
    const check = () =>
      new Promise<void>((resolve, reject) => {
        client.check(request, (error: Error | null) => (error ? reject(error) : resolve()));
      });
    await check(); // loads the provider
    const start = performance.now();
    const worker = async () => {
      for (let done = 0; done < checks / concurrency; done += 1) await check();
    };
    await Promise.all(Array.from({ length: concurrency }, worker));
    const seconds = (performance.now() - start) / 1000;
    client.close();
    return checks / seconds;
  } finally {
    child.kill();
  }
}
