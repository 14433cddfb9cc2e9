/** Each rule of PingOne's token service: a request that it refuses, and what comes of the same once the rule is off. */
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { basic, expression } from "../environment.ts";
import { type Client, createWorld, type Reply, refused, type World } from "./world.ts";

let world: World;
let mute: Client;
let disabled: Client;
let signing: Client;
let strict: Client;
let mixing: Client;
beforeAll(async () => {
  world = await createWorld();
  mute = await world.application("mute", { grantTypes: ["CIBA"] });
  disabled = await world.application("disabled", { grantTypes: ["CLIENT_CREDENTIALS"], enabled: false });
  signing = await world.application("signing", {
    ...{ grantTypes: ["CLIENT_CREDENTIALS"], tokenEndpointAuthMethod: "CLIENT_SECRET_JWT" },
  });
  await world.grant(mute, world.orders, ["orders:write"]);
  for (const client of [disabled, signing]) await world.grant(client, world.orders, ["orders:read"]);
  const own = { grantTypes: ["CLIENT_CREDENTIALS"] };
  strict = await world.application("strict", own);
  const noClaim = await world.resource("claim", ["claim"], { act: { value: expression("null"), required: true } });
  const noSub = await world.resource("sub", ["sub"], { sub: { value: "nobody", required: true } }, 300);
  mixing = await world.application("mixing", { ...own, requestScopesForMultipleResourcesEnabled: true });
  const plain = await world.resource("plain", ["plain"], {}, 300);
  await world.grant(strict, noClaim, ["claim"]);
  await world.grant(strict, noSub, ["sub"]);
  await world.grant(mixing, plain, ["plain"]);
  await world.grant(mixing, world.orders, ["orders:read"]);
});
afterEach(async () => {
  await world.control("rules", { off: [] });
  await world.control("clock", { reset: true });
});
afterAll(() => world.stop());

const TOKEN = "access_token";
const REQUEST = "auth_req_id";
const DAY_S = 86_400;

const form = { grant_type: "client_credentials", scope: "orders:read" };
/** A token that nobody signed, of the user `x`. */
const FORGED = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.";
const asking = async (): Promise<unknown> => (await world.start()).body.auth_req_id;
const answered = async (word: "approve" | "deny") => {
  const id = await asking();
  await world.answer(word);
  return id;
};
const refreshToken = async (): Promise<unknown> => (await world.signOn()).body.refresh_token;

type Case = {
  readonly rule: string;
  readonly provoke: () => Promise<Reply>;
  /** What the description says in place of `%s`. */
  readonly detail?: string;
  /** What comes once the rule is off: a member of the answer, or the rule that refuses next. */
  readonly brings: string;
};

