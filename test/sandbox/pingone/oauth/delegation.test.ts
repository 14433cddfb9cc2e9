/** The delegation stacks that Ping publishes for PingOne, hop by hop, and what each of them refuses (delegation §1). */
import { decodeJwt } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { basic, type Claim, expression, type Reply, startFlows } from "../environment.ts";
import { ACCESS_TOKEN, type Client, claimsOf, EXCHANGE, refused } from "./world.ts";

let flows: Awaited<ReturnType<typeof startFlows>>;
let userId: string;
let org: string;
beforeAll(async () => {
  flows = await startFlows();
  userId = String((await flows.admin.users.list('username eq "barbara.jensen"'))[0]?.id);
  org = expect.stringMatching(/^[\w-]{36}$/);
});
afterAll(() => flows.stop());

const RD = "#root.context.requestData";
const CC = `${RD}.grantType == "client_credentials"`;
const NAMED = `(${RD}.subjectToken.may_act.sub == ${RD}.actorToken.client_id)`;
const required = (inner: string): Claim => ({ value: expression(inner), required: true });
const mayAct = ({ id }: Client) => expression(`{"sub":"${id}"}`);
const NESTED = required(
  `(${CC})?"noActor":(${NAMED}?{"sub":${RD}.actorToken.client_id,"act":${RD}.subjectToken.act}:null)`,
);
const SUBJECT = expression(`(${CC}) ? "no-subject" : ${RD}.subjectToken.sub`);
const GRANT_TYPE = expression(`${RD}.grantType`);

const ACTING = { type: "WEB_APP", grantTypes: ["CLIENT_CREDENTIALS", "TOKEN_EXCHANGE"] };
const ask = (client: Client, form: Record<string, string>) => flows.post("token", form, basic(client));
const own = (client: Client, scope = "") => ask(client, { grant_type: "client_credentials", ...(scope && { scope }) });
const login = (client: Client, scope: string) =>
  flows.control("pingone/sign-on", { ...flows.person("barbara.jensen"), client_id: client.id, scope });
const token = ({ body }: Reply) => String(body.access_token);
const exchange = (client: Client, subject: Reply, actor: Reply | undefined, scope: string) =>
  ask(client, {
    ...{ grant_type: EXCHANGE, subject_token: token(subject), subject_token_type: ACCESS_TOKEN },
    ...(actor && { actor_token: token(actor), actor_token_type: ACCESS_TOKEN }),
    ...{ requested_token_type: ACCESS_TOKEN, scope },
  });
const NO_ACTOR = {
  status: 400,
  body: {
    error: "invalid_request",
    error_description: "act is configured as required for the Access token but does not have a value",
  },
};

