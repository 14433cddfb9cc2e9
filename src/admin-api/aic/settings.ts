/** Which AIC tenant, and as whom. */
import { type Config, type Env, readSettings } from "../settings.ts";

/** What is needed to talk to an AIC tenant. */
export type AicSettings = {
  /** Address of the tenant, e.g. `https://tenant.example.com`. */
  readonly tenantUrl: string;
  /** UUID of a service account. */
  readonly serviceAccountId: string;
  /** Its private key, a JWK as JSON text. Secret. */
  readonly serviceAccountKey: string;
};

/**
 * The settings of an AIC tenant. Blank values count as missing.
 *
 * @throws SettingError `ERR_SETTING_MISSING`, naming every missing setting and both ways to give it
 */
export function aicSettings(env: Env, config: Config = () => undefined): AicSettings {
  return readSettings(
    {
      tenantUrl: { env: "AIC_TENANT_URL", config: "tenantUrl" },
      serviceAccountId: { env: "AIC_SERVICE_ACCOUNT_ID", config: "serviceAccountId" },
      serviceAccountKey: { env: "AIC_SERVICE_ACCOUNT_KEY", config: "serviceAccountKey", secret: true },
    },
    env,
    config,
  );
}
