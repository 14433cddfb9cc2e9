/** What patterns and types expand to where a declaration says a part of it. */

import { expect, test } from "vitest";
import { applicationSettingsOf } from "../../../src/components/pingone/patterns.ts";

test.each(["spa", "native"] as const)("PKCE of a %s stays required beside other settings of its sign-on", (type) => {
  const application = { name: "Chat UI", type, authorization: { requirePushedAuthorizationRequests: true } };
  const { authorization } = applicationSettingsOf(application);
  expect(authorization).toEqual({ pkce: "s256_required", requirePushedAuthorizationRequests: true });
  const said = applicationSettingsOf({ ...application, authorization: { pkce: "optional" } });
  expect(said.authorization).toEqual({ pkce: "optional" });
});