describe("an agent that signs the user in", () => {
  let agent: Client;
  let other: Client;
  beforeAll(async () => {
    const both = {
      grantTypes: ["AUTHORIZATION_CODE", "CLIENT_CREDENTIALS", "TOKEN_EXCHANGE"],
      responseTypes: ["CODE"],
    };
    agent = await flows.application("MCP Tutorial", both);
    other = await flows.application("Other", both);
    // Whichever client got the token may act with it (delegation §3).
    const issued = await flows.resource("agent", ["agent"], {
      sub: expression("user.username"),
      may_act: expression(`(${CC})?null:({ "sub": #root.context.appConfig.clientId })`),
    });
    const target = await flows.resource("test", ["test"], {
      sub: expression(`${RD}.subjectToken.sub`),
      act: expression(`${NAMED}?${RD}.subjectToken.may_act:null`),
    });
    for (const client of [agent, other]) {
      await flows.grant(client, issued, ["agent"]);
      await flows.grant(client, target, ["test"]);
    }
    const policy = (await flows.admin.signOnPolicies.list()).find(({ name }) => name === "Multi_Factor");
    const assignments = flows.admin.below(agent.id, "signOnPolicyAssignments");
    await assignments.create({ signOnPolicy: { id: policy?.id }, priority: 1 });
  });

  test("has an actor token that is about nobody", async () => {
    const claims = claimsOf(await own(agent, "agent"));
    expect(claims).toMatchObject({
      ...{ aud: ["https://agent"], client_id: agent.id, env: flows.environmentId, org, scope: "agent" },
      ...{ iss: flows.issuer, "p1.rid": claims.jti },
    });
    for (const name of ["sub", "may_act", "acr", "auth_time", "sid", "p1.userId"])
      expect(claims).not.toHaveProperty(name);
  });

  test("gets the user's token, and exchanges it", async () => {
    const signedOn = await login(agent, "agent");
    const subject = claimsOf(signedOn);
    expect(subject).toMatchObject({
      ...{ aud: ["https://agent"], sub: "barbara.jensen", "p1.userId": userId, may_act: { sub: agent.id } },
      ...{ acr: "Multi_Factor", auth_time: expect.any(Number), sid: expect.any(String), client_id: agent.id },
    });
    const claims = claimsOf(await exchange(agent, signedOn, await own(agent, "agent"), "test"));
    expect(claims).toMatchObject({
      ...{ aud: ["https://test"], act: { sub: agent.id }, client_id: agent.id, scope: "test", "p1.rid": claims.jti },
      ...{ sub: "barbara.jensen", "p1.userId": userId, exp: subject.exp },
      ...{ acr: "Multi_Factor", auth_time: subject.auth_time, sid: subject.sid },
    });
    expect(claims).not.toHaveProperty("may_act");
    expect(claims.jti).not.toBe(subject.jti);
  });

  test.each<[string, () => Promise<Reply | undefined>, () => Promise<Reply>]>([
    ["the actor token of another client", () => own(other, "agent"), () => login(agent, "agent")],
    ["no actor token", async () => undefined, () => login(agent, "agent")],
    ["the token of another client's sign-on", () => own(agent, "agent"), () => login(other, "agent")],
    ["an own token as subject", () => own(agent, "agent"), () => own(agent, "agent")],
  ])("names nobody with %s", async (_what, actor, subject) => {
    const reply = await exchange(agent, await subject(), await actor(), "test");
    expect(reply.status).toBe(200);
    expect(claimsOf(reply)).not.toHaveProperty("act");
  });
});

describe("an autonomous agent", () => {
  const SCOPE = "supply-chain:restock";
  let agent: Client;
  let extension: Client;
  let stranger: Client;
  let tool: string;
  beforeAll(async () => {
    agent = await flows.application("CRM Agent", { grantTypes: ["CLIENT_CREDENTIALS"] });
    extension = await flows.application("Gateway Extension", ACTING);
    stranger = await flows.application("Stranger", ACTING);
    // The same scope stands on both; grants decide which is meant.
    const gateway = await flows.resource("agent-gateway", [SCOPE], { may_act: mayAct(extension) });
    tool = await flows.resource("supply-chain-tool", [SCOPE], {
      sub: expression(`(${CC}) ? "no-subject" : ${RD}.subjectToken.client_id`),
      act: required(`(${CC})?"noActor":(${NAMED}?{"sub":${RD}.actorToken.client_id}:null)`),
    });
    await flows.grant(agent, gateway, [SCOPE]);
    for (const client of [extension, stranger]) await flows.grant(client, tool, [SCOPE]);
  });

  test("reaches a tool through the gateway, which acts", async () => {
    const first = await own(agent, SCOPE);
    const claims = claimsOf(first);
    expect(claims).toMatchObject({ aud: ["https://agent-gateway"], may_act: { sub: extension.id } });
    expect(claims).not.toHaveProperty("sub");
    const actor = await own(extension);
    expect(claimsOf(actor)).toMatchObject({ sub: "no-subject", act: "noActor", scope: SCOPE });
    const last = claimsOf(await exchange(extension, first, actor, SCOPE));
    expect(last).toMatchObject({
      ...{ sub: agent.id, client_id: extension.id, aud: ["https://supply-chain-tool"], act: { sub: extension.id } },
      scope: SCOPE,
    });
    expect(last).not.toHaveProperty("may_act");
  });

  test.each<[string, () => Promise<Reply>]>([
    ["the actor of another client", async () => exchange(extension, await own(agent), await own(stranger), SCOPE)],
    ["another client", async () => exchange(stranger, await own(agent), await own(stranger), SCOPE)],
    ["a subject that names nobody", async () => exchange(extension, await own(stranger), await own(extension), SCOPE)],
    ["no actor token", async () => exchange(extension, await own(agent), undefined, SCOPE)],
  ])("is refused by the tool with %s", async (_what, request) => {
    expect(await request()).toMatchObject(NO_ACTOR);
  });

  test("cannot be told from no subject where `sub` is required: no client gets a token of its own", async () => {
    const attributes = flows.admin.resourceAttributes(tool);
    const sub = (await attributes.list()).find(({ name }) => name === "sub");
    const value = sub?.value;
    await attributes.replace(sub?.id ?? "", { name: "sub", value, required: true });
    expect((await own(extension)).body.error_description).toMatch(/^sub is configured as required/);
    await attributes.replace(sub?.id ?? "", { name: "sub", value });
    expect((await own(extension)).status).toBe(200);
  });
});

