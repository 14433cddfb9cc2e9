/** From what was observed to a verdict. Pure. */
import type { Expectation, Forbidden, Must } from "./expectation.ts";
import { type Json, type Observation, textOf, textsOf } from "./http.ts";

export type Verdict = "pass" | "fail" | "inconclusive";

/** A local tenant is held to its exact answer, a real one to what must not happen. */
export type Target = "sandbox" | "tenant";

/** What a provocation brought: the answer, and of a token that was issued its audiences and who acts. */
export type Outcome = {
  readonly answer: Observation;
  readonly audiences: readonly string[];
  readonly actor?: string | undefined;
};

/** Whether a request brought what it asked for. */
export function succeeded({ status, body }: Observation): boolean {
  return status >= 200 && status < 300 && body.active !== false;
}

/** What came back in short, without anything that is secret. */
export function brief({ status, error, body }: Observation): string {
  if (typeof body.active === "boolean") return `${status} active: ${body.active}`;
  if (textOf(body.access_token)) return `${status} token`;
  if (textOf(body.auth_req_id)) return `${status} auth_req_id`;
  return [status, error].filter(Boolean).join(" ");
}

/** What came back, with what the tenant says about it. */
export function shown(answer: Observation): string {
  return [brief(answer), answer.description && `"${answer.description}"`].filter(Boolean).join(" ");
}

/** What is expected of a negative case, in words. */
export function expected(
  { exact: { status, error }, must = "refused", tolerated }: Expectation,
  target: Target,
): string {
  if (target === "sandbox") return [status, error ?? (status === 200 ? SUCCESS[must] : "")].filter(Boolean).join(" ");
  const codes = tolerated ? `, ${tolerated.join(" or ")}` : "";
  return { ...WORDS, refused: `refused${codes}` }[must];
}

/** What must be said of a success. */
const SUCCESS: Readonly<Partial<Record<Must, string>>> = {
  inactive: "active: false",
  "no-actor": "token without act",
};

/** What is expected of a real tenant where nobody knows: its answer is the finding. */
export const RECORDED = "recorded";

const WORDS = {
  audience: "refused, or not in aud",
  scope: "refused, or scope not issued",
  inactive: "not active",
  "not-ok": "refused",
  "no-actor": "refused, or token without act",
  record: RECORDED,
} as const;

/**
 * Why the observation is not what the case asks for; undefined when it is.
 *
 * @param id the case's id, which a local tenant names as the rule it applied
 */
export function mismatch(
  id: string,
  expectation: Expectation,
  target: Target,
  outcome: Outcome,
  forbidden: Forbidden,
): string | undefined {
  return target === "sandbox" ? differs(id, expectation, outcome) : violates(expectation, outcome, forbidden);
}

function differs(id: string, { exact, must }: Expectation, { answer: got, actor }: Outcome): string | undefined {
  if (got.status !== exact.status) return `status ${got.status} instead of ${exact.status}`;
  if (exact.error && got.error !== exact.error) return `error ${got.error ?? "(none)"} instead of ${exact.error}`;
  if (exact.description && !exact.description.test(got.description ?? ""))
    return `description ${got.description ?? "(none)"}`;
  if (must === "inactive" && got.body.active === true) return "the token counts as active";
  if (must === "no-actor" && actor !== undefined) return `the token names ${actor} as the actor`;
  const rules = exact.rules ?? [id];
  // A refusal for another reason would prove nothing, and many look alike.
  if (exact.error && rules.length && !rules.includes(got.rule ?? "")) {
    return `refused by the rule ${got.rule ?? "(none)"} instead of ${rules.join(" or ")}`;
  }
  return undefined;
}

function violates(
  { must = "refused", tolerated }: Expectation,
  { answer: got, audiences, actor }: Outcome,
  { audience, scope }: Forbidden,
): string | undefined {
  const token = textOf(got.body.access_token);
  const issued = token ?? textOf(got.body.auth_req_id);
  switch (must) {
    case "record":
      return undefined;
    case "inactive":
      return got.body.active === true ? "the token counts as active" : undefined;
    case "not-ok":
      return got.status === 200 ? "accepted" : undefined;
    case "no-actor":
      return actor === undefined ? undefined : `the token names ${actor} as the actor`;
    case "refused":
      if (issued) return "issued";
      break;
    case "audience":
      if (token && audience !== undefined && audiences.includes(audience)) return `a token for ${audience} was issued`;
      break;
    case "scope":
      if (token && scope !== undefined && scopesOf(got).includes(scope)) return `the scope ${scope} was issued`;
  }
  if (!issued && tolerated && !tolerated.includes(got.error ?? "")) return `error ${got.error ?? "(none)"}`;
  return undefined;
}

/** An `aud` as a list: one audience is a string (RFC 7519 §4.1.3). */
export function audiencesOf({ aud }: Json): string[] {
  return typeof aud === "string" ? [aud] : textsOf(aud);
}

/** The issued scopes: a string here, a list in tokens (oauth-flows §3.1). */
export function scopesOf({ body: { scope } }: Pick<Observation, "body">): string[] {
  return typeof scope === "string" ? scope.split(" ").filter(Boolean) : textsOf(scope);
}
