/** The lists that preflight reads: whole, to the last page, and never endless. */
import { generateKeyPairSync } from "node:crypto";
import type { JWK } from "jose";
import { describe, expect, test } from "vitest";
import { createAdmin } from "../../../src/verify/aic/admin.ts";
import type { Json } from "../../../src/verify/http.ts";

const jwk = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ format: "jwk" }) as JWK;

/** An administration API that answers a list page by page. @param page its answer to a cookie; none is no JSON */
function listOf(page: (cookie: string | null) => Json | undefined) {
  const asked: string[] = [];
  const send = async (url: string) => {
    if (url.includes("access_token")) return { status: 200, body: { access_token: "t" } };
    asked.push(url);
    const body = page(new URL(url).searchParams.get("_pagedResultsCookie"));
    return { status: 200, body: body ?? {}, isNoJson: body === undefined };
  };
  const account = { id: "service", jwk };
  const admin = createAdmin(send, "https://tenant.example", account, { now: () => 0, wait: async () => {} });
  return { asked, rows: () => admin.query("/openidm/managed/alpha_application", "true", ["_id"]) };
}

describe("a list of several pages", () => {
  test.each([
    ["plain, and is encoded once", "a+b/c=", "a%2Bb%2Fc%3D"],
    ["encoded already, and is sent as it is", "a%2Bb%2Fc%3D", "a%2Bb%2Fc%3D"],
  ])("whose cookie is %s", async (_what, cookie, sent) => {
    const { asked, rows } = listOf((got) =>
      got === null
        ? { result: [{ _id: "1" }], pagedResultsCookie: cookie }
        : { result: [{ _id: "2" }], pagedResultsCookie: null },
    );
    expect(await rows()).toEqual([{ _id: "1" }, { _id: "2" }]);
    expect(asked.map((url) => url.split("_pagedResultsCookie=")[1])).toEqual([undefined, sent]);
  });

  test("that never ends is given up", async () => {
    const { asked, rows } = listOf(() => ({ result: [{ _id: "1" }], pagedResultsCookie: "again" }));
    await expect(rows()).rejects.toThrow(
      /ERR_VERIFY_ADMIN: .*alpha_application: the list goes on and brings nothing new/,
    );
    expect(asked).toHaveLength(11);
  });

  test("of which half an answer comes is not empty", async () => {
    await expect(listOf(() => undefined).rows()).rejects.toThrow(/ERR_VERIFY_BUSY: .* 200, which is no answer/);
  });
});
