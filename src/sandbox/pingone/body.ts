/** Bodies of requests: read by a schema, without what only the server sets; what does not fit is told as PingOne tells it. */
import { z } from "zod";
import { type Call, objectBody } from "../http.ts";
import { without } from "../json.ts";
import { type Detail, invalidData } from "./dialect.ts";

/** Properties of every object that a request may repeat and that are not the caller's to set. */
export const READ_ONLY = ["_links", "environment", "id", "createdAt", "updatedAt", "clientId"];

/** Another object, by its id. */
export const reference = z.strictObject({ id: z.string() });

/**
 * The body as the schema takes it, without what only the server sets.
 *
 * @param serverSet what that is, besides the properties of every object
 * @throws {PingOneError} 400 for anything else; what nobody has seen is refused as unknown
 */
export function parsed<T>(schema: z.ZodType<T>, call: Call, ...serverSet: readonly string[]): T {
  const sent = Object.entries(without(objectBody(call), ...READ_ONLY, ...serverSet));
  const result = schema.safeParse(Object.fromEntries(sent.filter(([, value]) => value !== null)));
  if (result.success) return result.data;
  const unknown = result.error.issues.some(({ code }) => code === "unrecognized_keys");
  throw invalidData(unknown ? "U" : "D", detailsOf("body", result));
}

/** What zod found, in PingOne's words. */
export function detailsOf(target: string, result: z.ZodSafeParseResult<unknown>): Detail[] {
  if (result.success) return [];
  return result.error.issues.map((issue) => {
    const innerError = {
      ...(issue.code === "too_small" && { rangeMinimumValue: Number(issue.minimum) }),
      ...(issue.code === "too_big" && { rangeMaximumValue: Number(issue.maximum) }),
      ...(issue.code === "invalid_value" && { allowedValues: issue.values }),
    };
    return {
      code: "INVALID_VALUE",
      target: [target, ...issue.path.map(String)].join("."),
      message: issue.message,
      ...(Object.keys(innerError).length > 0 && { innerError }),
    };
  });
}
