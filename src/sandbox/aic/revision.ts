/** Answers with an object that has a revision, in AM and IDM. */
import type { Answer } from "../http.ts";

/** The revision of the body is the entity tag (aic §1.5). */
export function revised(status: number, body: Record<string, unknown>, headers: Record<string, string> = {}): Answer {
  return { status, body, headers: { ...headers, ...(body._rev !== undefined && { etag: `"${body._rev}"` }) } };
}
