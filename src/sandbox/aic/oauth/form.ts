/** What AM checks about a form before it reads it: its content type, and that no parameter is there twice (oauth-flows §1). */
import type { HonoRequest } from "hono";
import { formOf } from "../../form.ts";
import type { RealmRules } from "./rules.ts";

/** Parameters that RFC 8693 §2.1 lets a client repeat. */
const REPEATABLE = ["audience", "resource"];

/**
 * @throws {Refusal} C08 for another content type, C10 for a parameter that is there twice
 */
export async function readForm(request: HonoRequest, rules: RealmRules): Promise<URLSearchParams> {
  const type = request.header("content-type")?.split(";")[0]?.trim().toLowerCase();
  rules.require("C08", type === "application/x-www-form-urlencoded", "Invalid Content Type");
  const form = await formOf(request);
  const repeated = [...new Set(form.keys())].filter((key) => !REPEATABLE.includes(key) && form.getAll(key).length > 1);
  rules.require("C10", repeated.length === 0, repeated.join(", "));
  return form;
}
