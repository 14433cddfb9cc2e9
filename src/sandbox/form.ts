/** Form bodies of OAuth 2.0 requests: `application/x-www-form-urlencoded` (RFC 6749 §3.2). */
import type { HonoRequest } from "hono";

/** The parameters of a request, whatever its content type says. */
export async function formOf(request: HonoRequest): Promise<URLSearchParams> {
  return new URLSearchParams(await request.text());
}

/** The value of a parameter; one without a value counts as absent (RFC 6749 §3.2). */
export function parameter(form: URLSearchParams, name: string): string | undefined {
  return form.get(name) || undefined;
}

/** The scopes of a space-separated text, each once (RFC 6749 §3.3). */
export function splitScopes(value: string | undefined): string[] {
  return [...new Set((value ?? "").split(" ").filter(Boolean))];
}
