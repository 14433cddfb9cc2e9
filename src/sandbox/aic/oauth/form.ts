/** Reading form bodies: `application/x-www-form-urlencoded` and nothing else (oauth-flows §1; RFC 6749 §3.2). */
import type { HonoRequest } from "hono";
import type { Rules } from "./rules.ts";

/** Parameters that RFC 8693 §2.1 lets a client repeat. */
const REPEATABLE = ["audience", "resource"];

/**
 * @throws {Refusal} C08 for another content type, C10 for a parameter that is there twice
 */
export async function readForm(request: HonoRequest, rules: Rules): Promise<URLSearchParams> {
  const type = request.header("content-type")?.split(";")[0]?.trim().toLowerCase();
  rules.require("C08", type === "application/x-www-form-urlencoded", "Invalid Content Type");
  const form = new URLSearchParams(await request.text());
  const repeated = [...new Set(form.keys())].filter((key) => !REPEATABLE.includes(key) && form.getAll(key).length > 1);
  rules.require("C10", repeated.length === 0, repeated.join(", "));
  return form;
}

/** The value of a parameter; one without a value counts as absent (RFC 6749 §3.2). */
export function parameter(form: URLSearchParams, name: string): string | undefined {
  return form.get(name) || undefined;
}
