/** Throw-away objects: made once and late, removed in reverse order whatever happened. */
import { expect, test } from "vitest";
import { createThrowAways } from "../../src/verify/throw-away.ts";

/** Throw-away objects of a tenant in memory. */
function inMemory({ stuck = [] as readonly string[], down = [] as readonly string[] } = {}) {
  const log: string[] = [];
  const throwAways = createThrowAways(async (path) => {
    log.push(`- ${path}`);
    if (down.includes(path)) throw new Error("no answer");
    return !stuck.includes(path);
  });
  const make = async (path: string) => {
    throwAways.note(path);
    await Promise.resolve();
    log.push(`+ ${path}`);
    return path;
  };
  const end = new AbortController();
  const timer = { pause: async (seconds: number) => void log.push(`${seconds} s`) };
  const dispose = () => throwAways.dispose(timer, end.signal);
  return { ...throwAways, dispose, end, log, make };
}

test("nothing is made that nobody asks for", async () => {
  const { once, make, dispose, log } = inMemory();
  once(() => make("user"));
  expect(await dispose()).toEqual({ gone: [], left: [], unknown: [] });
  expect(log).toEqual([]);
});

test("two who ask at once get the same object, and so does who asks later", async () => {
  const { once, make, log } = inMemory();
  const user = once(() => make("user"));
  const [one, other] = await Promise.all([user(), user()]);
  expect([one, other, await user()]).toEqual(["user", "user", "user"]);
  expect(log).toEqual(["+ user"]);
});

test("what needs another object makes it first, and goes first", async () => {
  const { once, make, dispose, log } = inMemory();
  const user = once(() => make("user"));
  const privilege = once(async () => make(`privilege of ${await user()}`));
  await privilege();
  expect(await dispose()).toEqual({ gone: ["privilege of user", "user"], left: [], unknown: [] });
  expect(log).toEqual(["+ user", "+ privilege of user", "- privilege of user", "- user"]);
});

test("what cannot be removed is named, and the rest goes all the same", async () => {
  const { make, dispose, log } = inMemory({ stuck: ["b"], down: ["c"] });
  for (const path of ["a", "b", "c", "d"]) await make(path);
  expect(await dispose()).toEqual({ gone: ["d", "a"], left: ["c", "b"], unknown: ["c"] });
  expect(log.slice(4, 8)).toEqual(["- d", "- c", "- b", "- a"]);
  // Twice more, since a tenant may be down for a moment only.
  expect(log.slice(8)).toEqual(["1 s", "- c", "- b", "3 s", "- c", "- b"]);
  expect(await dispose()).toEqual({ gone: [], left: [], unknown: [] });
});

test("what is still being made is waited for, and what failed half-way is removed, too", async () => {
  const { once, note, make, dispose, log } = inMemory();
  const slow = once(async () => {
    await new Promise((resolve) => setImmediate(resolve));
    return make("slow");
  });
  const failing = once(async () => {
    note("half");
    throw new Error("refused");
  });
  const both = Promise.all([slow(), failing()]);
  await expect(both).rejects.toThrow("refused");
  expect(await dispose()).toEqual({ gone: ["slow", "half"], left: [], unknown: [] });
  expect(log).toEqual(["+ slow", "- slow", "- half"]);
});

test("what is still being made when the time is over is not waited for, and named", async () => {
  const { once, note, dispose, end, log } = inMemory();
  const hanging = once(() => {
    note("hanging");
    return new Promise<never>(() => {});
  });
  hanging().catch(() => {});
  const disposed = dispose();
  end.abort();
  expect(await disposed).toEqual({ gone: [], left: ["hanging"], unknown: ["hanging"] });
  expect(log).toEqual([]);
});
