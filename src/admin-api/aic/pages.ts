/** Lists of all three servers come as pages with a cookie; this follows them to the end (aic §1.3). */
import { AdminApiError } from "../http/errors.ts";
import { boundedRows } from "../http/list-bounds.ts";
import type { ApiRequest, Transport } from "../http/transport.ts";

type Page<T> = { readonly result?: readonly T[]; readonly pagedResultsCookie?: string | null };

/**
 * All rows of a list.
 *
 * The last full page still has a cookie, and the page after it is empty, so only a missing cookie is the end.
 *
 * @throws AdminApiError `ERR_API_UNEXPECTED` for an answer that is no list or whose pages do not advance, `ERR_API_TOO_LARGE`
 *   for a list without an end
 */
export async function allPages<T extends { readonly _id: string }>(
  transport: Transport,
  list: Pick<ApiRequest, "path" | "query" | "headers">,
): Promise<T[]> {
  const bounded = boundedRows<T>(transport, list.path, ({ _id }) => _id);
  let encodedQuery: string | undefined;
  for (;;) {
    const { body, length } = await transport.request<Page<T>>({ method: "GET", ...list, encodedQuery });
    if (!Array.isArray(body.result)) {
      throw new AdminApiError("ERR_API_UNEXPECTED", `GET ${list.path} answered with no list`, {
        where: { tenant: transport.origin },
      });
    }
    const cookie = body.pagedResultsCookie || undefined;
    bounded.add(body.result as readonly T[], length, cookie);
    if (cookie === undefined) return bounded.rows;
    encodedQuery = `_pagedResultsCookie=${encodedOnce(cookie)}`;
  }
}

/** Cookies of connectors are percent-encoded already and go back unchanged, all others as any parameter (aic §15). */
function encodedOnce(cookie: string): string {
  return /%[\da-f]{2}/i.test(cookie) ? cookie : encodeURIComponent(cookie);
}
