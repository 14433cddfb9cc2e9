/** Logins: one for what it is about, and none of a person after one that failed. */
import { expect, test } from "vitest";
import { Unprovable } from "../../src/verify/errors.ts";
import type { Observation } from "../../src/verify/http.ts";
import { createLogins } from "../../src/verify/logins.ts";

const TOKEN: Observation = { status: 200, body: { access_token: "token", expires_in: 100 } };
const refusal = (error: string): Observation => ({ status: 400, error, body: { error } });

/** Logins at a time that passes when told, with what was sent. */
function counted() {
  let time = 1_000;
  const sent: string[] = [];
  const logins = createLogins({ now: () => time });
  const login = (userName: string, about: string, answer: Observation | Error) =>
    logins.once(userName, about, async () => {
      sent.push(`${userName} at ${about}`);
      if (answer instanceof Error) throw answer;
      return answer;
    });
  const pass = (seconds: number) => {
    time += seconds;
  };
  return { login, sent, pass };
}

test("a token serves for as long as it lasts, and for what it is about", async () => {
  const { login, sent, pass } = counted();
  for (const about of ["shop", "shop", "bank"]) expect(await login("ann", about, TOKEN)).toBe(TOKEN);
  expect(sent).toEqual(["ann at shop", "ann at bank"]);
  pass(100);
  await login("ann", "shop", TOKEN);
  expect(sent).toHaveLength(3);
});

test.for(["invalid_grant", "access_denied", "something_new"])(
  "after %s no other login of the person is sent",
  async (error) => {
    const { login, sent } = counted();
    expect(await login("ann", "shop", refusal(error))).toMatchObject({ error });
    for (const about of ["shop", "bank"]) {
      await expect(login("ann", about, TOKEN)).rejects.toThrow(`a login of ann brought 400 ${error}`);
    }
    await login("bob", "shop", TOKEN);
    expect(sent).toEqual(["ann at shop", "bob at shop"]);
  },
);

test("nor after an answer that is lost: nobody knows what was counted", async () => {
  const { login, sent } = counted();
  await expect(login("ann", "shop", new Unprovable("503"))).rejects.toThrow("503");
  await expect(login("ann", "shop", TOKEN)).rejects.toThrow(Unprovable);
  expect(sent).toEqual(["ann at shop"]);
});

test("a client that is refused says nothing about the person", async () => {
  const { login, sent } = counted();
  await login("ann", "shop", refusal("unauthorized_client"));
  expect(await login("ann", "bank", TOKEN)).toBe(TOKEN);
  expect(sent).toHaveLength(2);
});
