/** Verdicts: exact on a local tenant, invariant on a real one; and what is said about an answer. */
import { describe, expect, test } from "vitest";
import { CASES } from "../../src/verify/aic/catalogue.ts";
import type { Observation } from "../../src/verify/http.ts";
import { brief, expected, mismatch, shown, succeeded } from "../../src/verify/judge.ts";

const TOKEN = "header.payload.signature";
const answer = (body: Record<string, unknown>, status = 400, rule?: string): Observation => ({
  status,
  body,
  error: body.error as string | undefined,
  description: body.error_description as string | undefined,
  rule,
});
const caseOf = (id: string) => CASES[id] ?? expect.unreachable(id);
const outcome = (observed: Observation, audiences: string[] = []) => ({ answer: observed, audiences });

describe("on a local tenant", () => {
  const refused = { error: "invalid_request", error_description: "Invalid audience requested." };
  const judge = (observed: Observation) => mismatch("X01", caseOf("X01"), "sandbox", outcome(observed), {});

  test("takes the exact answer", () => expect(judge(answer(refused, 400, "X01"))).toBeUndefined());
  test.each([
    ["another status", answer(refused, 401, "X01"), /status 401/],
    ["another code", answer({ ...refused, error: "invalid_scope" }, 400, "X01"), /error invalid_scope/],
    ["another description", answer({ ...refused, error_description: "No." }, 400, "X01"), /description No\./],
    ["a refusal for another reason", answer(refused, 400, "X08"), /by the rule X08 instead of X01/],
    ["a token", answer({ access_token: TOKEN }, 200), /status 200/],
  ])("does not take %s", (_what, observed, problem) => expect(judge(observed)).toMatch(problem));
});

describe("on a real tenant", () => {
  const judge = (id: string, observed: Observation, forbidden = {}, audiences: string[] = []) =>
    mismatch(id, caseOf(id), "tenant", outcome(observed, audiences), forbidden);
  const issued = answer({ access_token: TOKEN, scope: "read" }, 200);

  test.each([
    ["refused in its own words", "X11", answer({ error: "something_else" }, 403), {}, []],
    ["a token that is not for the audience in question", "X01", issued, { audience: "other" }, ["agent"]],
    ["a token without the scope in question", "X06", issued, { scope: "write" }, []],
    ["an inactive token", "I01", answer({ active: false }, 200), {}, []],
    ["whatever comes where nobody knows", "X10", issued, {}, []],
    ["a tolerated code", "B18", answer({ error: "invalid_grant" }), {}, []],
  ] as const)("takes %s", (_what, id, observed, forbidden, audiences) =>
    expect(judge(id, observed, forbidden, [...audiences])).toBeUndefined(),
  );

  test.each([
    ["a token", "X11", issued, {}, [], /issued/],
    ["a token for the audience in question", "X01", issued, { audience: "other" }, ["agent", "other"], /for other/],
    ["the scope in question", "X06", issued, { scope: "read" }, [], /scope read was issued/],
    ["an active token", "I01", answer({ active: true }, 200), {}, [], /counts as active/],
    ["an auth_req_id", "B03", answer({ auth_req_id: "x" }, 200), {}, [], /issued/],
    ["a code that is not tolerated", "U01", answer({ error: "server_error" }, 500), {}, [], /error server_error/],
  ] as const)("does not take %s", (_what, id, observed, forbidden, audiences, problem) =>
    expect(judge(id, observed, forbidden, [...audiences])).toMatch(problem),
  );

  test("says the invariant, not the local answer", () => {
    expect(expected(caseOf("X01"), "sandbox")).toBe("400 invalid_request");
    expect(expected(caseOf("X01"), "tenant")).toBe("refused, or not in aud");
    expect(expected(caseOf("B18"), "tenant")).toBe("refused, expired_token or invalid_grant");
  });
});

describe("an answer in words", () => {
  test("never shows what was issued", () => {
    expect(shown(answer({ access_token: TOKEN, scope: "read" }, 200))).toBe("200 token");
    expect(shown(answer({ auth_req_id: "secret-id" }, 200))).toBe("200 auth_req_id");
    expect(brief(answer({ error: "invalid_grant", error_description: "No." }))).toBe("400 invalid_grant");
  });

  test("counts an inactive token as no success", () => {
    expect(succeeded(answer({ active: false }, 200))).toBe(false);
    expect(succeeded(answer({ active: true }, 200))).toBe(true);
    expect(succeeded(answer({ error: "invalid_grant" }))).toBe(false);
  });
});
