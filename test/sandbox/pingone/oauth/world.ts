/** Agents, an application of users and a custom resource for the token flows, and the requests that tests vary. */
import { decodeJwt } from "jose";
import { ACT_EXPRESSION } from "../../../../src/components/pingone/delegation.ts";
import { basic, type Reply, startFlows } from "../environment.ts";

export const ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";
export const EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
const CIBA = "urn:openid:params:grant-type:ciba";
export const DEVICE = "urn:ietf:params:oauth:grant-type:device_code";

export type Client = { readonly id: string; readonly secret: string };
export type World = Awaited<ReturnType<typeof createWorld>>;

/** Starts an environment with them; the caller stops it. */
export async function createWorld() {
  const flows = await startFlows();
  const exchanging = { grantTypes: ["CLIENT_CREDENTIALS", "TOKEN_EXCHANGE"] };
  const agent = await flows.application("agent", exchanging);
  const stranger = await flows.application("stranger", exchanging);
  const portal = await flows.application("portal", {
    ...{ type: "WEB_APP", grantTypes: ["AUTHORIZATION_CODE", "REFRESH_TOKEN"] },
  });
  const portalApi = await flows.resource("portal.example.com", ["portal:use"], {
    may_act: JSON.stringify({ sub: agent.id }),
  });
  const orders = await flows.resource("orders.example.com", ["orders:read", "orders:write"], { act: ACT_EXPRESSION });
  const agents = await flows.resource("agents.example.com", ["agent:act"]);
  await flows.grant(portal, portalApi, ["portal:use"]);
  for (const one of [agent, stranger]) {
    await flows.grant(one, orders, ["orders:read"]);
    await flows.grant(one, agents, ["agent:act"]);
  }
  // Asks users to approve what it may do with orders.
  const asking = await flows.application("asking", { grantTypes: ["CIBA"] });
  await flows.grant(asking, orders, ["orders:write"]);
  const policies = await flows.admin.flowPolicies.list();
  const policy = policies.find(({ name }) => name === "Agent Approval");
  const assignments = flows.admin.below(asking.id, "flowPolicyAssignments");
  await assignments.create({ flowPolicy: { id: policy?.id }, priority: 1 });

  const token = (client: Client, form: Record<string, string>) => flows.post("token", form, basic(client));
  const own = (client: Client, scope = "agent:act") => token(client, { grant_type: "client_credentials", scope });
  const signOn = (scope = "portal:use", client = portal) =>
    flows.control("pingone/sign-on", { ...flows.person("barbara.jensen"), client_id: client.id, scope });
  const exchange = async (client: Client, more: Record<string, string> = {}, subject?: string, actor = client) =>
    token(client, {
      grant_type: EXCHANGE,
      subject_token: subject ?? String((await signOn()).body.access_token),
      subject_token_type: ACCESS_TOKEN,
      actor_token: String((await own(actor)).body.access_token),
      actor_token_type: ACCESS_TOKEN,
      scope: "orders:read",
      ...more,
    });
  const refresh = (refreshToken: unknown, more: Record<string, string> = {}, client: Client = portal) =>
    token(client, { grant_type: "refresh_token", refresh_token: String(refreshToken), ...more });

  const start = (more: Record<string, string> = {}, client: Client = asking) => {
    const form = { login_hint: "end.user", scope: "orders:write", binding_message: "Refund 12 EUR?" };
    return flows.post("cibaAuthorization", { ...form, ...more }, basic(client));
  };
  const poll = (id: unknown, client: Client = asking) => token(client, { grant_type: CIBA, auth_req_id: String(id) });
  const pending = async () => {
    const { body } = await flows.control("pingone/approvals");
    return body.pending as { id: string; user?: string; binding_message?: string; acr?: string; user_code?: string }[];
  };
  /** Answers what was asked last. */
  const answer = async (word: "approve" | "deny", who = "end.user") => {
    const last = (await pending()).at(-1);
    return flows.control(`pingone/approvals/${last?.id}/${word}`, flows.person(who));
  };
  const wait = (seconds = 5) => flows.control("clock", { advanceSeconds: seconds });

  return {
    ...flows,
    ...{ agent, stranger, portal, asking, orders },
    ...{ token, own, signOn, exchange, refresh, start, poll, pending, answer, wait },
  };
}

export const claimsOf = ({ body }: Reply) => decodeJwt(String(body.access_token));
export const refused = (reply: Reply) => ({ error: reply.body.error, rule: reply.headers.get("x-sandbox-rule") });
export type { Reply };
