/** Which PingOne environment, and as whom. Names are those that users of Ping's Terraform provider have set already. */
import { SettingError } from "../../errors.ts";
import { isLoopback } from "../../network.ts";
import { type Config, type Env, readSettings, type Variable } from "../settings.ts";

/** What is needed to talk to PingOne. */
export type PingOneSettings = {
  /** UUID of the environment of the worker application, and of the managed one unless a resource names another. */
  readonly environmentId: string;
  /** Client id of the worker application. */
  readonly clientId: string;
  /** Its secret. Secret. */
  readonly clientSecret: string;
  /** Base of the management API, e.g. `https://api.pingone.eu/v1`. */
  readonly apiUrl: string;
  /** Base of the token service, e.g. `https://auth.pingone.eu`. */
  readonly authUrl: string;
  /** Whether the flag "Required" of a claim is sent, see {@link sendsRequired}. @default to the local tenant only */
  readonly sendsRequired?: boolean;
};

/** Region codes and the top-level domains behind them (pingone §2.1). */
const REGIONS: Readonly<Record<string, string>> = {
  NA: "com",
  CA: "ca",
  EU: "eu",
  AU: "com.au",
  SG: "sg",
  AP: "asia",
};

/** The settings by name. An environment's id is the same in every spelling of its digits. */
export const PINGONE_SETTINGS = {
  environmentId: {
    env: "PINGONE_ENVIRONMENT_ID",
    config: "pingOneEnvironmentId",
    tenant: (id: string) => id.toLowerCase(),
  },
  clientId: { env: "PINGONE_CLIENT_ID", config: "pingOneClientId" },
  clientSecret: { env: "PINGONE_CLIENT_SECRET", config: "pingOneClientSecret", secret: true },
  region: { env: "PINGONE_REGION_CODE", config: "pingOneRegionCode", optional: true },
  apiUrl: { env: "PINGONE_API_URL", config: "pingOneApiUrl", optional: true },
  authUrl: { env: "PINGONE_AUTH_URL", config: "pingOneAuthUrl", optional: true },
  requiredClaims: { env: "PINGONE_REQUIRED_CLAIMS", config: "pingOneRequiredClaims", optional: true },
} satisfies Record<string, Variable>;

/**
 * The settings of a PingOne environment. `PINGONE_API_URL` and `PINGONE_AUTH_URL` replace the hosts of the region: for a
 * custom domain, which stands for the token service only, and for the local tenant.
 *
 * @throws SettingError `ERR_SETTING_MISSING` and `ERR_SETTING_INVALID`
 * @throws ERR_OTHER_TENANT where two environments are said
 */
export function pingOneSettings(env: Env, config: Config = () => undefined): PingOneSettings {
  const { region, requiredClaims, ...known } = readSettings(PINGONE_SETTINGS, env, config);
  const hosts = known.apiUrl && known.authUrl ? known : hostsOf(region);
  const apiUrl = known.apiUrl || hosts.apiUrl;
  const settings = { ...known, apiUrl, authUrl: known.authUrl || hosts.authUrl };
  return { ...settings, ...(isSent(requiredClaims) && { sendsRequired: true }) };
}

/**
 * Whether the flag "Required" of a resource's claim is sent, as `required`: to the local tenant, which honours it. The console has the
 * flag, and no page says its name on the wire (delegation §2.3): elsewhere only where `PINGONE_REQUIRED_CLAIMS` is `send`.
 *
 * @returns undefined where nobody says which environment is meant
 * @throws SettingError `ERR_SETTING_INVALID`
 */
export function sendsRequired(env: Env, config: Config = () => undefined): boolean | undefined {
  const { requiredClaims } = readSettings({ requiredClaims: PINGONE_SETTINGS.requiredClaims }, env, config);
  const { apiUrl } = pingOneAddress(env, config);
  if (isSent(requiredClaims) || apiUrl === undefined) return isSent(requiredClaims) || undefined;
  return isLoopback(URL.parse(apiUrl)?.hostname ?? "");
}

/** Whether the switch is on. */
function isSent(said: string): boolean {
  if (said === "" || said === "send") return said === "send";
  const { env, config } = PINGONE_SETTINGS.requiredClaims;
  throw new SettingError("ERR_SETTING_INVALID", "it is `send`, or not set", {
    where: { field: `${env} or ping-agents:${config}` },
    hint: `export ${env}=send where the environment was seen to take the property \`required\`, else unset ${env}`,
  });
}

/**
 * Where {@link pingOneSettings} leads, without the secret of an account; what nobody says is undefined.
 *
 * @throws SettingError `ERR_SETTING_INVALID` for an unknown region
 * @throws ERR_OTHER_TENANT where two environments are said
 */
export function pingOneAddress(
  env: Env,
  config: Config = () => undefined,
): Partial<Pick<PingOneSettings, "environmentId" | "clientId" | "apiUrl" | "authUrl">> {
  const { apiUrl, authUrl, region } = PINGONE_SETTINGS;
  const clientId = { ...PINGONE_SETTINGS.clientId, optional: true };
  const environment = { ...PINGONE_SETTINGS.environmentId, optional: true };
  const said = readSettings({ environmentId: environment, clientId, apiUrl, authUrl, region }, env, config);
  const ofRegion = said.region ? hostsOf(said.region) : undefined;
  const addresses = { apiUrl: said.apiUrl || ofRegion?.apiUrl, authUrl: said.authUrl || ofRegion?.authUrl };
  return {
    ...(said.environmentId && { environmentId: said.environmentId }),
    ...(said.clientId && { clientId: said.clientId }),
    ...(addresses.apiUrl && { apiUrl: addresses.apiUrl }),
    ...(addresses.authUrl && { authUrl: addresses.authUrl }),
  };
}

/** The hosts of a region. */
function hostsOf(region: string): Pick<PingOneSettings, "apiUrl" | "authUrl"> {
  const domain = REGIONS[region.toUpperCase()];
  if (domain) return { apiUrl: `https://api.pingone.${domain}/v1`, authUrl: `https://auth.pingone.${domain}` };
  const codes = Object.keys(REGIONS).join(", ");
  throw new SettingError(
    region ? "ERR_SETTING_INVALID" : "ERR_SETTING_MISSING",
    region ? `"${region}" is no PingOne region` : "not set: PINGONE_REGION_CODE",
    { where: { field: "PINGONE_REGION_CODE" }, hint: `export PINGONE_REGION_CODE=… with one of ${codes}` },
  );
}
