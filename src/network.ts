/** How calls are sent, and why a connection was not made: the proxy, the certificate, or the address. */

import { createRequire } from "node:module";
import type { AxiosRequestConfig, AxiosResponse } from "axios";

// Required: to import Node's http, as axios does as well where it is imported, loads another HTTP client, which nobody here uses.
const require = createRequire(import.meta.url);

/** What the system says about a connection that failed; nothing of the request. */
export type NetworkFault = {
  /** E.g. `ECONNREFUSED` or `SELF_SIGNED_CERT_IN_CHAIN`. */
  readonly code: string;
  /** Where the connection was to go: a name that was not found, or the port that did not answer. */
  readonly hostname?: string | undefined;
  readonly port?: number | undefined;
};

export type Explanation = {
  readonly what: string;
  /** @default the platform's: look at the address */
  readonly hint?: string;
  /** Whether a repetition can help. */
  readonly transient: boolean;
};

/** Whether a host name means this machine: `localhost`, 127.0.0.0/8 or `[::1]`. */
export function isLoopback(hostname: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}

/**
 * Sends a call. What comes back is an answer whatever its status, and its body is the text that was sent.
 *
 * @throws what axios throws: the whole request is in it, see {@link systemFault}
 */
export function exchange(config: AxiosRequestConfig & { readonly url: string }): Promise<AxiosResponse<string>> {
  // By the first call: most programs declare without one, and start sooner.
  const { default: axios } = require("axios") as typeof import("axios");
  return axios.request<string>({
    ...config,
    // axios obeys HTTPS_PROXY and NO_PROXY; a local tenant must never be asked through a proxy.
    ...(isLoopback(new URL(config.url).hostname) && { proxy: false as const }),
    // A redirect would carry the token to another place.
    maxRedirects: 0,
    responseType: "text",
    transformRequest: (data) => data,
    transformResponse: (data) => data,
    validateStatus: () => true,
  });
}

/** What the system said in an error of axios. Only that is looked at: the rest of it is the request with its secrets. */
export function systemFault(thrown: unknown): NetworkFault {
  const { code = "unknown fault" } = thrown as NodeJS.ErrnoException;
  const cause = thrown instanceof Error ? thrown.cause : undefined;
  // A name with several addresses fails once for each.
  const system: unknown = cause instanceof AggregateError ? cause.errors[0] : cause;
  const { hostname, port } = (system ?? {}) as { readonly hostname?: unknown; readonly port?: unknown };
  return {
    code,
    ...(typeof hostname === "string" && { hostname }),
    ...(typeof port === "number" && { port }),
  };
}

/** Faults that a repetition does not heal: the name is unknown, or the certificate does not fit. */
const LASTING = /^(?:ENOTFOUND|ERR_TLS|ERR_INVALID|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|INVALID_CA)/;

/** Codes of OpenSSL for a certificate of an authority that Node does not know. */
const UNTRUSTED = /^(?:CERT_UNTRUSTED|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|INVALID_CA)/;

/** @param env where the proxy is set, as axios reads it */
export function explainFault(fault: NetworkFault, env: NodeJS.ProcessEnv): Explanation {
  const { code } = fault;
  const proxy = proxyOf(env);
  if (proxy && isTowards(proxy, fault)) {
    return {
      what: `found no connection to the proxy ${proxy.host}: ${code}`,
      hint: "check HTTPS_PROXY and the network; hosts that need no proxy belong into NO_PROXY",
      transient: code !== "ENOTFOUND",
    };
  }
  if (UNTRUSTED.test(code)) {
    return {
      what: `found a certificate that is not trusted: ${code}`,
      hint: "set NODE_EXTRA_CA_CERTS to a PEM file with the certificate of the authority, e.g. of a proxy that looks into TLS",
      transient: false,
    };
  }
  return { what: `found no connection: ${code}`, transient: !LASTING.test(code) };
}

/** The proxy refused the connection for want of a user, before any server was asked (RFC 9110 §15.5.8). */
export const PROXY_REFUSED: Explanation = {
  what: "was refused by the proxy, which asks for a user (407)",
  hint: "set HTTPS_PROXY to http://<user>:<password>@<proxy>:<port>",
  transient: false,
};

/** The proxy for https: plain http goes to loopback hosts only, without a proxy. */
export function proxyOf(env: NodeJS.ProcessEnv): URL | null {
  const text = env.https_proxy || env.HTTPS_PROXY || env.all_proxy || env.ALL_PROXY;
  return text ? URL.parse(text.includes("://") ? text : `http://${text}`) : null;
}

function isTowards(proxy: URL, { hostname, port }: NetworkFault): boolean {
  const own = Number(proxy.port || (proxy.protocol === "https:" ? 443 : 80));
  return hostname === undefined ? port === own : hostname === proxy.hostname;
}
