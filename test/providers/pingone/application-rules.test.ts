/** Rules between the fields of an application that a program of one's own meets, too. */

import { describe, expect, test } from "vitest";
import { aiAgent } from "../../../src/providers/pingone/ai-agent.ts";
import { application } from "../../../src/providers/pingone/application.ts";

const wildcard = { name: "Portal", redirectUris: ["https://*.example.com/callback"] };

describe.each([
  ["pingone:AiAgent", aiAgent, {}],
  ["pingone:Application", application, { type: "web" }],
])("%s", (_type, kind, own) => {
  test("has a wildcard in a redirect URI with the switch for it only", () => {
    const { success, error } = kind.inputs.safeParse({ ...own, ...wildcard });
    expect(success).toBe(false);
    expect(error?.issues).toMatchObject([
      { path: ["redirectUris"], message: "a wildcard needs authorization.allowRedirectUriPatterns: true" },
    ]);
    const switched = { ...own, ...wildcard, authorization: { allowRedirectUriPatterns: true } };
    expect(kind.inputs.safeParse(switched).error).toBeUndefined();
  });
});
