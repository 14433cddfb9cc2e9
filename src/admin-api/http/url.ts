/** Tenant addresses and the paths below them: checked once, encoded in one place. */
import { SettingError } from "../../errors.ts";
import { isLoopback } from "../../network.ts";
import { AdminApiError } from "./errors.ts";

/** Values of a query string; `undefined` ones are left out. */
export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

/**
 * The parsed address of a server.
 *
 * @param setting name of the setting that holds the address, for messages
 * @throws SettingError `ERR_SETTING_INVALID` when it is no http(s) URL or carries credentials,
 *   `ERR_INSECURE_TENANT_URL` for plain `http:` to another machine: the bearer token would travel in clear.
 */
export function serverUrl(text: string, setting: string): URL {
  const url = URL.parse(text.trim());
  if (!url || !["https:", "http:"].includes(url.protocol) || url.username || url.password) {
    // The text is not repeated: it may hold credentials.
    throw new SettingError("ERR_SETTING_INVALID", "the address is not an https URL without user and password", {
      where: { field: setting },
      hint: `set ${setting} to an address such as https://tenant.example.com`,
    });
  }
  if (url.protocol === "http:" && !isLoopback(url.hostname)) {
    throw new SettingError("ERR_INSECURE_TENANT_URL", "plain http would show the token to the network", {
      where: { tenant: url.origin },
      hint: `use https://${url.host}; http is for loopback hosts only`,
    });
  }
  return url;
}

/** The origin of an address as it may be shown: without a password that stands in it, and whatever the text is. */
export function shownOrigin(text: string): string {
  return URL.parse(text.trim())?.origin ?? "an address that is no URL";
}

/**
 * An id as one segment of a path.
 *
 * @throws AdminApiError `ERR_API_BAD_REQUEST` for "", "." and "..": URLs resolve these, and a call would hit the collection instead.
 */
export function segment(id: string): string {
  if (/^\.{0,2}$/.test(id)) {
    throw new AdminApiError("ERR_API_BAD_REQUEST", `"${id}" cannot be an id`, { hint: "use letters, digits, - and _" });
  }
  return encodeURIComponent(id.toWellFormed());
}

/** A path of several segments, e.g. `managed/alpha_user`, each of them encoded. */
export function segments(path: string): string {
  return path.split("/").map(segment).join("/");
}

/** `?a=b&c=d`, or "" when nothing is set. `encoded` is appended as it is. */
export function queryString(query: Query = {}, encoded?: string): string {
  const parts = Object.entries(query)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value).toWellFormed())}`);
  if (encoded) parts.push(encoded);
  return parts.length ? `?${parts.join("&")}` : "";
}
