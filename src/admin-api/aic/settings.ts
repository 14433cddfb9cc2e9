/** Which AIC tenant, and as whom. */
import { shownOrigin } from "../http/url.ts";
import { type Config, type Declared, type Env, readSettings, type Variable } from "../settings.ts";

/** What is needed to talk to an AIC tenant. */
export type AicSettings = {
  /** Address of the tenant, e.g. `https://tenant.example.com`. */
  readonly tenantUrl: string;
  /** UUID of a service account. */
  readonly serviceAccountId: string;
  /** Its private key, a JWK as JSON text. Secret. */
  readonly serviceAccountKey: string;
};

/** The settings of a tenant by name. Two addresses are those of one tenant when their origins are equal. */
export const AIC_SETTINGS = {
  tenantUrl: { env: "AIC_TENANT_URL", config: "tenantUrl", tenant: shownOrigin },
  serviceAccountId: { env: "AIC_SERVICE_ACCOUNT_ID", config: "serviceAccountId" },
  serviceAccountKey: { env: "AIC_SERVICE_ACCOUNT_KEY", config: "serviceAccountKey", secret: true },
} satisfies Record<string, Variable>;

/**
 * The settings of an AIC tenant. Blank values count as missing.
 *
 * @param declared the address that the declaration says. @default none
 * @throws SettingError `ERR_SETTING_MISSING`, naming every missing setting and both ways to give it
 * @throws ERR_OTHER_TENANT where two addresses are said
 */
export function aicSettings(env: Env, config: Config = () => undefined, declared?: Declared): AicSettings {
  return readSettings({ ...AIC_SETTINGS, tenantUrl: { ...AIC_SETTINGS.tenantUrl, declared } }, env, config);
}

/**
 * The address of the tenant alone, as {@link aicSettings} reads it; undefined when nobody says one.
 *
 * @throws ERR_OTHER_TENANT
 */
export function aicAddress(env: Env, config?: Config, declared?: Declared): string | undefined {
  const { tenantUrl } = readSettings(
    { tenantUrl: { ...AIC_SETTINGS.tenantUrl, declared, optional: true } },
    env,
    config ?? (() => undefined),
  );
  return tenantUrl || undefined;
}
