/**
 * Every rule on which the realm's OAuth 2.0 endpoints refuse, as data: its id, how it is known, and what the refusal says.
 * A test can switch off any one of them, to see that somebody notices.
 *
 * Ids up to U02, X20, I04 and B20 are the cases of oauth-flows §8; those above number refusals that this page, or
 * a standard it names, asks for without a case of its own.
 */
import { SandboxError } from "../../errors.ts";

/**
 * How the outcome is known: D documentation, M measured on a tenant by others, L public ancestor source, P open standard,
 * I inferred from the documented scenarios, K nobody knows and the sandbox fails closed (oauth-flows §0).
 */
export type Evidence = "D" | "M" | "L" | "P" | "I" | "K";

type Rule = {
  readonly evidence: Evidence;
  /** OAuth 2.0 error code. */
  readonly error: string;
  /** `error_description`; `%s` is replaced by the detail of the refusal. */
  readonly description: string;
  /** HTTP status. @default 400 */
  readonly status?: number;
};

const rule = (evidence: Evidence, error: string, description: string, status?: number): Rule => ({
  evidence,
  error,
  description,
  ...(status !== undefined && { status }),
});

const clientRefused = (evidence: Evidence) => rule(evidence, "invalid_client", "Client authentication failed");
const badRequest = (evidence: Evidence, description: string) => rule(evidence, "invalid_request", description);
const badScope = (evidence: Evidence) => rule(evidence, "invalid_scope", "Unknown/invalid scope(s): [%s]");
const badExchange = (evidence: Evidence) => badRequest(evidence, "Invalid token exchange.");
const badAudience = (evidence: Evidence) => badRequest(evidence, "Invalid audience requested.");
const badGrant = (evidence: Evidence) =>
  rule(evidence, "invalid_grant", "The provided access grant is invalid, expired, or revoked.");
const badSignature = (evidence: Evidence) => badRequest(evidence, "JWT signature is invalid");
const badToken = (evidence: Evidence) =>
  rule(evidence, "invalid_token", "The access token provided is expired, revoked, malformed, or invalid.", 401);

export const RULES = {
  // Client authentication and the grant (oauth-flows §1, §4)
  C01: clientRefused("L"),
  C02: clientRefused("L"),
  C03: clientRefused("K"),
  C04: clientRefused("L"),
  C05: rule("M", "unsupported_grant_type", "Grant type is not supported: %s"),
  C06: rule(
    "D",
    "unauthorized_client",
    "The authenticated client is not authorized to use this authorization grant type.",
  ),
  C07: badScope("I"),
  C08: badRequest("D", "%s"),
  C09: badRequest("D", "URLDecoder: Illegal hex characters in escape (%) pattern"),
  C10: badRequest("P", "Parameter sent more than once: %s"),
  C11: badRequest("P", "Client authenticates in more than one way"),
  C12: rule("L", "invalid_scope", "No scope requested and no default scope configured"),
  C13: badRequest("K", "The sandbox issues stateless tokens only; this client's effective settings ask for others"),

  // Resource owner password credentials and refresh (oauth-flows §4; RFC 6749 §6)
  U01: badGrant("D"),
  U02: badGrant("K"),
  U03: badRequest("L", "Missing parameter, '%s'"),
  R01: badGrant("P"),
  R02: badScope("P"),

  // Token exchange (oauth-flows §5.1)
  X01: badAudience("K"),
  X02: badAudience("M"),
  X03: badAudience("K"),
  X04: badAudience("M"),
  X05: badAudience("K"),
  X06: badScope("K"),
  X07: badScope("I"),
  X08: badExchange("K"),
  X09: badExchange("K"),
  X10: badExchange("K"),
  X11: badExchange("M"),
  X12: badExchange("K"),
  X13: badExchange("D"),
  X14: badExchange("K"),
  X15: badExchange("M"),
  X16: badRequest("K", "Audience parameters aren't accepted for this client (sandbox)"),
  X17: badRequest("K", "Audience parameters aren't accepted for this client (sandbox)"),
  X18: badExchange("K"),
  X19: badExchange("M"),
  X21: badExchange("M"),
  X22: badExchange("K"),
  X23: badExchange("K"),
  X24: badRequest("K", "Audience parameters aren't accepted for this client (sandbox)"),
  X25: badExchange("K"),
  X26: badExchange("K"),

  // Introspection and tokeninfo (oauth-flows §3.3)
  I01: badToken("D"),
  I02: badToken("L"),
  I03: badRequest("L", "Only one method may be used to transmit the access token"),
  I04: rule("D", "invalid_request", "Method Not Allowed", 405),
  I05: badToken("P"),
  I06: badRequest("L", "Missing parameter, '%s'"),

  // CIBA (oauth-flows §6)
  B01: badRequest("D", "Request must have a 'request' parameter the value of which must be a signed jwt"),
  B02: badRequest("K", "JWT signing algorithm is not supported"),
  B03: badSignature("M"),
  B04: badSignature("M"),
  B05: badSignature("K"),
  B06: badRequest("D", "incorrect issuer in JWT"),
  B07: badRequest("M", "incorrect audience in JWT"),
  B08: badRequest("P", "JWT has expired"),
  B09: badRequest("D", "JWT expiration time is unreasonable"),
  B10: badRequest("L", "JWT is not yet valid"),
  B11: rule("D", "invalid_scope", "%s"),
  B12: badRequest("K", "acr_values must name a journey that can be used for back channel requests"),
  B13: rule("P", "invalid_binding_message", "The binding message is not acceptable"),
  B14: rule("P", "unknown_user_id", "The login hint does not identify a user"),
  B15: badRequest("P", "Parameter must be sent inside the request JWT only: %s"),
  B16: rule("D", "slow_down", "The polling interval has not elapsed since the last request"),
  B17: rule("P", "access_denied", "The end user denied the authorization request"),
  B18: rule("P", "expired_token", "The auth_req_id has expired"),
  B19: badGrant("P"),
  B20: badGrant("P"),
  B21: rule("D", "authorization_pending", "End user has not yet been authenticated"),
  B22: badRequest("P", "The request JWT must have exactly one hint: login_hint"),
  B23: badRequest("K", "JWT was used before"),
  B24: rule("K", "unknown_user_id", "The login hint does not identify a user"),

  // What this tenant has not, or the sandbox does not serve
  G01: rule("K", "server_error", "the sandbox does not serve this: %s", 501),
  G02: rule("L", "not_found", "No OpenID Connect provider for realm /%s", 404),
} as const satisfies Record<string, Rule>;