describe("agents that call agents on behalf of a user", () => {
  let spa: Client;
  let support: Client;
  let order: Client;
  let extension: Client;
  beforeAll(async () => {
    spa = await flows.application("Chat UI", {
      ...{ type: "SINGLE_PAGE_APP", grantTypes: ["AUTHORIZATION_CODE"], responseTypes: ["CODE"] },
      ...{ tokenEndpointAuthMethod: "NONE", pkceEnforcement: "S256_REQUIRED" },
    });
    support = await flows.application("Support Agent", ACTING);
    order = await flows.application("Order Status Agent", ACTING);
    extension = await flows.application("Chain Extension", ACTING);
    const hop = (name: string, scopes: string[], next?: Client) =>
      flows.resource(name, scopes, {
        ...{ sub: SUBJECT, act: NESTED, grant_type: GRANT_TYPE },
        ...(next && { may_act: mayAct(next) }),
      });
    const supportAgent = await flows.resource("support-agent", ["support-agent:invoke"], {
      ...{ may_act: mayAct(support), grant_type: GRANT_TYPE },
    });
    const gateway = await hop("gateway", ["order-status:invoke", "order:read"], extension);
    const orderAgent = await hop("order-status-agent", ["order-status:invoke"], order);
    const server = await hop("order-status-mcp-server", ["order:read"]);
    await flows.grant(spa, supportAgent, ["support-agent:invoke"]);
    await flows.grant(support, gateway, ["order-status:invoke"]);
    await flows.grant(order, gateway, ["order:read"]);
    await flows.grant(extension, orderAgent, ["order-status:invoke"]);
    await flows.grant(extension, server, ["order:read"]);
  });

  async function chain() {
    const start = await login(spa, "openid support-agent:invoke");
    const t1 = await exchange(support, start, await own(support), "order-status:invoke");
    const t2 = await exchange(extension, t1, await own(extension, "order:read"), "order-status:invoke");
    const t3 = await exchange(order, t2, await own(order), "order:read");
    const t4 = await exchange(extension, t3, await own(extension, "order:read"), "order:read");
    return { start, t1, t2, t3, t4 };
  }

  test("pass the token on, and each of them stands in it", async () => {
    const { start, t1, t2, t3, t4 } = await chain();
    const acts = (...clients: Client[]) => clients.reduceRight<unknown>((act, { id }) => ({ sub: id, act }), null);
    const user = { sub: userId, "p1.userId": userId };
    const first = claimsOf(start);
    expect(first).toMatchObject({
      ...{ ...user, client_id: spa.id, aud: ["https://support-agent"], may_act: { sub: support.id } },
      ...{ grant_type: "authorization_code", scope: "openid support-agent:invoke" },
    });
    expect(first).not.toHaveProperty("act");
    expect(decodeJwt(String(start.body.id_token))).toMatchObject({ ...user, aud: spa.id });
    const hops: [Reply, Client, string, unknown, Client | undefined][] = [
      [t1, support, "gateway", acts(support), extension],
      [t2, extension, "order-status-agent", acts(extension, support), order],
      [t3, order, "gateway", acts(order, extension, support), extension],
      [t4, extension, "order-status-mcp-server", acts(extension, order, extension, support), undefined],
    ];
    for (const [reply, client, audience, act, next] of hops) {
      const claims = claimsOf(reply);
      expect(claims).toMatchObject({
        ...{ ...user, client_id: client.id, aud: [`https://${audience}`], act, grant_type: EXCHANGE },
        ...{ sid: first.sid, auth_time: first.auth_time },
      });
      expect(claims.may_act).toEqual(next && { sub: next.id });
      expect(reply.body).not.toHaveProperty("refresh_token");
    }
  });

  test("are refused out of turn, and at the end of the chain", async () => {
    const { start, t1, t2, t3, t4 } = await chain();
    const self = await own(extension, "order:read");
    for (const [client, subject, scope] of [
      [extension, start, "order-status:invoke"],
      [support, t1, "order-status:invoke"],
      [order, t1, "order:read"],
      [extension, t2, "order:read"],
      [order, t3, "order:read"],
      [extension, t4, "order:read"],
    ] as const) {
      const actor = client === extension ? self : await own(client);
      expect(await exchange(client, subject, actor, scope)).toMatchObject(NO_ACTOR);
    }
  });

  test("say which scope they want, where their grants are on two resources", async () => {
    const reply = await own(extension);
    expect(refused(reply)).toEqual({ error: "invalid_scope", rule: "severalResources" });
    expect(reply.body.error_description).toBe("May not request scopes for multiple resources");
  });
});

