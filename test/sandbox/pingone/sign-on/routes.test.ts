/** The authorization endpoint of PingOne and its pages, over plain HTTP: who gets a code, and who is told what. */
import { decodeJwt } from "jose";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type ConsentWorld, createConsentWorld, REDIRECT } from "./world.ts";

const DAY_S = 86_400;

let world: ConsentWorld;
beforeAll(async () => {
  world = await createConsentWorld();
});
afterEach(async () => {
  await world.control("clock", { reset: true });
});
afterAll(() => world.stop());

const codeOf = ({ sentTo }: { readonly sentTo: URL | undefined }) => sentTo?.searchParams.get("code");

test("a user signs on and consents, the application gets its tokens, and who has consented is not asked again", async () => {
  const user = world.browser();
  const pkce = world.newPkce();
  const first = await user.authorize(world.asked({ ...pkce.asked, nonce: "n1", scope: "agent:use" }));
  expect([first.status, first.text]).toEqual([200, expect.stringContaining("Password")]);
  const second = await user.logIn(world.barbara);
  expect(second.text).toContain("The agent may act in your name.");
  expect(second.text).not.toContain("<script");
  expect(second.text).toContain("&#60;script&#62;");
  expect((await user.reload()).text, "may be loaded again").toContain("The agent may act in your name.");
  const { sentTo } = await user.decide("accept");
  expect(sentTo?.href.startsWith(`${REDIRECT}?code=`)).toBe(true);
  expect(sentTo?.searchParams.get("state")).toBe("s1");
  const { status, body } = await world.redeem(codeOf({ sentTo }), { code_verifier: pkce.verifier });
  expect(status).toBe(200);
  const claims = decodeJwt(String(body.access_token));
  expect(claims).toMatchObject({ acr: "Consent-Login", client_id: world.agent.id, auth_time: expect.any(Number) });
  expect(claims.sid).toEqual(expect.any(String));
  expect(body.refresh_token).toEqual(expect.any(String));
  const again = world.browser();
  await again.authorize(world.asked());
  expect(codeOf(await again.logIn(world.barbara))).toEqual(expect.any(String));
});

test("a user is asked again when the period is over, and when a text that requires it has changed", async () => {
  expect(codeOf(await world.signOn())).toEqual(expect.any(String));
  const isAsked = async () => {
    const user = world.browser();
    await user.authorize(world.asked());
    return (await user.logIn(world.barbara)).text.includes("asks for your consent");
  };
  expect(await isAsked()).toBe(false);
  await world.control("clock", { advanceSeconds: 180 * DAY_S - 60 });
  expect(await isAsked()).toBe(false);
  await world.control("clock", { advanceSeconds: 120 });
  expect(await isAsked()).toBe(true);
  expect(codeOf(await world.signOn())).toEqual(expect.any(String));
  await world.control("clock", { advanceSeconds: 60 });
  await world.revise(world.english, "A slip of the pen.", { requireReconsent: false });
  expect(await isAsked()).toBe(false);
  await world.control("clock", { advanceSeconds: 60 });
  await world.revise(world.english, "The agent may do anything.");
  expect(await isAsked()).toBe(true);
});

test("who declines gets no code, and the application is told", async () => {
  await world.control("clock", { advanceSeconds: 400 * DAY_S });
  const { sentTo, headers } = await world.signOn({}, "decline");
  expect(Object.fromEntries(sentTo?.searchParams ?? [])).toEqual({
    ...{ error: "access_denied", error_description: "The user has declined the agreement", state: "s1" },
  });
  expect([headers.get("x-sandbox-rule"), headers.get("x-sandbox-evidence")]).toEqual(["consentDeclined", "U"]);
});

test("an agreement that is switched off is no part of the policy", async () => {
  await world.control("clock", { advanceSeconds: 800 * DAY_S });
  await world.switchAgreement(false);
  const user = world.browser();
  await user.authorize(world.asked());
  expect(codeOf(await user.logIn(world.barbara))).toEqual(expect.any(String));
  await world.switchAgreement(true);
});

test("the text comes in the language of the browser, else in the environment's", async () => {
  await world.control("clock", { advanceSeconds: 1_200 * DAY_S });
  const user = world.browser();
  await user.authorize(world.asked());
  await user.logIn(world.barbara);
  expect((await user.reload({ "accept-language": "fr-CH, en;q=0.5" })).text).toContain("Accord");
  expect((await user.reload({ "accept-language": "de" })).text).toContain("Agent &#60;consent&#62;");
});

test("a wrong password, and a user who is switched off, go no further", async () => {
  const user = world.browser();
  await user.authorize(world.asked());
  const page = await user.logIn({ ...world.barbara, password: "wrong" });
  expect([page.status, page.sentTo]).toEqual([200, undefined]);
  expect(page.text).toContain("Wrong user name or password.");
  expect(page.text).not.toContain('wrong"');
});

