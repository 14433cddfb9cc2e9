/** One connection to an AIC tenant: all clients share its transport, limiter and token. */
import { type CallOptions, Transport } from "../http/transport.ts";
import { serverUrl } from "../http/url.ts";
import { AmRealm } from "./am.ts";
import { aicDialect } from "./dialect.ts";
import { Environment } from "./esv.ts";
import { aicIdentity } from "./identity.ts";
import { Idm } from "./idm.ts";
import { serviceAccountToken } from "./service-account.ts";
import { type AicSettings, aicSettings } from "./settings.ts";

/** The admin APIs of one tenant. */
export type AicTenant = {
  /** Scheme, host and port. */
  readonly origin: string;
  /**
   * Gets the token that the first call would ask for.
   *
   * @throws AdminApiError `ERR_API_UNAUTHENTICATED`, `ERR_API_FORBIDDEN` for scopes that were not granted
   */
  signIn(): Promise<void>;
  /** What tells the tenant from all others, asked once; undefined when it has nothing of the kind. @throws AdminApiError */
  identity(): Promise<string | undefined>;
  /** @param realm `alpha` or `bravo` */
  am(realm: string): AmRealm;
  readonly idm: Idm;
  readonly environment: Environment;
};

export type AicConnectionOptions = CallOptions & {
  /** Scopes of the token. @default AM, IDM and ESVs */
  readonly scopes?: readonly string[];
};

/**
 * Connects to a tenant. Makes no call: the token is asked for with the first one. A process connects once: a service account
 * may have five AM sessions at a time, and each token opens one (aic §11.3).
 *
 * @param settings @default those of the environment
 * @throws SettingError `ERR_SETTING_MISSING`; `ERR_SETTING_INVALID` or `ERR_INSECURE_TENANT_URL` for settings that cannot be used
 */
export function connectAic(
  settings: AicSettings = aicSettings(process.env),
  { scopes, ...transport }: AicConnectionOptions = {},
): AicTenant {
  const { origin } = serverUrl(settings.tenantUrl, aicDialect.addressSetting);
  const bearer = serviceAccountToken({
    tenantUrl: origin,
    id: settings.serviceAccountId,
    key: settings.serviceAccountKey,
    transport,
    ...(scopes && { scopes }),
  });
  const client = new Transport({ ...transport, baseUrl: origin, bearer, dialect: aicDialect });
  let known: ReturnType<typeof aicIdentity> | undefined;
  return {
    origin,
    signIn: async () => void (await bearer.get()),
    identity: () => {
      known ??= aicIdentity(origin, transport);
      // What failed is asked anew.
      known.catch(() => {
        known = undefined;
      });
      return known;
    },
    am: (realm) => new AmRealm(client, realm),
    idm: new Idm(client),
    environment: new Environment(client),
  };
}
