/** Whatever stands where a secret may stand by mistake, no error shows it. */

import { expect, test } from "vitest";
import { HEAD, load, withAgent } from "./load.ts";

const CANARY = "s3cr3t-canary";
const signer = (keys: string) => withAgent("pattern: approved", "scopes: [openid]", `ciba: { keys: ${keys} }`);

test.for([
  ["secret of an agent", withAgent("pattern: autonomous", `secret: ${CANARY}`)],
  ["secret of an agent, as a value", withAgent("pattern: autonomous", `secret: { value: ${CANARY} }`)],
  ["secret of an agent, as a list", withAgent("pattern: autonomous", `secret: [${CANARY}]`)],
  ["secret under the name of the API", withAgent("pattern: autonomous", `clientSecret: ${CANARY}`)],
  ["password", `${HEAD}users:\n  a: { givenName: A, sn: B, mail: a@example.com, password: ${CANARY} }\n`],
  ["value of an ESV", `${HEAD}esvSecrets:\n  esv-a: { value: ${CANARY} }\n`],
  ["private member of a key", signer(`{ keys: [{ kty: EC, d: ${CANARY} }] }`)],
  ["symmetric key", signer(`{ keys: [{ kty: oct, k: ${CANARY} }] }`)],
  ["key as text", signer(CANARY)],
  ["key as text in a set", signer(`{ keys: [${CANARY}] }`)],
  ["one key instead of a set", signer(`{ kty: EC, d: ${CANARY} }`)],
  ["text after a block scalar", withAgent("pattern: autonomous", `secret: | ${CANARY}`)],
  ["text after the end of a quotation", withAgent("pattern: autonomous", `secret: "a" ${CANARY}`)],
  ["tag", withAgent("pattern: autonomous", `secret: !${CANARY}`)],
  ["unexpected token", `${HEAD}} ${CANARY}\n`],
] as const)("%s", ([, text]) => {
  let said: unknown;
  try {
    load(text);
  } catch (error) {
    said = error;
  }
  expect(said).toMatchObject({ code: "ERR_DECLARATION" });
  expect(String(said)).not.toContain(CANARY);
  expect(JSON.stringify(said)).not.toContain(CANARY);
});
