/** Bounds of a list that comes page by page: a server that never ends it must neither hold a run for ever nor fill its memory. */
import { AdminApiError, type AdminApiErrorCode } from "./errors.ts";
import type { Transport } from "./transport.ts";

/** Far above what a tenant has, far below what a process can hold. */
const MOST_PAGES = 1_000;
const MOST_ROWS = 200_000;
const LONGEST_TEXT = 256 * 1024 * 1024;
/** Pages one after the other without a new row: more than rows that move between pages explain. */
const MOST_IDLE_PAGES = 10;

const LOOK = "look whether the server, or a proxy before it, repeats pages; then report this";

/** Rows of all pages so far. */
export type BoundedRows<T> = {
  readonly rows: T[];
  /**
   * Takes a page.
   *
   * @param length of the page as text
   * @param next what leads to the next page; `undefined` for the last one
   * @throws AdminApiError `ERR_API_UNEXPECTED` when a page leads back, `ERR_API_TOO_LARGE` when there is no end
   */
  add(page: readonly T[], length: number, next: string | undefined): void;
};

/**
 * @param path of the list, for messages
 * @param idOf what tells a row from all others. @default every row is a new one
 */
export function boundedRows<T>(
  { where }: Pick<Transport, "where">,
  path: string,
  idOf: (row: T) => unknown = (row) => row,
): BoundedRows<T> {
  const rows: T[] = [];
  const seen = new Set<string>();
  const ids = new Set<unknown>();
  let idle = 0;
  let pages = 0;
  let text = 0;
  const refuse = (code: AdminApiErrorCode, what: string) =>
    new AdminApiError(code, `GET ${path} answered with ${what}`, { where, hint: LOOK });
  return {
    rows,
    add(page, length, next) {
      pages += 1;
      text += length;
      if (rows.length + page.length > MOST_ROWS || text > LONGEST_TEXT || (next !== undefined && pages >= MOST_PAGES)) {
        const what = `a list without an end: ${pages} pages and ${rows.length + page.length} rows so far`;
        throw refuse("ERR_API_TOO_LARGE", what);
      }
      const before = ids.size;
      for (const row of page) {
        rows.push(row);
        ids.add(idOf(row) ?? row);
      }
      idle = ids.size > before ? 0 : idle + 1;
      if (next === undefined) return;
      if (idle >= MOST_IDLE_PAGES)
        throw refuse("ERR_API_UNEXPECTED", `${idle} pages one after the other with no new row`);
      if (seen.has(next)) throw refuse("ERR_API_UNEXPECTED", "the same page for ever");
      seen.add(next);
    },
  };
}
