/** How the environment server speaks: errors without a reason, with a trailing newline (aic §1.1, §8). */

import type { Clock } from "../../clock.ts";
import { ApiError } from "../../errors.ts";
import type { Answer, Dialect } from "../../http.ts";

/** `fr:idm:*` opens the ESV endpoints, too, which is deprecated (aic §11.2). */
export const ENV_DIALECT: Dialect = {
  scopes: ["fr:idc:esv:*", "fr:idm:*"],
  error: ({ bodyCode, message }) => `${JSON.stringify({ code: bodyCode, message })}\n`,
  unparsable: () => new ApiError(400, "request body has an error: failed to decode request body"),
};

/** Scopes for reading and for changing ESVs, the wide ones included. */
export const READ = ["fr:idc:esv:*", "fr:idc:esv:read", "fr:idm:*"];
export const UPDATE = ["fr:idc:esv:*", "fr:idc:esv:update", "fr:idm:*"];
export const RESTART = ["fr:idc:esv:*", "fr:idc:esv:restart", "fr:idm:*"];

/** Ids of secrets and variables (aic §8). */
const ESV_ID = /^esv-[a-z0-9_-]{1,124}$/;

export function checkId(id: string): void {
  if (!ESV_ID.test(id)) throw new ApiError(400, `The id must match ${ESV_ID.source}`);
}

/** @throws {ApiError} 400 when the value is missing or not base64 */
export function readValue(body: Record<string, unknown>): string {
  const { valueBase64 } = body;
  const isBase64 =
    typeof valueBase64 === "string" && Buffer.from(valueBase64, "base64").toString("base64") === valueBase64;
  if (!isBase64) throw new ApiError(400, "valueBase64 must be the value in base64");
  return valueBase64;
}

/** All rows in one answer (aic §1.3). */
export function allRows(result: unknown[]): Answer {
  const counts = { remainingPagedResults: -1, totalPagedResults: -1, totalPagedResultsPolicy: "NONE" };
  return { status: 200, body: { pagedResultsCookie: null, result, resultCount: result.length, ...counts } };
}

/** Who and when. The caller's name is not recorded beyond "some id". */
export function changedBy(clock: Clock): { lastChangeDate: string; lastChangedBy: string } {
  return { lastChangeDate: new Date(clock.now()).toISOString(), lastChangedBy: "service-account" };
}
