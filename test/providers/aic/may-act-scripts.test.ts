/** May-act scripts of a realm that nobody can read: told, once each, and no row made of them. */

import { afterAll, expect, test } from "vitest";
import { aicAccess } from "../../../src/access/aic/rows.ts";
import { aicContexts } from "../../../src/providers/aic/context.ts";
import { liveFacts } from "../../../src/providers/aic/live-access.ts";
import { startAic } from "../../support/aic.ts";

const tenant = await startAic();
afterAll(() => tenant.stop());

const IDS = { reads: 1, computes: 2, idle: 3 } as const;
const idOf = (script: keyof typeof IDS) => `00000000-0000-4000-8000-00000000000${IDS[script]}`;

test("a script of another wording is told with those whose tokens it speaks for, one that says nothing is not", async () => {
  const am = tenant.admin.am("alpha");
  const scripts = am.collection("scripts", "protocol=2.0,resource=1.0");
  const texts = {
    reads: 'token.setMayAct({"client_id": "gateway", "sub": "gateway"});',
    computes: 'token.setMayAct({"client_id": scopes.get(0), "sub": scopes.get(0)});',
    idle: "(function () {\n  /* nothing yet */\n}());",
  };
  for (const [name, text] of Object.entries(texts)) {
    const context = "OAUTH2_MAY_ACT_NEXT_GEN";
    const script = Buffer.from(text).toString("base64");
    const body = { name, context, language: "JAVASCRIPT", evaluatorVersion: "2.0", script };
    await scripts.put(idOf(name as keyof typeof IDS), { _id: idOf(name as keyof typeof IDS), ...body });
  }
  const client = (id: string, script: keyof typeof IDS) =>
    am.put("OAuth2Client", id, {
      coreOAuth2ClientConfig: { status: "Active" },
      advancedOAuth2ClientConfig: { grantTypes: ["client_credentials"] },
      overrideOAuth2ClientConfig: { providerOverridesEnabled: true, accessTokenMayActScript: idOf(script) },
    });
  for (const [id, script] of [
    ["first", "computes"],
    ["second", "computes"],
    ["third", "idle"],
    ["fourth", "reads"],
  ] as const)
    await client(id, script);
  const { coalesced } = aicContexts(tenant.admin);
  const { unread } = aicAccess(await liveFacts(coalesced, "alpha", []));
  expect(unread).toEqual([
    {
      about: { id: "first", name: "first" },
      what: `script ${idOf("computes")} says who may act with its tokens, and of 1 other, and cannot be read`,
      ...{ hidesRows: true, path: undefined, object: `script/${idOf("computes")}` },
    },
  ]);
});
