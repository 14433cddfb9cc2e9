/** Lists of all three servers come as pages with a cookie; this follows them to the end (aic §1.3). */
import { AdminApiError } from "../http/errors.ts";
import type { ApiRequest, Transport } from "../http/transport.ts";

type Page<T> = { readonly result?: readonly T[]; readonly pagedResultsCookie?: string | null };

/**
 * All rows of a list.
 *
 * The cookie is sent back unchanged: it is percent-encoded already. The last full page still has one, and the page after it is
 * empty, so only a missing cookie is the end.
 *
 * @throws AdminApiError `ERR_API_UNEXPECTED` for an answer that is no list or whose pages do not advance
 */
export async function allPages<T>(
  transport: Transport,
  list: Pick<ApiRequest, "path" | "query" | "headers">,
): Promise<T[]> {
  const rows: T[] = [];
  let cookie: string | undefined;
  for (;;) {
    const encodedQuery = cookie === undefined ? undefined : `_pagedResultsCookie=${cookie}`;
    const { body } = await transport.request<Page<T>>({ method: "GET", ...list, encodedQuery });
    const next = body.pagedResultsCookie || undefined;
    if (!Array.isArray(body.result) || (next !== undefined && next === cookie)) {
      const what = next === cookie && next !== undefined ? "the same page for ever" : "no list";
      throw new AdminApiError("ERR_API_UNEXPECTED", `GET ${list.path} answered with ${what}`, {
        where: { tenant: transport.origin },
      });
    }
    rows.push(...(body.result as readonly T[]));
    if (next === undefined) return rows;
    cookie = next;
  }
}
