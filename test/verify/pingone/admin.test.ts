/** The lists that preflight and clean-up read of PingOne: whole, never endless, and never taken for empty. */

import { expect, test } from "vitest";
import type { Json } from "../../../src/verify/http.ts";
import { createAdmin } from "../../../src/verify/pingone/admin.ts";

const apiUrl = "https://api.example/v1";
const first = `${apiUrl}/environments/e/applications`;

/** @param page the answer to an address; none is no JSON */
function listOf(page: (url: string) => Json | undefined) {
  const asked: string[] = [];
  const send = async (url: string) => {
    if (url.endsWith("/token")) return { status: 200, body: { access_token: "t" } };
    asked.push(url);
    const body = page(url);
    return { status: 200, body: body ?? {}, isNoJson: body === undefined };
  };
  const client = { clientId: "worker", secret: "s", authMethod: "client_secret_basic" } as const;
  const worker = { apiUrl, environmentId: "e", issuer: "https://auth.example/e/as", client };
  const admin = createAdmin(send, worker, { now: () => 0, wait: async () => {} });
  return { asked, rows: () => admin.rows("applications") };
}

test("a list of two pages", async () => {
  const page = (url: string) =>
    url === first
      ? { _embedded: { applications: [{ id: "1" }] }, _links: { next: { href: `${first}?cursor=2` } } }
      : { _embedded: { applications: [{ id: "2" }] } };
  expect(await listOf(page).rows()).toEqual([{ id: "1" }, { id: "2" }]);
});

test("a list that never ends is given up", async () => {
  const { asked, rows } = listOf(() => ({
    ...{ _embedded: { applications: [{ id: "1" }] }, _links: { next: { href: `${first}?cursor=again` } } },
  }));
  await expect(rows()).rejects.toThrow(/ERR_VERIFY_ADMIN: .*applications: the list goes on and brings nothing new/);
  expect(asked).toHaveLength(11);
});

test.each([
  ["half an answer", undefined, /ERR_VERIFY_BUSY: GET applications: 200, which is no answer of the tenant's own/],
  ["an answer without a list", { size: 1 }, /ERR_VERIFY_ADMIN: GET applications: the answer is no list/],
])("%s is no empty list", async (_what, body, said) => {
  await expect(listOf(() => body).rows()).rejects.toThrow(said);
});
