/** An agreement with its texts, and a policy that has users sign on and then asks for their consent. */

import type { PingOneEnvironment } from "../../src/admin-api/pingone/environment.ts";

type Json = Record<string, unknown>;
type Control = (call: string, body: Json) => Promise<unknown>;

/** @param texts title and text by language */
export async function createAgreement(
  admin: PingOneEnvironment,
  control: Control,
  texts: Readonly<Record<string, readonly [title: string, text: string]>>,
) {
  const agreement = await admin.agreements.create({ name: "Consent", enabled: false, reconsentPeriodDays: 180 });
  const languages = admin.collection(`agreements/${agreement.id}/languages`);
  const revise = async (language: string, text: string, more: Json = {}) => {
    const revisions = admin.collection(`agreements/${agreement.id}/languages/${language}/revisions`);
    const effectiveAt = (await admin.now()).toISOString();
    await revisions.create({ contentType: "text/plain", effectiveAt, requireReconsent: true, text, ...more });
    // The tenant says its time to the second: by now it may not have come.
    await control("clock", { advanceSeconds: 1 });
  };
  const ids: Record<string, string> = {};
  for (const [locale, [displayName, text]] of Object.entries(texts)) {
    const { id } = await languages.create({ locale, displayName, enabled: false });
    await revise(id, text);
    await languages.replace(id, { locale, displayName, enabled: true });
    ids[locale] = id;
  }
  const { id, name, reconsentPeriodDays } = agreement;
  const switchAgreement = (enabled: boolean) => admin.agreements.replace(id, { name, reconsentPeriodDays, enabled });
  await switchAgreement(true);
  const policy = await admin.signOnPolicies.create({ name: "Consent-Login" });
  const actions = admin.collection(`signOnPolicies/${policy.id}/actions`);
  await actions.create({ type: "AGREEMENT", priority: 10, agreement: { id } });
  await actions.create({ type: "LOGIN", priority: 1 });
  const assign = (application: string) =>
    admin.below(application, "signOnPolicyAssignments").create({ signOnPolicy: { id: policy.id }, priority: 1 });
  return { agreement, languages: ids, policy, actions, revise, switchAgreement, assign };
}