describe("scopes of several resources", () => {
  let both: Client;
  const make = async (name: string, more: Record<string, Claim> = {}, lifetime = 600) => {
    const id = await flows.resource(name, [`${name}:use`], more, lifetime);
    await flows.grant(both, id, [`${name}:use`]);
  };
  beforeAll(async () => {
    both = await flows.application("Both", { ...ACTING, requestScopesForMultipleResourcesEnabled: true });
    await make("long", {}, 900);
    await make("one", { kind: "x", from: "one" });
    await make("two", { kind: "x" });
    await make("unlike", { kind: "y" });
  });

  test("come in one token for all of them, where the application may mix them", async () => {
    const reply = await own(both, "one:use two:use");
    expect(claimsOf(reply)).toMatchObject({
      ...{ aud: ["https://one", "https://two"], scope: "one:use two:use", kind: "x", from: "one" },
    });
    expect(reply.body.expires_in).toBe(600);
  });

  test("are refused where lifetime or claims differ", async () => {
    for (const other of ["long:use", "unlike:use"]) {
      expect(refused(await own(both, `one:use ${other}`))).toEqual({
        error: "invalid_scope",
        rule: "unequalResources",
      });
    }
  });

  test("live as long as the one that lives shortest, where that were no reason to refuse", async () => {
    await flows.control("rules", { off: ["unequalResources"] });
    expect((await own(both, "one:use long:use")).body.expires_in).toBe(600);
    await flows.control("rules", { off: [] });
  });

  test("never go with those of PingOne's own API", async () => {
    const api = (await flows.admin.resources.list()).find(({ type }) => type === "PINGONE_API");
    await flows.grant(both, api?.id ?? "", ["p1:read:user"]);
    expect(refused(await own(both, "one:use p1:read:user")).rule).toBe("severalResources");
  });

  test("are not exchanged, although the application may mix them", async () => {
    const subject = await own(both, "one:use");
    expect(refused(await exchange(both, subject, undefined, "one:use two:use"))).toEqual({
      ...{ error: "invalid_scope", rule: "severalResources" },
    });
  });
});
