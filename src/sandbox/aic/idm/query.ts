/** Queries of IDM: filter, fields, sort keys and pages with cookies (aic §1.3). */
import { ApiError, Gap } from "../../errors.ts";
import type { Answer, Call } from "../../http.ts";
import { type JsonObject, memberOf } from "../../json.ts";
import { parseFilter } from "../../query-filter.ts";
import { inTurns } from "../../turns.ts";
import { checkPage, type IdmRules } from "./rules.ts";

/** A row before its fields are chosen. */
export type Row = {
  /** The named properties, for filter and order; what nobody names is not computed. */
  readonly pick: (names: readonly string[]) => JsonObject;
  /** Position that no later write changes. */
  readonly sequence: number;
  readonly show: () => JsonObject;
};

/** The rows after a position, in order. */
export type Rows = (after: number) => Iterable<Row>;

/** The rows of a few documents that are there as a whole. */
export function rowsOf(documents: readonly JsonObject[]): Rows {
  const row = (whole: JsonObject, index: number): Row => {
    const show = () => whole;
    return { pick: show, sequence: index + 1, show };
  };
  return (after) => documents.map(row).slice(after);
}

type Found = { readonly row: Row; readonly keys: readonly string[] };

/**
 * Answers a query over rows.
 * @param closed properties on which a filter is not evidenced (relations)
 */
export async function answerQuery(
  rules: IdmRules,
  call: Call,
  rows: Rows,
  closed: ReadonlySet<string> = new Set(),
): Promise<Answer> {
  const { query } = call;
  const text = query.get("_queryFilter");
  if (text === null) {
    if (query.has("_queryId") || query.has("_queryExpression")) throw new Gap("queries other than by filter");
    throw new ApiError(400, "A query needs a _queryFilter");
  }
  const filter = parseFilter(text, { ignoreCase: true });
  for (const property of filter.properties) {
    if (closed.has(property)) throw new Gap(`filter on the relation ${property}`);
  }
  const sorting = sortKeys(query.get("_sortKeys"));
  const names = [...filter.properties, ...sorting.map(({ pointer: [head = ""] }) => head)];
  const size = Number(query.get("_pageSize") ?? 0);
  if (!Number.isInteger(size) || size < 0) throw new ApiError(400, "_pageSize must be a number");
  checkPage(rules, call);
  const after = readCookie(query.get("_pagedResultsCookie"));
  let skip = Number(query.get("_pagedResultsOffset") ?? 0);
  const result: JsonObject[] = [];
  let mark = after;
  const take = ({ show, sequence }: Row): boolean => {
    if (skip > 0) {
      skip -= 1;
      return false;
    }
    result.push(show());
    mark = sorting.length ? mark + 1 : sequence;
    return size > 0 && result.length === size;
  };
  if (sorting.length) {
    const found: Found[] = [];
    await inTurns(rows(0), (row) => {
      const picked = row.pick(names);
      if (filter.matches(picked)) found.push({ row, keys: sorting.map(({ pointer }) => keyAt(picked, pointer)) });
      return false;
    });
    mark = after + skip;
    await inTurns(found.sort(order(sorting)).slice(after), ({ row }) => take(row));
  } else {
    await inTurns(rows(after), (row) => filter.matches(row.pick(names)) && take(row));
  }
  return {
    status: 200,
    body: {
      result,
      resultCount: result.length,
      // A full page has a cookie, also the last one; the page after it is empty.
      pagedResultsCookie: size > 0 && result.length === size ? cookieOf(mark) : null,
      totalPagedResultsPolicy: "NONE",
      totalPagedResults: -1,
      remainingPagedResults: -1,
    },
  };
}

/** Percent-encoded already: recorded tenants send it so, to be appended unchanged (aic §1.3). */
function cookieOf(mark: number): string {
  return encodeURIComponent(`${Buffer.from(`||${mark}|`).toString("base64")}:0`);
}

/** A cookie as it was answered, or encoded once more, which is how tools send it that encode every parameter (aic §15). */
function readCookie(given: string | null): number {
  if (!given) return 0;
  const cookie = given.replace(/%3[AD]/gi, decodeURIComponent);
  const [text = ""] = cookie.split(":");
  const [, mark] =
    Buffer.from(text, "base64")
      .toString()
      .match(/^\|\|(\d+)\|$/) ?? [];
  if (mark === undefined || !cookie.endsWith(":0")) throw new ApiError(400, "Invalid paged results cookie");
  return Number(mark);
}

type SortKey = { readonly pointer: readonly string[]; readonly sign: 1 | -1 };

/** `name`, `+name` and `-name`, separated by commas. */
function sortKeys(text: string | null): SortKey[] {
  const keys = text === null ? [] : text.split(",").map((key) => key.trim());
  return keys.map((key) => ({ pointer: key.replace(/^[+-]/, "").split("/"), sign: key.startsWith("-") ? -1 : 1 }));
}

function keyAt(picked: JsonObject, pointer: readonly string[]): string {
  return String(pointer.reduce<unknown>(memberOf, picked) ?? "");
}

/** By the keys, then by the position. */
function order(sorting: readonly SortKey[]): (one: Found, other: Found) => number {
  return (one, other) => {
    for (let index = 0; index < sorting.length; index += 1) {
      const a = one.keys[index] ?? "";
      const b = other.keys[index] ?? "";
      if (a !== b) return (a < b ? -1 : 1) * (sorting[index]?.sign ?? 1);
    }
    return one.row.sequence - other.row.sequence;
  };
}
