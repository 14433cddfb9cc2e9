/** Lists that a server hands out page by page. */

import { VerifyError } from "./errors.ts";
import type { Json } from "./http.ts";

/** A page, and where the next one is. */
export type Page = { readonly rows: readonly Json[]; readonly next: string | undefined };

/** Pages without a new row after which a list is given up: one that never ends would keep the run for ever. */
const MOST_IDLE = 10;

/**
 * All rows, to the last page.
 *
 * @param path as errors name it
 * @throws {VerifyError} `ERR_VERIFY_ADMIN` for a list that goes on and brings nothing new
 */
export async function allRows(path: string, pageAt: (next: string | undefined) => Promise<Page>): Promise<Json[]> {
  const found = new Map<string, Json>();
  let next: string | undefined;
  for (let idle = 0; idle < MOST_IDLE; ) {
    const known = found.size;
    const page = await pageAt(next);
    for (const row of page.rows) found.set(JSON.stringify(row), row);
    next = page.next;
    if (next === undefined) return [...found.values()];
    idle = found.size > known ? 0 : idle + 1;
  }
  throw new VerifyError("ERR_VERIFY_ADMIN", `GET ${path}: the list goes on and brings nothing new`, {
    hint: "run it again; if it stays, it is a fault of the tenant",
  });
}
