/** How a doctor says that servers were reached. */

import { shownOrigin } from "../../admin-api/http/url.ts";
import { isLoopback, proxyOf } from "../../network.ts";

/** @param addresses that answered */
export function reached(addresses: readonly string[]): string {
  const origins = [...new Set(addresses.map(shownOrigin))];
  const isSecure = origins.every((origin) => origin.startsWith("https:"));
  const isLocal = origins.every((origin) => isLoopback(new URL(origin).hostname));
  const proxy = isLocal ? undefined : proxyOf(process.env);
  const notes = [
    isSecure ? "its certificate is trusted" : "on this machine, without TLS",
    proxy && `proxy ${proxy.host}`,
  ];
  return [`${origins.join(" and ")} answered`, ...notes.filter(Boolean)].join("; ");
}
