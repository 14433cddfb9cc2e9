/** The texts of an agreement at the second of others and by other clocks; and its end: what others rest on, and what users have consented to, stays. */

import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { keepConsent } from "../../../src/sandbox/pingone/agreements.ts";
import { type LocalPingOne, startPingOne } from "../../support/pingone.ts";
import { apply } from "./operate.ts";

const AGREEMENT = "pingone:Agreement";
const consent = { name: "Consent", languages: { en: { title: "Consent", text: "The agent may act in your name." } } };

let tenant: LocalPingOne;
beforeEach(async () => {
  // Time stands still but for what the client waits.
  vi.useFakeTimers({ toFake: ["Date"] });
  tenant = await startPingOne();
  vi.spyOn(tenant.pauses, "push").mockImplementation((pause = 0) => {
    vi.setSystemTime(Date.now() + pause);
    return 0;
  });
});
afterEach(async () => {
  await tenant.stop();
  vi.useRealTimers();
});

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

describe("a text that changes", () => {
  const says = (text: string) => ({ ...consent, languages: { en: { title: "Consent", text } } });

  async function changesTwice(between: () => Promise<unknown> = async () => {}): Promise<void> {
    const first = await apply(tenant, AGREEMENT, consent);
    await between();
    const second = await first.update(says("Once more."));
    const third = await second.update(says("And again."));
    expect(await third.read()).toMatchObject(says("And again."));
  }

  test("at the moment of the one before", () => changesTwice());

  test.each([-600, -30, -1, 1, 30, 600])("where the tenant's clock is %i s from ours", async (skewSeconds) => {
    await tenant.control("clock", { skewSeconds });
    await changesTwice();
  });

  test("after one by somebody whose clock is ahead holds instead of that one", () =>
    changesTwice(async () => {
      const agreement = await live();
      const languages = tenant.admin.collection(`agreements/${agreement?.id}/languages`);
      const [language] = await languages.list();
      const body = { contentType: "text/plain", requireReconsent: true, text: "By hand." };
      for (const seconds of [20, 3_600]) {
        const effectiveAt = new Date(Date.now() + seconds * 1_000).toISOString();
        const revisions = tenant.admin.collection(`agreements/${agreement?.id}/languages/${language?.id}/revisions`);
        await revisions.create({ ...body, effectiveAt });
      }
    }));
});
