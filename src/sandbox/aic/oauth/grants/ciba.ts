/** `urn:openid:params:grant-type:ciba`: polling for the approval (oauth-flows §6.2). */
import { secondsNow } from "../../../clock.ts";
import { parameter } from "../../../form.ts";
import { type CibaRequest, idOf, keepRequest, requestById } from "../ciba/requests.ts";
import { issueIdToken } from "../tokens.ts";
import { userById } from "../users.ts";
import { type GrantHandler, type GrantRequest, userGrantAnswer } from "./grant.ts";

export const CIBA = "urn:openid:params:grant-type:ciba";

export const ciba: GrantHandler = async (poll) => {
  const { context, client } = poll;
  const request = collect(poll);
  const { user, scopes, acr, authTime = secondsNow(context.tenant) } = request;
  const grant = { client, subject: user, scopes, grantType: CIBA, audience: client.id, authTime };
  const { token_type, expires_in, ...tokens } = await userGrantAnswer(context, grant);
  const id_token = scopes.includes("openid") ? { id_token: await issueIdToken(context, grant, acr) } : {};
  return { ...tokens, ...id_token, token_type, expires_in };
};

/**
 * Takes an approved request, once. Order: identity of the id, expiry, interval, state.
 * @throws {Refusal} in every other state
 */
function collect({ context, client, form }: GrantRequest): CibaRequest {
  const { rules, tenant, realm } = context;
  rules.require("U03", parameter(form, "auth_req_id") !== undefined, "auth_req_id");
  const id = idOf(form.get("auth_req_id") ?? "");
  const request = requestById(tenant, id);
  if (!request || request.realm !== realm) throw rules.refusal("B19");
  rules.require("B19", request.client === client.id);
  rules.require("B20", request.state !== "used");
  rules.require("B18", request.expiresAt > secondsNow(tenant));
  const now = tenant.clock.now();
  // Before the refusals: a poll that comes too early starts the interval anew.
  keepRequest(tenant, id, { ...request, lastPoll: now });
  rules.require("B16", request.lastPoll === undefined || now - request.lastPoll >= request.interval * 1000);
  rules.require("B17", request.state !== "denied" && userById(tenant, realm, request.user)?.active === true);
  rules.require("B21", request.state === "approved" || request.state === "used");
  keepRequest(tenant, id, { ...request, lastPoll: now, state: "used" });
  return request;
}
