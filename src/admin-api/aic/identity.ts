/** What tells an AIC tenant from all others, whatever its address is. */
import { answeredAt } from "../http/clock.ts";
import { type CallOptions, Transport } from "../http/transport.ts";
import { serverUrl } from "../http/url.ts";
import { aicDialect } from "./dialect.ts";

/** The name that AM gives its session cookie where nobody chose one: it tells nothing apart. */
const UNNAMED = "iPlanetDirectoryPro";

/** What a tenant says to anybody. */
export type AicServer = {
  /** The name of its session cookie, which is inferred to differ per tenant (aic §11.4); undefined where it has none of its own. */
  readonly identity: string | undefined;
  /** Its clock. */
  readonly at: Date | undefined;
};

/** {@link askAic} for the identity of the tenant alone. */
export const aicIdentity = async (tenantUrl: string, options: CallOptions = {}): Promise<string | undefined> =>
  (await askAic(tenantUrl, options)).identity;

/**
 * Asks the tenant at an address what it says to anybody. One call, without a token.
 *
 * @param tenantUrl address of the tenant; its path does not count
 * @throws SettingError `ERR_SETTING_INVALID` or `ERR_INSECURE_TENANT_URL` for an address that cannot be used; AdminApiError
 */
export async function askAic(tenantUrl: string, options: CallOptions = {}): Promise<AicServer> {
  const { origin } = serverUrl(tenantUrl, aicDialect.addressSetting);
  const transport = new Transport({ ...options, baseUrl: origin, dialect: aicDialect });
  const response = await transport.request<{ cookieName?: unknown }>({
    method: "GET",
    path: "/am/json/serverinfo/*",
    headers: { "accept-api-version": "resource=1.1" },
  });
  const { cookieName } = response.body;
  const isItsOwn = typeof cookieName === "string" && cookieName !== "" && cookieName !== UNNAMED;
  return { identity: isItsOwn ? cookieName : undefined, at: answeredAt(response) };
}
