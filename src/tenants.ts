/**
 * Ping's clouds, one row each: which tenant a run is about, as its declaration and the settings say. Loads no schema and no
 * resource, so that it costs a command nothing.
 */

import { aicIdentity } from "./admin-api/aic/identity.ts";
import { AIC_SETTINGS, aicAddress, aicSettings } from "./admin-api/aic/settings.ts";
import type { CallOptions } from "./admin-api/http/transport.ts";
import { shownOrigin } from "./admin-api/http/url.ts";
import { PINGONE_SETTINGS, pingOneAddress, pingOneSettings } from "./admin-api/pingone/settings.ts";
import type { Config, Declared, Env } from "./admin-api/settings.ts";
import { PingAgentsError, SettingError } from "./errors.ts";

/** A cloud, as `platform:` of a declaration and the types of resources name it. */
export type CloudName = "aic" | "pingone";

/** The part of a declaration that says where it belongs. */
export type Whereabouts = {
  readonly platform: CloudName;
  /** Address of an AIC tenant. */
  readonly tenant?: string | undefined;
  readonly realm?: string | undefined;
  readonly tier?: string | undefined;
  /** UUID of a PingOne environment. */
  readonly environment?: string | undefined;
};

/** Where tenants are said. */
export type Said = {
  readonly env: Env;
  /** @default no stack configuration */
  readonly config?: Config | undefined;
  /** The declaration, and its file for messages. @default none */
  readonly declared?: (Whereabouts & { readonly file: string }) | undefined;
};

/** A tenant that was said. */
export type NamedTenant = {
  /** Scheme, host and port of its APIs; undefined when nobody says it. */
  readonly origin: string | undefined;
  /** Base of its token services: the origin on AIC, `…/{environment}/as` on PingOne; undefined when nobody says it. */
  readonly tokenService: string | undefined;
  /** OAuth 2.0 client id with which the kit signs in, where it does so by one. */
  readonly account: string | undefined;
  /** What is meant of it, in words: realm or environment, tier. */
  readonly parts: readonly string[];
  /** What the resources must find in the environment, since they do not see the declaration. */
  readonly variables: Readonly<Record<string, string>>;
  /** What is not set of what a connection needs. */
  readonly missing: SettingError | undefined;
  /**
   * Its identity, which the state of a stack is bound to; undefined when the tenant has none, or nobody says it. Needs no account.
   *
   * @param environment of the resources, where they name one
   * @throws AdminApiError, SettingError
   */
  identity(environment?: string): Promise<string | undefined>;
};

/** @throws ERR_OTHER_TENANT where two tenants are said, ERR_SETTING_INVALID */
type Row = (said: Said) => NamedTenant;

/** Somebody waits for the first line: no answer is an answer. */
const QUICK: CallOptions = { deadlineMs: 5_000, operationDeadlineMs: 5_000, retries: 1 };

const rows: Readonly<Record<CloudName, Row>> = {
  aic({ env, config, declared }) {
    const { realm, tier } = declared ?? {};
    const named = declaredAddress({ declared });
    const address = aicAddress(env, config, named);
    return {
      origin: address && shownOrigin(address),
      tokenService: address && shownOrigin(address),
      account: undefined,
      variables: address ? { [AIC_SETTINGS.tenantUrl.env]: address } : {},
      missing: missingOf(() => aicSettings(env, config, named)),
      parts: [...(realm ? [`realm ${realm}`] : []), ...(tier ? [`tier ${tier}`] : [])],
      identity: async () => address && (await aicIdentity(address, QUICK)),
    };
  },
  pingone({ env, config, declared }) {
    const { environmentId: own, apiUrl, authUrl, clientId } = pingOneAddress(env, config);
    const environmentId = declared?.environment ?? own;
    return {
      origin: apiUrl && shownOrigin(apiUrl),
      account: clientId,
      tokenService: authUrl && environmentId && `${authUrl}/${environmentId}/as`,
      variables: {},
      missing: missingOf(() => pingOneSettings(env, config)),
      parts: environmentId ? [`environment ${environmentId}`] : [],
      identity: async (environment = environmentId) => environment,
    };
  },
};

/**
 * The tenant of a platform that is said.
 *
 * @throws ERR_OTHER_TENANT where two tenants are said, ERR_SETTING_INVALID
 */
export function namedTenant(platform: CloudName, said: Said): NamedTenant {
  return rows[platform](said);
}

/**
 * Refuses to sign in as what the stack manages: the variables of an agent's code have names that are settings of the kit, too.
 *
 * @param clients that the state knows on this cloud
 * @throws ERR_OWN_CLIENT
 */
export function refuseOwnClient(
  { account, origin }: NamedTenant,
  clients: readonly { readonly name: string; readonly clientId: string }[],
): void {
  const own = clients.find(({ clientId }) => clientId === account);
  if (!own) return;
  const { clientId, clientSecret } = PINGONE_SETTINGS;
  const what = `${clientId.env} is the client id of ${own.name}, which this stack manages; nothing was called`;
  throw new PingAgentsError("ERR_OWN_CLIENT", what, {
    where: { tenant: origin },
    hint:
      `set ${clientId.env} and ${clientSecret.env} to the kit's worker application; ` +
      "what npx ping-agents env prints is for the agent's own process, not for this shell",
  });
}

/** The address that a declaration of AIC names, as the settings take it. */
export function declaredAddress({ declared }: Pick<Said, "declared">): Declared | undefined {
  const { tenant, file } = declared ?? {};
  return tenant === undefined ? undefined : { value: tenant, at: `tenant in ${file}` };
}

/** True for the name of a cloud. */
export const isCloud = (name: string): name is CloudName => Object.hasOwn(rows, name);

/** Keys of the stack configuration that the kit reads, after `ping-agents:`. */
export const settingKeys: readonly string[] = [
  ...["adopt", "declaration", "failOn", "tenant"],
  ...[AIC_SETTINGS, PINGONE_SETTINGS].flatMap((settings) => Object.values(settings).map(({ config }) => config)),
];

/** Environment variables that say which tenant it is, and sign in to it. */
export const settingVariables: readonly string[] = [AIC_SETTINGS, PINGONE_SETTINGS].flatMap((settings) =>
  Object.values(settings).map(({ env }) => env),
);

function missingOf(read: () => unknown): SettingError | undefined {
  try {
    read();
  } catch (error) {
    if (error instanceof SettingError && error.code === "ERR_SETTING_MISSING") return error;
    throw error;
  }
  return undefined;
}
