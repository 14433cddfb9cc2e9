/** The end of an agreement: what others rest on it, and what users have consented to, stays. */

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { keepConsent } from "../../../src/sandbox/pingone/agreements.ts";
import { type LocalPingOne, startPingOne } from "../../support/pingone.ts";
import { apply } from "./operate.ts";

const AGREEMENT = "pingone:Agreement";
const consent = { name: "Consent", languages: { en: { title: "Consent", text: "The agent may act in your name." } } };

let tenant: LocalPingOne;
beforeEach(async () => {
  tenant = await startPingOne();
});
afterEach(() => tenant.stop());

const live = async () => (await tenant.admin.agreements.list()).find(({ name }) => name === consent.name);

test("one for which somebody else's policy prompts is neither deleted nor switched off", async () => {
  const ours = await apply(tenant, AGREEMENT, consent);
  const { id } = await tenant.admin.signOnPolicies.create({ name: "Of others" });
  const actions = tenant.admin.collection(`signOnPolicies/${id}/actions`);
  await actions.create({ type: "LOGIN", priority: 1 });
  const agreement = { id: ours.outs.agreementId };
  const prompt = await actions.create({ type: "AGREEMENT", priority: 2, agreement });
  await expect(ours.delete()).rejects.toMatchObject({
    ...{ code: "ERR_IN_USE", message: expect.stringContaining('"Of others"') },
  });
  expect(await live()).toMatchObject({ enabled: true });
  await actions.delete(prompt.id);
  await ours.delete();
  expect(await live()).toBeUndefined();
});

test("one to which somebody has consented stays, switched off, and says whose it was", async () => {
  const warn = vi.spyOn(console, "warn").mockReturnValue();
  const ours = await apply(tenant, AGREEMENT, consent);
  const [user] = await tenant.admin.users.list();
  keepConsent(tenant.sandbox.tenant, String(ours.outs.agreementId), String(user?.id));
  await ours.delete();
  expect(await live()).toMatchObject({
    ...{ enabled: false, description: expect.stringContaining("released by ping-agents") },
  });
  expect(warn).toHaveBeenCalledWith(expect.stringContaining("Consent stays, switched off"));
});