const CASES: readonly Case[] = [
  {
    rule: "workerSecret",
    provoke: () => world.post("token", form, basic({ ...world.worker, secret: "x" })),
    brings: TOKEN,
  },
  { rule: "workerGrant", provoke: () => world.token(world.worker, { grant_type: "password" }), brings: TOKEN },
  {
    rule: "unsupportedGrant",
    provoke: () => world.token(world.agent, { grant_type: "constructor" }),
    brings: "grantNotAllowed",
  },
  { rule: "wrongSecret", provoke: () => world.own({ ...world.agent, secret: "x" }), brings: TOKEN },
  {
    rule: "wrongMethod",
    provoke: () => world.post("token", { ...form, client_id: world.agent.id, client_secret: world.agent.secret }),
    brings: TOKEN,
  },
  { rule: "disabledClient", provoke: () => world.own(disabled, "orders:read"), brings: TOKEN },
  {
    rule: "wrongAssertion",
    provoke: () => {
      const claims = Buffer.from(JSON.stringify({ sub: signing.id })).toString("base64url");
      const type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
      const client_assertion = `eyJhbGciOiJIUzI1NiJ9.${claims}.x`;
      return world.post("token", { ...form, client_assertion, client_assertion_type: type });
    },
    brings: TOKEN,
  },
  { rule: "grantNotAllowed", provoke: () => world.own(world.portal, "portal:use"), brings: TOKEN },
  {
    rule: "missingParameter",
    provoke: () => world.exchange(world.agent, { subject_token: "" }),
    brings: "subjectInvalid",
  },
  { rule: "noScope", provoke: () => world.exchange(world.agent, { scope: "" }), brings: "severalResources" },
  { rule: "scopeNotGranted", provoke: () => world.own(world.agent, "orders:write"), brings: TOKEN },
  { rule: "severalResources", provoke: () => world.own(world.agent, "orders:read agent:act"), brings: TOKEN },
  { rule: "unequalResources", provoke: () => world.own(mixing, "orders:read plain"), brings: TOKEN },
  { rule: "requiredClaim", provoke: () => world.own(strict, "claim"), detail: "act", brings: TOKEN },
  { rule: "requiredSubject", provoke: () => world.own(strict, "sub"), brings: TOKEN },
  { rule: "subjectType", provoke: () => world.exchange(world.agent, { subject_token_type: "urn:x" }), brings: TOKEN },
  { rule: "subjectInvalid", provoke: () => world.exchange(world.agent, {}, FORGED), brings: TOKEN },
  { rule: "actorType", provoke: () => world.exchange(world.agent, { actor_token_type: "urn:x" }), brings: TOKEN },
  { rule: "actorInvalid", provoke: () => world.exchange(world.agent, { actor_token: "x" }), brings: TOKEN },
  {
    rule: "requestedType",
    provoke: () => world.exchange(world.agent, { requested_token_type: "urn:x" }),
    brings: TOKEN,
  },
  { rule: "customOnly", provoke: () => world.exchange(world.agent, { scope: "openid" }), brings: TOKEN },
  {
    rule: "otherTarget",
    provoke: () => world.exchange(world.agent, { resource: "https://else.where" }),
    brings: TOKEN,
  },
  { rule: "oneHint", provoke: () => world.start({ login_hint_token: "x" }), brings: REQUEST },
  { rule: "unknownUser", provoke: () => world.start({ login_hint: "nobody" }), brings: REQUEST },
  { rule: "noCibaPolicy", provoke: () => world.start({}, mute), brings: REQUEST },
  { rule: "wrongPolicy", provoke: () => world.start({ acr_values: "Single_Factor" }), brings: REQUEST },
  { rule: "wrongMessage", provoke: () => world.start({ binding_message: "one\ntwo" }), brings: REQUEST },
  {
    rule: "slowDown",
    provoke: async () => {
      const id = await asking();
      await world.poll(id);
      return world.poll(id);
    },
    brings: "pending",
  },
  { rule: "pending", provoke: async () => world.poll(await asking()), brings: TOKEN },
  { rule: "denied", provoke: async () => world.poll(await answered("deny")), brings: TOKEN },
  {
    rule: "expired",
    provoke: async () => {
      const id = await answered("approve");
      await world.wait(121);
      return world.poll(id);
    },
    brings: TOKEN,
  },
  {
    rule: "unknownRequest",
    provoke: async () => {
      const id = await answered("approve");
      await world.poll(id);
      await world.wait();
      return world.poll(id);
    },
    brings: TOKEN,
  },
  {
    rule: "refreshInvalid",
    provoke: async () => {
      const token = await refreshToken();
      await world.wait(31 * DAY_S);
      return world.refresh(token);
    },
    brings: TOKEN,
  },
  {
    rule: "refreshReplayed",
    provoke: async () => {
      const token = await refreshToken();
      await world.refresh(token);
      return world.refresh(token);
    },
    brings: TOKEN,
  },
  {
    rule: "refreshScope",
    provoke: async () => world.refresh(await refreshToken(), { scope: "orders:read" }),
    brings: "scopeNotGranted",
  },
];

type Listed = Record<
  string,
  { evidence: string; error: string; description?: string; status?: number; fixed?: boolean }
>;
const rules = async () => (await world.control("rules")).body.pingone as Listed;

test.each(CASES)("$rule", async ({ rule, provoke, detail = "", brings }) => {
  const { evidence, error, description, status = 400 } = (await rules())[rule] ?? expect.unreachable(rule);
  const reply = await provoke();
  expect(refused(reply)).toEqual({ error, rule });
  expect([reply.status, reply.body.error_description]).toEqual([status, description?.replace("%s", detail)]);
  expect(reply.headers.get("x-sandbox-evidence")).toBe(evidence);

  expect((await world.control("rules", { off: [rule] })).status).toBe(204);
  const next = await provoke();
  if (brings === TOKEN || brings === REQUEST)
    expect(next).toMatchObject({ status: 200, body: { [brings]: expect.any(String) } });
  else expect(refused(next).rule).toBe(brings);
});

test("no switch is without a case, but for a client that is not there at all", async () => {
  const listed = await rules();
  expect(
    Object.keys(listed)
      .filter((id) => !listed[id]?.fixed)
      .sort(),
  ).toEqual(CASES.map(({ rule }) => rule).sort());
  await world.control("rules", { off: ["unknownClient"] });
  expect(refused(await world.own({ id: "x", secret: "x" })).rule).toBe("unknownClient");
});
