/** What tells an AIC tenant from all others, whatever its address is. */
import { type CallOptions, Transport } from "../http/transport.ts";
import { serverUrl } from "../http/url.ts";
import { aicDialect } from "./dialect.ts";

/** The name that AM gives its session cookie where nobody chose one: it tells nothing apart. */
const UNNAMED = "iPlanetDirectoryPro";

/**
 * The identity of the tenant at an address: the name of its session cookie, which is inferred to differ per tenant (aic §11.4).
 * One call, without a token.
 *
 * @param tenantUrl address of the tenant; its path does not count
 * @returns undefined for a tenant that has none of its own
 * @throws SettingError `ERR_SETTING_INVALID` or `ERR_INSECURE_TENANT_URL` for an address that cannot be used; AdminApiError
 */
export async function aicIdentity(tenantUrl: string, options: CallOptions = {}): Promise<string | undefined> {
  const { origin } = serverUrl(tenantUrl, aicDialect.addressSetting);
  const transport = new Transport({ ...options, baseUrl: origin, dialect: aicDialect });
  const { body } = await transport.request<{ cookieName?: unknown }>({
    method: "GET",
    path: "/am/json/serverinfo/*",
    headers: { "accept-api-version": "resource=1.1" },
  });
  const { cookieName } = body;
  return typeof cookieName === "string" && cookieName !== "" && cookieName !== UNNAMED ? cookieName : undefined;
}
