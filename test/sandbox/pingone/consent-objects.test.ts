/** Agreements and sign-on policies in the sandbox: what PingOne's management API takes, in which order, and what it keeps. */

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Json, startFlows } from "./environment.ts";

let flows: Awaited<ReturnType<typeof startFlows>>;
let base: string;
beforeAll(async () => {
  flows = await startFlows();
  base = `environments/${flows.environmentId}`;
});
afterEach(() => flows.control("clock", { reset: true }));
afterAll(() => flows.stop());

let counter = 0;
const post = (path: string, body: Json) => flows.manage("POST", `${base}/${path}`, body);
const put = (path: string, body: Json) => flows.manage("PUT", `${base}/${path}`, body);
const get = (path: string) => flows.manage("GET", `${base}/${path}`);
const remove = (path: string) => flows.manage("DELETE", `${base}/${path}`);
type Answer = Awaited<ReturnType<typeof get>>;
const refusal = ({ status, body, headers }: Answer) => {
  const [detail] = (body.details ?? []) as { target: string; code: string; message: string }[];
  return { status, ...detail, evidence: headers.get("x-sandbox-evidence") };
};
const made = ({ status, body }: Answer) => {
  expect(status).toBe(201);
  return String(body.id);
};

describe("an agreement", () => {
  const consent = () => ({ name: `Consent ${++counter}`, enabled: false });
  const english = { displayName: "Consent", locale: "en", enabled: false };
  const revision = (more: Json = {}) => ({
    ...{ contentType: "text/plain", text: "I agree.", requireReconsent: true, effectiveAt: new Date().toISOString() },
    ...more,
  });
  let name: string;
  let path: string;
  let languages: string;
  beforeEach(async () => {
    const body = consent();
    name = body.name;
    path = `agreements/${made(await post("agreements", body))}`;
    languages = `${path}/languages`;
  });
  /** A language that says something. */
  const spoken = async (more: Json = {}) => {
    const language = `${languages}/${made(await post(languages, { ...english, ...more }))}`;
    await post(`${language}/revisions`, revision());
    expect((await put(language, { ...english, ...more, enabled: true })).status).toBe(200);
    return language;
  };

  test("is enabled once the environment's default language says something, and not before", async () => {
    const refused = async () => refusal(await put(path, { name, enabled: true }));
    expect(await refused()).toMatchObject({ status: 400, target: "enabled", evidence: "D" });
    expect((await post("agreements", { ...consent(), enabled: true })).status).toBe(400);
    await spoken({ locale: "fr" });
    expect(await refused()).toMatchObject({ target: "enabled" });
    const language = await spoken();
    expect((await put(path, { name, enabled: true })).body).toMatchObject({ enabled: true });
    expect(refusal(await put(language, english))).toMatchObject({ target: "enabled", evidence: "U" });
  });

  test("has a name of its own, as far as is known", async () => {
    expect((await post("agreements", { name, enabled: false })).status).toBe(501);
  });

  test("has languages of the environment, each once and without a text at first", async () => {
    expect(refusal(await post(languages, { ...english, locale: "de" }))).toMatchObject({
      ...{ target: "locale", evidence: "S" },
    });
    expect(refusal(await post(languages, { ...english, enabled: true }))).toMatchObject({ target: "enabled" });
    const language = `${languages}/${made(await post(languages, english))}`;
    expect(refusal(await post(languages, english))).toMatchObject({ code: "UNIQUENESS_VIOLATION" });
    expect(refusal(await put(language, { ...english, enabled: true }))).toMatchObject({ target: "enabled" });
    expect(refusal(await put(language, { ...english, locale: "fr" }))).toMatchObject({ target: "locale" });
    expect((await get(language)).body).not.toHaveProperty("currentRevision");
    expect((await remove(language)).status).toBe(204);
    expect((await get("languages")).body).toMatchObject({
      _embedded: { languages: [{ locale: "en", default: true, enabled: true }, { locale: "fr" }] },
    });
  });

  test("says what its latest revision says, at an address of its own; what holds is not taken away", async () => {
    const language = await spoken();
    const revisions = `${language}/revisions`;
    const id = made(await post(revisions, revision({ text: "<b>All</b>", contentType: "text/html" })));
    expect((await get(language)).body).toMatchObject({ currentRevision: { id } });
    const shown = (await get(`${revisions}/${id}`)).body;
    expect(shown).toMatchObject({
      contentType: "text/html",
      _links: { text: { href: expect.stringMatching(/text$/) } },
    });
    expect(shown).not.toHaveProperty("text");
    expect((await get(`${revisions}/${id}/text`)).body).toMatchObject({ data: "<b>All</b>" });
    expect(refusal(await remove(`${revisions}/${id}`))).toMatchObject({
      ...{ code: "CONSTRAINT_VIOLATION", message: "A currently effective revision cannot be deleted.", evidence: "S" },
    });
    expect(refusal(await remove(language))).toMatchObject({
      ...{ code: "CONSTRAINT_VIOLATION", message: "Agreement language with effective revision can not be deleted." },
    });
    expect((await put(`${revisions}/${id}`, revision())).status, "no such method").toBe(403);
  });

  test("has a revision that comes later, and none in the past or twice at a time", async () => {
    const language = await spoken();
    const revisions = `${language}/revisions`;
    const before = (await get(language)).body.currentRevision;
    const effectiveAt = new Date(Date.now() + 3_600_000).toISOString();
    const later = made(await post(revisions, revision({ effectiveAt })));
    expect((await get(language)).body.currentRevision).toEqual(before);
    expect(refusal(await post(revisions, revision({ effectiveAt })))).toMatchObject({ code: "UNIQUENESS_VIOLATION" });
    const past = revision({ effectiveAt: new Date(Date.now() - 120_000).toISOString() });
    expect(refusal(await post(revisions, past))).toMatchObject({ target: "effectiveAt", evidence: "D" });
    await flows.control("clock", { advanceSeconds: 3_700 });
    expect((await get(language)).body.currentRevision).toEqual({ id: later });
  });

  test.each<[string, Json, string]>([
    ["no text", { text: "" }, "body.text"],
    ["a text that is too long", { text: "x".repeat(32_001) }, "body.text"],
    ["another content type", { contentType: "text/markdown" }, "body.contentType"],
    ["no time", { effectiveAt: "tomorrow" }, "body.effectiveAt"],
  ])("refuses %s", async (_what, more, target) => {
    const language = `${languages}/${made(await post(languages, english))}`;
    expect(refusal(await post(`${language}/revisions`, revision(more)))).toMatchObject({ status: 400, target });
  });

  test("is deleted once it is switched off and no policy prompts for it", async () => {
    await spoken();
    await put(path, { name, enabled: true });
    expect(refusal(await remove(path))).toMatchObject({ target: "enabled", evidence: "U" });
    await put(path, { name, enabled: false });
    const policy = made(await post("signOnPolicies", { name: `Policy ${++counter}` }));
    const agreement = { id: path.split("/")[1] };
    await post(`signOnPolicies/${policy}/actions`, { type: "LOGIN", priority: 1 });
    const action = made(await post(`signOnPolicies/${policy}/actions`, { type: "AGREEMENT", priority: 2, agreement }));
    expect(refusal(await remove(path))).toMatchObject({ code: "CONSTRAINT_VIOLATION", evidence: "U" });
    expect((await remove(`signOnPolicies/${policy}/actions/${action}`)).status).toBe(204);
    expect((await remove(path)).status).toBe(204);
    expect((await get(path)).status).toBe(404);
  });
});

