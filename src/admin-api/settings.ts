/** Which tenant, and as whom: from the environment first, then from the stack configuration. */
import { AdminApiError } from "./errors.ts";

/** What is needed to talk to an AIC tenant. */
export type AicSettings = {
  /** Address of the tenant, e.g. `https://tenant.example.com`. */
  readonly tenantUrl: string;
  /** UUID of a service account. */
  readonly serviceAccountId: string;
  /** Its private key, a JWK as JSON text. Secret. */
  readonly serviceAccountKey: string;
};

const VARIABLES = {
  tenantUrl: "AIC_TENANT_URL",
  serviceAccountId: "AIC_SERVICE_ACCOUNT_ID",
  serviceAccountKey: "AIC_SERVICE_ACCOUNT_KEY",
} as const satisfies Record<keyof AicSettings, string>;

const SECRET_SETTINGS: readonly string[] = ["serviceAccountKey"];

/**
 * The settings of an AIC tenant. The environment wins, because what stands in the stack configuration is copied to the state
 * (encrypted); blank values count as missing.
 *
 * @param env the process environment
 * @param config reads the stack configuration by full key, e.g. `ping-agents:tenantUrl`
 * @throws AdminApiError `ERR_SETTING_MISSING`, naming every missing setting and both ways to give it
 */
export function aicSettings(
  env: Readonly<Record<string, string | undefined>>,
  config: (key: string) => string | undefined = () => undefined,
): AicSettings {
  const missing: (keyof AicSettings)[] = [];
  const setting = (name: keyof AicSettings): string => {
    const value = env[VARIABLES[name]]?.trim() || config(configKey(name))?.trim();
    if (!value) missing.push(name);
    return value ?? "";
  };
  const settings = {
    tenantUrl: setting("tenantUrl"),
    serviceAccountId: setting("serviceAccountId"),
    serviceAccountKey: setting("serviceAccountKey"),
  };
  if (missing.length) throw missingSettings(missing);
  return settings;
}

function missingSettings(missing: readonly (keyof AicSettings)[]): AdminApiError {
  const names = missing.map((name) => `${VARIABLES[name]} (or stack configuration ${configKey(name)})`);
  const commands = missing.map((name) => {
    const secret = SECRET_SETTINGS.includes(name) ? "--secret " : "";
    return `export ${VARIABLES[name]}=…  or  pulumi config set ${secret}${configKey(name)}`;
  });
  return new AdminApiError("ERR_SETTING_MISSING", `not set: ${names.join(", ")}`, {
    hint: commands.join("\n        "),
  });
}

function configKey(name: keyof AicSettings): string {
  return `ping-agents:${name}`;
}
