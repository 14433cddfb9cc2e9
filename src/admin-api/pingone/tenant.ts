/** One connection to PingOne: all environments share its transport, limiter and token. */
import { setTimeout as pause } from "node:timers/promises";
import { isLoopback } from "../../network.ts";
import { type CallOptions, Transport } from "../http/transport.ts";
import { serverUrl } from "../http/url.ts";
import { pingOneDialect } from "./dialect.ts";
import { PingOneEnvironment } from "./environment.ts";
import type { PingOneSettings } from "./settings.ts";
import { Settling } from "./settling.ts";
import { workerToken } from "./worker-token.ts";

/** The management API. */
export type PingOneTenant = {
  /** Scheme, host and port of the management API. */
  readonly origin: string;
  /** Base of the token service. */
  readonly authUrl: string;
  /** Whether the flag "Required" of a claim is sent (delegation §2.3). */
  readonly sendsRequired: boolean;
  /** Gets the token that the first call would ask for. @throws AdminApiError `ERR_API_UNAUTHENTICATED` */
  signIn(): Promise<void>;
  /** Waits. @param milliseconds how long */
  pause(milliseconds: number): Promise<unknown>;
  /** @param id UUID. @default the environment of the settings */
  environment(id?: string): PingOneEnvironment;
};

/**
 * Connects to PingOne. Makes no call: the token is asked for with the first one.
 *
 * @throws SettingError `ERR_SETTING_INVALID` or `ERR_INSECURE_TENANT_URL` for settings that cannot be used
 */
export function connectPingOne(settings: PingOneSettings, options: CallOptions = {}): PingOneTenant {
  const bearer = workerToken(settings, options);
  const transport = new Transport({ ...options, baseUrl: settings.apiUrl, bearer, dialect: pingOneDialect });
  const sleep = options.sleep ?? ((milliseconds: number) => pause(milliseconds));
  const settling = new Settling(sleep);
  return {
    origin: transport.origin,
    sendsRequired: settings.sendsRequired ?? isLoopback(new URL(transport.origin).hostname),
    signIn: async () => void (await bearer.get()),
    authUrl: serverUrl(settings.authUrl, "PINGONE_AUTH_URL").href.replace(/\/+$/, ""),
    pause: sleep,
    environment: (id = settings.environmentId) => new PingOneEnvironment(transport, settling, id),
  };
}