describe("a sign-on policy", () => {
  const login = { type: "LOGIN", priority: 1 };
  let policy: string;
  let actions: string;
  beforeEach(async () => {
    policy = `signOnPolicies/${made(await post("signOnPolicies", { name: `Policy ${++counter}` }))}`;
    actions = `${policy}/actions`;
  });
  const assign = async () => {
    const { id } = await flows.application(`application ${++counter}`);
    const body = { signOnPolicy: { id: policy.split("/")[1] }, priority: 1 };
    return [`applications/${id}/signOnPolicyAssignments`, body] as const;
  };

  test("has a name of its own, and is not made the default one", async () => {
    const { body } = await get(policy);
    expect(body).toMatchObject({ default: false, _links: { actions: { href: expect.any(String) } } });
    expect(refusal(await post("signOnPolicies", { name: body.name }))).toMatchObject({ code: "UNIQUENESS_VIOLATION" });
    expect((await put(policy, { name: body.name, default: true })).status).toBe(501);
    const standard = (await flows.admin.signOnPolicies.list()).find((one) => one.default === true);
    expect(refusal(await remove(`signOnPolicies/${standard?.id}`))).toMatchObject({ target: "default", evidence: "U" });
  });

  test("is assigned once it has an action, and then stays", async () => {
    const [assignments, body] = await assign();
    expect(refusal(await post(assignments, body))).toMatchObject({ target: "signOnPolicy", evidence: "D" });
    await post(actions, login);
    const assignment = made(await post(assignments, body));
    expect(refusal(await remove(policy))).toMatchObject({ code: "CONSTRAINT_VIOLATION", evidence: "U" });
    await remove(`${assignments}/${assignment}`);
    expect((await remove(policy)).status).toBe(204);
  });

  test("has at most twenty actions, never two of one priority, and keeps its last one", async () => {
    const first = made(await post(actions, login));
    expect(refusal(await post(actions, login))).toMatchObject({ target: "priority" });
    expect(refusal(await remove(`${actions}/${first}`))).toMatchObject({
      ...{ message: "Cannot delete last action from the policy", evidence: "S" },
    });
    for (let priority = 2; priority <= 20; priority += 1) made(await post(actions, { ...login, priority }));
    expect(refusal(await post(actions, { ...login, priority: 21 }))).toMatchObject({ evidence: "D" });
    expect((await remove(`${actions}/${first}`)).status).toBe(204);
  });

  test("prompts for an agreement that is there; other actions are not served", async () => {
    const agreement = { id: "44444444-4444-4444-8444-444444444444" };
    expect(refusal(await post(actions, { type: "AGREEMENT", priority: 1, agreement }))).toMatchObject({
      target: "agreement.id",
    });
    expect((await post(actions, { type: "MULTI_FACTOR_AUTHENTICATION", priority: 1 })).status).toBe(501);
    expect((await post(actions, { type: "LOGON", priority: 1 })).status).toBe(400);
    const id = made(await post(actions, login));
    const other = { id: made(await post("agreements", { name: `Consent ${++counter}`, enabled: false })) };
    const changed = await put(`${actions}/${id}`, { type: "AGREEMENT", priority: 1, agreement: other });
    expect(refusal(changed)).toMatchObject({ target: "type", evidence: "U" });
  });
});
