/** Credentials of HTTP Basic, as clients write them well and badly. */
import { expect, test } from "vitest";
import { basicCredentials, isSecret } from "../../src/sandbox/secrets.ts";

const basic = (text: string) => basicCredentials(`Basic ${Buffer.from(text).toString("base64")}`);

test("both parts are form-urlencoded; the secret goes on after a colon, and what is not encoded is told", () => {
  expect(basic("agent%3A1:a+b%25")).toEqual({ id: "agent:1", secret: "a b%", isEncoded: true });
  expect(basic("agent:one:two")).toEqual({ id: "agent", secret: "one:two", isEncoded: true });
  expect(basic("agent:100%")).toEqual({ id: "agent", secret: "100%", isEncoded: false });
  expect(basic("agent")).toEqual({ id: "agent", secret: "", isEncoded: true });
  expect([basicCredentials(undefined), basicCredentials("Bearer x")]).toEqual([undefined, undefined]);
});

test("a secret that is not there is never the right one", () => {
  expect([isSecret("x", "x"), isSecret("x", "y"), isSecret("", undefined), isSecret("", "")]).toEqual([
    ...[true, false, false, true],
  ]);
});
