/** A process that watches its engine: it ends when the engine is gone, after what is under way, and no sooner. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer, type Server } from "node:net";
import { text } from "node:stream/consumers";
import { expect, type TestContext, test } from "vitest";
import { projectRoot } from "../../tools/bootstrap/paths.mjs";

/** Something that listens as the engine does. */
async function engine({ onTestFinished }: TestContext): Promise<{ server: Server; address: string }> {
  const server = createServer((socket) => socket.on("error", () => {}));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return { server, address: `127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** A process that watches the engine at that address while it runs `code`, in which `writes` counts what is under way. */
function watcher({ onTestFinished }: TestContext, address: string, code: string) {
  const program = `
    import { UnderWay, watchEngine } from "./src/engine/watch.ts";
    const writes = new UnderWay();
    const wait = (ms) => new Promise((done) => setTimeout(done, ms));
    watchEngine(${JSON.stringify(address)}, () => writes.settled());
    ${code}`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", program], { cwd: projectRoot });
  onTestFinished(() => void child.kill("SIGKILL"));
  const said = Promise.all([child.stdout, child.stderr].map((stream) => text(stream).catch(() => "not read")));
  return { child, ended: once(child, "exit").then(async ([code]) => ({ code, said: (await said).join("") })) };
}

// They wait, each for seconds.
test.concurrent("ends after what is under way", async (context) => {
  const { server, address } = await engine(context);
  const { ended } = watcher(
    context,
    address,
    `await writes.follow(() => wait(5000))(); console.log("written"); await wait(60_000);`,
  );
  await once(server, "connection");
  server.close();
  expect(await ended).toEqual({ code: 1, said: "written\n" });
});

test.concurrent("ends when what is under way comes to no end", async (context) => {
  const { server, address } = await engine(context);
  const { ended } = watcher(context, address, "writes.follow(() => wait(600_000))(); await wait(600_000);");
  await once(server, "connection");
  server.close();
  expect(await ended).toEqual({ code: 1, said: "" });
});

test.concurrent("ends when nobody reads what it prints, and does not print that again and again", async (context) => {
  const { server, address } = await engine(context);
  const { child, ended } = watcher(context, address, 'setInterval(() => console.log("line"), 20);');
  await once(server, "connection");
  child.stdout.destroy();
  expect((await ended).code).toBe(1);
});

test.concurrent("does not end while the engine is there, nor for one that never answered", async (context) => {
  const { address } = await engine(context);
  const both = [address, "127.0.0.1:1"].map((one) => watcher(context, one, "await wait(4000);").ended);
  expect(await Promise.all(both)).toEqual(Array(2).fill({ code: 0, said: "" }));
});