export type RuleId = keyof typeof RULES;

/** The answer of an OAuth 2.0 endpoint that refuses: body of RFC 6749 §5.2, and the rule with its evidence in headers. */
export class Refusal extends Error {
  readonly rule: RuleId;
  readonly error: string;
  /** HTTP status; 401 brings a challenge. */
  readonly status: number;

  constructor(id: RuleId, detail = "", status: number = (RULES[id] as Rule).status ?? 400) {
    super(RULES[id].description.replace("%s", () => detail));
    this.rule = id;
    this.error = RULES[id].error;
    this.status = status;
  }

  get headers(): Record<string, string> {
    return {
      ...evidenceHeaders(this.rule),
      ...(this.rule === "G01" && { "x-sandbox-gap": "1" }),
      ...(this.status === 405 && { allow: "POST" }),
      ...(this.status === 401 && { "www-authenticate": this.error === "invalid_client" ? "Basic" : "Bearer" }),
    };
  }

  get body(): { error_description: string; error: string } {
    return { error_description: this.message, error: this.error };
  }
}

/** Headers that tell by which rule an answer came about (oauth-flows §0). */
export function evidenceHeaders(id: RuleId): Record<string, string> {
  return { "x-sandbox-rule": id, "x-sandbox-evidence": RULES[id].evidence };
}

/** Which rules hold. All do, unless a test switched some off. */
export class Rules {
  #off: ReadonlySet<RuleId> = new Set();

  /** @param off ids of rules that shall not hold */
  constructor(off: readonly string[] = []) {
    this.switchOff(off);
  }

  /**
   * Switches exactly these rules off, and all others on.
   * @throws {SandboxError} `ERR_SANDBOX_RULE` for an id that is no rule
   */
  switchOff(ids: readonly string[]): void {
    const unknown = ids.filter((id) => !(id in RULES));
    if (unknown.length) {
      throw new SandboxError(
        "ERR_SANDBOX_RULE",
        `no rule ${unknown.join(", ")}; there are ${Object.keys(RULES).join(", ")}`,
      );
    }
    this.#off = new Set(ids as RuleId[]);
  }

  get off(): RuleId[] {
    return [...this.#off];
  }

  /** Whether the rule is on. */
  holds(id: RuleId): boolean {
    return !this.#off.has(id);
  }

  /**
   * @param detail takes the place of `%s` in the description; never a secret
   * @param status HTTP status in place of the rule's
   * @throws {Refusal} when the condition is false and the rule is on
   */
  require(id: RuleId, condition: boolean, detail?: string, status?: number): void {
    if (!condition && this.holds(id)) throw new Refusal(id, detail, status);
  }
}
