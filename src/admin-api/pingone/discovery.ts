/** What PingOne says to anybody: that both of its hosts are there, and what time it is. */
import { answeredAt } from "../http/clock.ts";
import { type CallOptions, Transport } from "../http/transport.ts";
import { segment } from "../http/url.ts";
import { pingOneDialect } from "./dialect.ts";
import type { PingOneSettings } from "./settings.ts";

/**
 * Asks the token service and the management API of an environment, without a token (pingone §2.1, §2.4).
 *
 * @returns the clock of the token service
 * @throws SettingError `ERR_SETTING_INVALID` or `ERR_INSECURE_TENANT_URL` for addresses that cannot be used; AdminApiError
 */
export async function askPingOne(
  { environmentId, apiUrl, authUrl }: Pick<PingOneSettings, "environmentId" | "apiUrl" | "authUrl">,
  options: CallOptions = {},
): Promise<{ readonly at: Date | undefined }> {
  const dialect = { ...pingOneDialect, addressSetting: "PINGONE_AUTH_URL" };
  const [tokens, management] = [
    new Transport({ ...options, baseUrl: authUrl, dialect }),
    new Transport({ ...options, baseUrl: apiUrl, dialect: pingOneDialect }),
  ];
  const path = `/${segment(environmentId)}/as/.well-known/openid-configuration`;
  const answer = await tokens.request({ method: "GET", path });
  await management.request({ method: "GET", path: "/roles", accept: [401, 403] });
  return { at: answeredAt(answer) };
}
