/** Collections of PingOne come as HAL pages; this follows their `next` links to the end (pingone §3.2). */
import { AdminApiError } from "../http/errors.ts";
import { boundedRows } from "../http/list-bounds.ts";
import type { ApiRequest, Transport } from "../http/transport.ts";
import type { Query } from "../http/url.ts";

type Page<T> = {
  readonly _links?: { readonly next?: { readonly href?: unknown } };
  readonly _embedded?: Readonly<Record<string, readonly T[] | undefined>>;
};

/** A collection: the path below the API's base, and the name of its rows in `_embedded`. */
export type Listed = { readonly path: string; readonly embedded: string; readonly query?: Query | undefined };

/**
 * All rows of a collection. A `next` link is followed exactly as it was returned, but only to the server that was asked: the
 * bearer token must not travel anywhere else.
 *
 * @param most rows that are of interest: a list with more of them is `undefined`. @default any number
 * @throws AdminApiError `ERR_API_UNEXPECTED` for an answer that is no collection or whose pages lead away or do not advance,
 *   `ERR_API_TOO_LARGE` for a list without an end
 */
export async function allLinked<T extends { readonly id: string }>(
  transport: Transport,
  { path, embedded, query }: Listed,
  most = Number.POSITIVE_INFINITY,
): Promise<T[] | undefined> {
  const bounded = boundedRows<T>(transport, path, ({ id }) => id);
  let next: Pick<ApiRequest, "path" | "query" | "encodedQuery"> = { path, ...(query && { query }) };
  for (;;) {
    const { body, length } = await transport.request<Page<T>>({ method: "GET", ...next });
    const page = body._embedded?.[embedded];
    const href = body._links?.next?.href;
    // An empty collection may come without `_embedded`.
    if (page === undefined && body._links === undefined) throw unexpected(transport, path, "no collection");
    const target = typeof href === "string" ? URL.parse(href) : null;
    bounded.add(page ?? [], length, target?.href);
    if (bounded.rows.length > most) return undefined;
    if (href === undefined) return bounded.rows;
    const below = target ? transport.pathBelow(target) : undefined;
    if (!target || below === undefined) throw unexpected(transport, path, "a next page on another server");
    next = { path: below, encodedQuery: target.search.slice(1) };
  }
}

function unexpected(transport: Transport, path: string, what: string): AdminApiError {
  return new AdminApiError("ERR_API_UNEXPECTED", `GET ${path} answered with ${what}`, {
    where: { tenant: transport.origin },
    hint: "report this",
  });
}
