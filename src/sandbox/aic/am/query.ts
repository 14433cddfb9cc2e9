/** Queries of AM: all rows in one page, in one of two envelopes (aic §1.3). */
import { Gap } from "../../errors.ts";
import type { Answer, Call } from "../../http.ts";
import type { JsonObject } from "../../json.ts";
import { parseFilter } from "../../query-filter.ts";
import { inTurns } from "../../turns.ts";

type Totals = (shown: number) => { totalPagedResultsPolicy: string; totalPagedResults: number };

/** The envelope of agents by type. */
export const ALL_COUNTED: Totals = (shown) => ({ totalPagedResultsPolicy: "EXACT", totalPagedResults: shown });
/** The envelope of everything else. */
export const UNCOUNTED: Totals = () => ({ totalPagedResultsPolicy: "NONE", totalPagedResults: -1 });

/**
 * Answers a query.
 * @param rows what a filter looks at; revisions may be left to `show`
 * @param show the row as it is answered, called for those that match only
 */
export async function list<T extends JsonObject>(
  { query }: Call,
  rows: Iterable<T>,
  totals: Totals,
  show: (row: T) => JsonObject = (row) => row,
): Promise<Answer> {
  const text = query.get("_queryFilter");
  if (text === null) throw new Gap("a query without _queryFilter");
  const filter = parseFilter(text, { ignoreCase: false });
  const result: JsonObject[] = [];
  await inTurns(rows, (row) => {
    if (filter.matches(row)) result.push(show(row));
    return false;
  });
  const count = result.length;
  const body = { result, resultCount: count, pagedResultsCookie: null, ...totals(count), remainingPagedResults: -1 };
  return { status: 200, body };
}
