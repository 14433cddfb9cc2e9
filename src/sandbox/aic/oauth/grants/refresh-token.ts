/** `refresh_token`: new tokens of an authorization that still stands (RFC 6749 §6). */
import { secondsNow } from "../../../clock.ts";
import { parameter, splitScopes } from "../../../form.ts";
import { effective } from "../clients.ts";
import { refreshRecord, useRefreshToken } from "../refresh-tokens.ts";
import { requireWithin } from "../scopes.ts";
import { readToken } from "../tokens.ts";
import { userById } from "../users.ts";
import { accessTokenAnswer, type GrantHandler, userGrantAnswer } from "./grant.ts";

export const refreshToken: GrantHandler = async ({ context, client, form }) => {
  const { rules, tenant, realm, provider } = context;
  const given = parameter(form, "refresh_token");
  rules.require("U03", given !== undefined, "refresh_token");
  const read = await readToken(context, given ?? "");
  const jti = String(read?.claims.jti);
  const record = read?.authentic ? refreshRecord(context, jti) : undefined;
  if (!record || record.realm !== realm) throw rules.refusal("R01");
  rules.require("R01", record.client === client.id && record.expiresAt > secondsNow(tenant));
  rules.require("U02", record.authTime === undefined || userById(tenant, realm, record.subject)?.active === true);
  const asked = splitScopes(parameter(form, "scope"));
  requireWithin(rules, "R02", asked, record.scopes);
  const grant = {
    client,
    subject: record.subject,
    scopes: asked.length ? asked : record.scopes,
    grantType: "refresh_token",
    audience: client.id,
    ...(record.authTime !== undefined && { authTime: record.authTime }),
    ...(record.authGrantId !== undefined && { authGrantId: record.authGrantId }),
  };
  if (!effective(client, provider, "issueRefreshTokenOnRefreshedToken")) return accessTokenAnswer(context, grant);
  if (!useRefreshToken(context, jti)) throw rules.refusal("R01");
  return userGrantAnswer(context, grant, record.scopes);
};