test("only the page itself may answer, in the browser that was sent there", async () => {
  const user = world.browser();
  await user.authorize(world.asked());
  for (const origin of ["https://evil.example", "null", "http://127.0.0.1:1"])
    expect((await user.logIn(world.barbara, { origin })).status).toBe(403);
  expect((await world.browser().logIn(world.barbara)).status, "another browser").toBe(400);
});

test("pages bring all of their own, allow nothing else, and are kept by nobody", async () => {
  const { headers, text } = await world.browser().authorize(world.asked());
  expect(headers.get("content-security-policy")).toMatch(
    /^default-src 'none'; style-src 'nonce-[^']+'; img-src data:; base-uri 'none'; form-action 'self' http:\/\/localhost:3000; frame-ancestors 'none'$/,
  );
  expect(headers.get("cache-control")).toBe("no-store");
  expect(text).not.toMatch(/src=|href="(?!data:,")|https?:/);
  expect(text).toContain("agent &#60;x&#62;");
});

test("what is wrong before the redirect URI is known is told on a page, all else to the application", async () => {
  const at = (more: Record<string, string>) => world.browser().authorize(world.asked(more));
  for (const more of [{ client_id: "x" }, { redirect_uri: "https://evil.example/" }, { redirect_uri: "" }]) {
    const { status, sentTo, text } = await at(more);
    expect([status, sentTo]).toEqual([400, undefined]);
    expect(text).toContain("This cannot go on");
  }
  const told = async (more: Record<string, string>) => (await at(more)).sentTo?.searchParams.get("error");
  expect(await told({ response_type: "token" })).toBe("unsupported_response_type");
  expect(await told({ scope: "orders:write" })).toBe("invalid_scope");
  expect(await told({ code_challenge: "x", code_challenge_method: "S1" })).toBe("invalid_request");
});

test("an application pushes its request, and the browser brings nothing but the reference, once", async () => {
  const pushing = await world.application("pushing", { parRequirement: "REQUIRED", parTimeout: 90 });
  const { status, body } = await world.push({ state: "pushed" }, pushing);
  expect([status, body]).toEqual([
    201,
    { request_uri: expect.stringMatching(/^urn:ietf:params:oauth:request_uri:/), expires_in: 90 },
  ]);
  const brought = { client_id: pushing.id, request_uri: String(body.request_uri) };
  const user = world.browser();
  await user.authorize({ ...brought, redirect_uri: "https://evil.example/", state: "evil", scope: "orders:write" });
  const shown = await user.logIn(world.barbara);
  const { sentTo } = shown.sentTo ? shown : await user.decide("accept");
  expect([sentTo?.href.startsWith(REDIRECT), sentTo?.searchParams.get("state")]).toEqual([true, "pushed"]);
  expect((await world.redeem(codeOf({ sentTo }), {}, pushing)).body).toMatchObject({ scope: "agent:use" });

  for (const more of [{}, brought, { ...brought, request_uri: "urn:ietf:params:oauth:request_uri:x" }]) {
    const refusal = await world.browser().authorize({ ...world.asked({ client_id: pushing.id }), ...more });
    expect([refusal.status, refusal.sentTo]).toEqual([400, undefined]);
  }
});

test("a request is checked when it is pushed, and its application authenticates", async () => {
  expect((await world.push({ scope: "orders:write" })).body.error).toBe("invalid_scope");
  expect((await world.push({ redirect_uri: "https://evil.example/" })).body.error).toBe("invalid_request");
  expect((await world.push({}, { ...world.agent, secret: "x" })).body.error).toBe("invalid_client");
  expect((await world.push({ prompt: "none" })).headers.get("x-sandbox-gap")).toBe("1");
});

test("what is not emulated answers 501", async () => {
  const gap = async (more: Record<string, string>) => {
    const { status, headers } = await world.browser().authorize(world.asked(more));
    return [status, headers.get("x-sandbox-gap")];
  };
  expect(await gap({ prompt: "none" })).toEqual([501, "1"]);
  const davinci = await world.application("davinci");
  for (const { id } of await world.admin.below(davinci.id, "signOnPolicyAssignments").list())
    await world.admin.below(davinci.id, "signOnPolicyAssignments").delete(id);
  expect((await world.browser().authorize(world.asked({ client_id: davinci.id }))).status, "the default policy").toBe(
    200,
  );
  const [flow] = await world.admin.flowPolicies.list();
  await world.admin.below(davinci.id, "flowPolicyAssignments").create({ flowPolicy: { id: flow?.id }, priority: 1 });
  expect(await gap({ client_id: davinci.id })).toEqual([501, "1"]);
});
