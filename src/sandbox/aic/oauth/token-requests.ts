/** `access_token`: which grant a request is for, and whether its client may use it (oauth-flows §4). */
import { Gap } from "../../errors.ts";

import { parameter } from "../../form.ts";
import type { JsonObject } from "../../json.ts";
import type { Client } from "./clients.ts";
import { CIBA, ciba } from "./grants/ciba.ts";
import { clientCredentials } from "./grants/client-credentials.ts";
import type { GrantHandler } from "./grants/grant.ts";
import { password } from "./grants/password.ts";
import { refreshToken } from "./grants/refresh-token.ts";
import { TOKEN_EXCHANGE, tokenExchange } from "./grants/token-exchange.ts";
import type { RealmContext } from "./realm.ts";

const GRANTS: ReadonlyMap<string, GrantHandler> = new Map([
  ["client_credentials", clientCredentials],
  ["password", password],
  ["refresh_token", refreshToken],
  [TOKEN_EXCHANGE, tokenExchange],
  [CIBA, ciba],
]);

/** @param authenticate checks the client; runs after the parameter `grant_type` is known to be there */
export async function grantToken(
  context: RealmContext,
  form: URLSearchParams,
  authenticate: () => Client,
): Promise<JsonObject> {
  const { rules, provider } = context;
  const grantType = parameter(form, "grant_type");
  rules.require("C08", grantType !== undefined, "Grant type is not set");
  const client = authenticate();
  rules.require("C05", grantType !== undefined && provider.grantTypes.includes(grantType), grantType);
  rules.require("C06", client.grantTypes.includes(grantType ?? ""));
  const grant = GRANTS.get(grantType ?? "");
  if (!grant) throw new Gap(`the grant ${grantType}`);
  const resource = parameter(form, "resource");
  return grant({ context: { ...context, ...(resource !== undefined && { resource }) }, client, form });
}
