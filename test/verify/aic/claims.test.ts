/** Claims: what is tolerated is fine, everything else is named. */
import { describe, expect, test } from "vitest";
import {
  checkClaims,
  checkIntrospection,
  checkTokenResponse,
  type ExpectedToken,
} from "../../../src/verify/aic/claims.ts";

const EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
const EXPECTED: ExpectedToken = {
  sub: "user-id",
  clientId: "agent",
  aud: ["agent", "application"],
  actor: "agent",
  scopes: ["read", "search"],
  grantType: EXCHANGE,
  lifetime: 3600,
  issuer: "https://tenant.example.com:443/am/oauth2/realms/root/realms/alpha",
  realm: "alpha",
};
const CLAIMS = {
  sub: "user-id",
  subname: "user-id",
  client_id: "agent",
  aud: ["application", "agent"],
  act: { sub: "agent" },
  scope: ["search", "read"],
  grant_type: EXCHANGE,
  cts: "OAUTH2_STATELESS_GRANT",
  iss: EXPECTED.issuer,
  realm: "/alpha",
  iat: 1000,
  exp: 4600,
  openid: "",
};

describe("the claims of a token (oauth-flows §3.2)", () => {
  test("may have more members, any order of scopes, and wrapped names", () => {
    expect(checkClaims(CLAIMS, EXPECTED)).toEqual([]);
    const wrapped = { ...CLAIMS, sub: "(usr!user-id)", subname: "(usr!user-id)", act: { sub: "(age!agent)" } };
    expect(checkClaims(wrapped, EXPECTED)).toEqual([]);
  });

  test.each([
    ["another sub", { sub: "other" }, /^sub other/],
    ["no actor", { act: undefined }, /^act\.sub \(none\)/],
    ["an audience too many", { aud: ["agent", "application", "more"] }, /^aud /],
    ["one audience only", { aud: "agent" }, /^aud /],
    ["a scope too many", { scope: ["read", "search", "write"] }, /^scope /],
    ["an issuer without the port", { iss: EXPECTED.issuer.replace(":443", "") }, /^iss /],
    ["a longer life", { exp: 1000 + 3601 }, /^exp - iat 3601/],
    ["another grant", { grant_type: "password" }, /^grant_type /],
    ["another realm", { realm: "/bravo" }, /^realm /],
  ])("%s is named", (_what, change, problem) => {
    expect(checkClaims({ ...CLAIMS, ...change }, EXPECTED)).toEqual([expect.stringMatching(problem)]);
  });
});

describe("the answer of the token endpoint (oauth-flows §3.1)", () => {
  const ANSWER = {
    access_token: "x",
    refresh_token: null,
    issued_token_type: "urn:ietf:params:oauth:token-type:access_token",
    scope: "search read",
    token_type: "Bearer",
    expires_in: 3599,
  };
  test("of an exchange has a refresh token that is null, or none", () => {
    expect(checkTokenResponse(ANSWER, EXPECTED)).toEqual([]);
    const { refresh_token: _none, ...without } = ANSWER;
    expect(checkTokenResponse(without, EXPECTED)).toEqual([]);
    expect(checkTokenResponse({ ...ANSWER, refresh_token: "x" }, EXPECTED)).toEqual(["a refresh_token was issued"]);
  });
  test.each([0, -1, 3601, "3599"])("refuses expires_in %s", (value) => {
    expect(checkTokenResponse({ ...ANSWER, expires_in: value }, EXPECTED)).toHaveLength(1);
  });
});

describe("introspection (oauth-flows §3.3)", () => {
  const TOLD = {
    active: true,
    sub: "user-id",
    client_id: "agent",
    realm: "/alpha",
    act: { sub: "agent" },
    scope: "read search",
    expires_in: 10,
  };
  test("needs no aud", () => expect(checkIntrospection(TOLD, EXPECTED)).toEqual([]));
  test("of an inactive token ends the check", () =>
    expect(checkIntrospection({ active: false }, EXPECTED)).toEqual(["not active"]));
});
