/** Sending to a tenant that is busy: waited for as it says, and not without end. */
import { createServer } from "node:http";
import { expect, onTestFinished, test } from "vitest";
import { createSend } from "../../src/verify/send.ts";

/** The status that stands for a connection that is lost. */
const LOST = 0;

/** A tenant that gives these answers, the last one again and again, and pauses that nobody waits for. */
async function busy(...answers: readonly { status: number; retryAfter?: string }[]) {
  const calls: number[] = [];
  const server = createServer((_, response) => {
    const { status, retryAfter } = answers[Math.min(calls.length, answers.length - 1)] ?? { status: 200 };
    calls.push(status);
    if (status === LOST) return void response.destroy();
    response.writeHead(status, retryAfter === undefined ? {} : { "retry-after": retryAfter });
    response.end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  const pauses: number[] = [];
  const end = new AbortController();
  const pause = async (seconds: number, signal: AbortSignal) => {
    signal.throwIfAborted();
    pauses.push(seconds);
  };
  const interruption = new AbortController();
  return { send: createSend({ pause }, end.signal, interruption.signal), interruption, url, calls, pauses, end };
}

test.for([429, 503, 500])("%i with Retry-After is waited for", async (status) => {
  const { send, url, pauses } = await busy({ status, retryAfter: "7" }, { status: 200 });
  expect(await send(url)).toMatchObject({ status: 200 });
  expect(pauses).toEqual([7]);
});

test.for([
  ["without Retry-After", { status: 503 }],
  ["for longer than half a minute", { status: 503, retryAfter: "31" }],
  ["with a delay that is none", { status: 429, retryAfter: "soon" }],
  ["with a refusal", { status: 400, retryAfter: "1" }],
] as const)("nothing is waited for %s", async ([, answer]) => {
  const { send, url, calls, pauses } = await busy(answer);
  expect(await send(url)).toMatchObject({ status: answer.status });
  expect({ calls: calls.length, pauses }).toEqual({ calls: 1, pauses: [] });
});

test("a read whose connection is lost is sent again, where the tenant has answered before", async () => {
  const { send, url, calls, pauses } = await busy({ status: 200 }, { status: LOST }, { status: LOST }, { status: 204 });
  await send(url);
  expect(await send(url)).toMatchObject({ status: 204 });
  expect({ calls, pauses }).toEqual({ calls: [200, LOST, LOST, 204], pauses: [1, 1] });
});

test("what may have taken effect is not sent again: the tenant is busy", async () => {
  const { send, url, calls } = await busy({ status: 200 }, { status: LOST });
  await send(url);
  await expect(send(url, { method: "POST" })).rejects.toMatchObject({ code: "ERR_VERIFY_BUSY" });
  expect(calls).toEqual([200, LOST]);
});

test("who has never answered is not reached", async () => {
  const { send, url, calls } = await busy({ status: LOST });
  await expect(send(url)).rejects.toMatchObject({ code: "ERR_VERIFY_UNREACHABLE" });
  expect(calls).toEqual([LOST]);
});

test("a date is as good as a delay", async () => {
  const { send, url, pauses } = await busy({ status: 503, retryAfter: new Date(0).toUTCString() }, { status: 200 });
  expect(await send(url)).toMatchObject({ status: 200 });
  expect(pauses).toEqual([1]);
});

test.for(["30", "0"])(
  "a run waits five minutes in all, also where %s s are asked for again and again",
  async (retryAfter) => {
    const { send, url, calls, pauses } = await busy({ status: 429, retryAfter });
    expect(await send(url)).toMatchObject({ status: 429 });
    expect(pauses.reduce((sum, seconds) => sum + seconds)).toBe(300);
    const used = calls.length;
    await send(url);
    expect(calls.length - used).toBe(1);
  },
);

test("nothing is sent when the run has ended", async () => {
  const { send, url, calls, end } = await busy({ status: 200 });
  end.abort();
  await expect(send(url)).rejects.toMatchObject({ code: "ERR_VERIFY_UNREACHABLE" });
  expect(calls).toEqual([]);
});

test("an interruption ends the waiting, and what is sent afterwards is answered", async () => {
  const { send, url, interruption } = await busy({ status: 503, retryAfter: "1" }, { status: 200 });
  interruption.abort();
  await expect(send(url)).rejects.toThrow(/abort/i);
  expect(await send(url)).toMatchObject({ status: 200 });
});
