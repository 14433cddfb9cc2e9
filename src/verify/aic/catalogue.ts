/** The negative cases of oauth-flows §8, as data: what is provoked, what a local tenant answers, what a real one must not do. */
import type { Evidence, Exact, Must, NegativeCase } from "../expectation.ts";

type Expectation = Exact & { readonly must?: Must; readonly tolerated?: readonly string[] };

const entry =
  (core: boolean) =>
  (title: string, evidence: Evidence, { must = "refused", tolerated, ...exact }: Expectation): NegativeCase => ({
    title,
    core,
    evidence,
    exact,
    must,
    ...(tolerated && { tolerated }),
  });
const core = entry(true);
const further = entry(false);

const bad = (description?: RegExp, more: Partial<Expectation> = {}): Expectation => ({
  status: 400,
  error: "invalid_request",
  ...(description && { description }),
  ...more,
});
const invalidClient = (status: number, more: Partial<Expectation> = {}): Expectation => ({
  status,
  error: "invalid_client",
  description: /^Client authentication failed$/,
  ...more,
});
const invalidScope = (must: Must): Expectation => ({
  status: 400,
  error: "invalid_scope",
  description: /^Unknown\/invalid scope\(s\): \[.+\]$/,
  must,
});
const invalidGrant = (more: Partial<Expectation> = {}): Expectation => ({
  status: 400,
  error: "invalid_grant",
  description: /^The provided access grant is invalid, expired, or revoked\.$/,
  ...more,
});
const noExchange = (more: Partial<Expectation> = {}) => bad(/^Invalid token exchange\.$/, more);
const noAudience = (more: Partial<Expectation> = {}) =>
  bad(/^Invalid audience requested\.$/, { must: "audience", ...more });
const notAccepted = (more: Partial<Expectation> = {}) =>
  bad(/^Audience parameters aren't accepted for this client/, { must: "audience", ...more });
const badSignature = (more: Partial<Expectation> = {}) => bad(/^JWT signature is invalid$/, more);

export const CASES = {
  C01: core("wrong secret in the form", "public AM", invalidClient(400, { tolerated: ["invalid_client"] })),
  C02: further("wrong secret by Basic", "L", invalidClient(401, { tolerated: ["invalid_client"] })),
  C03: further("right secret by another method", "K", invalidClient(401, { must: "record" })),
  C04: core("client inactive", "L", invalidClient(400)),
  C05: core("grant missing at the provider", "M", {
    status: 400,
    error: "unsupported_grant_type",
    tolerated: ["unsupported_grant_type"],
  }),
  C06: core("grant missing at the client", "D", {
    status: 400,
    error: "unauthorized_client",
    description: /^The authenticated client is not authorized to use this authorization grant type\.$/,
    tolerated: ["unauthorized_client", "unsupported_grant_type"],
  }),
  C07: core("client_credentials with the application's scope", "I L", invalidScope("scope")),
  C08: further("no grant_type, or another content type", "D", bad()),
  C09: further("raw % in the Basic secret", "D", bad()),
  U01: core("wrong password", "D", invalidGrant({ tolerated: ["invalid_grant"] })),
  U02: further("user deactivated", "K", invalidGrant()),
  X01: core("audience without a privilege", "M/K", noAudience()),
  X02: further("audience not exact", "M", noAudience({ rules: ["X01", "X02"] })),
  X03: core("audience missing", "K", noAudience()),
  X04: further("audience empty", "M", noAudience({ must: "refused" })),
  X05: further("a second audience without a privilege", "K", noAudience()),
  X06: core("scope outside the privilege", "K", invalidScope("scope")),
  X07: further("scope that the application lacks, privilege without permissions", "I", invalidScope("scope")),
  X08: core("user in neither subjects nor groups", "K", noExchange()),
  X09: core("agent's own token, privilege names subjects", "K", noExchange({ must: "record" })),
  X10: further("user token, privilege names no subjects", "K", noExchange({ must: "record" })),
  X11: core("subject token altered", "M", noExchange()),
  X12: further("subject token expired", "K", noExchange()),
  X13: further("subject token of another realm", "D", noExchange()),
  X14: further("refresh token as subject token", "K", noExchange()),
  X15: further("unknown requested_token_type", "M", noExchange()),
  X16: core("overrides dormant", "K", notAccepted()),
  X17: further("audience parameter not accepted", "K", notAccepted()),
  X18: further("exchanged token exchanged again", "M/K", noExchange()),
  X19: further("ordinary client exchanges", "M", noExchange()),
  X20: core("privilege deleted", "D", bad(/^Invalid audience requested\.$/, { rules: ["X01", "X20"] })),
  I01: core("introspection by a client outside aud", "D P", { status: 200, must: "inactive" }),
  I02: further("tokeninfo of a broken or expired token", "L", { status: 401, error: "invalid_token", must: "not-ok" }),
  I03: further("token in header and query", "L", bad(undefined, { must: "record" })),
  I04: further("introspection by GET", "D", { status: 405, must: "inactive" }),
  B01: core(
    "no request parameter",
    "D",
    bad(/^Request must have a 'request' parameter the value of which must be a signed jwt$/),
  ),
  B02: core("signing algorithm not allowed", "K", bad()),
  B03: core("signed by an unregistered key", "M", badSignature()),
  B04: core("kid of another registered key", "M", badSignature()),
  B05: further("no usable public keys", "K", badSignature()),
  B06: further("iss is not the client", "D", bad()),
  B07: core("aud without the port", "D M", bad(/^incorrect audience in JWT$/)),
  B08: core("exp in the past", "P", bad()),
  B09: core("exp more than 30 minutes ahead", "D", bad(/^JWT expiration time is unreasonable$/)),
  B10: further("nbf in the future", "L", bad()),
  B11: further("scope without openid, or not the client's", "D", { status: 400, error: "invalid_scope" }),
  B12: core("acr value that leads nowhere", "K", bad(undefined, { must: "record" })),
  B13: core("binding message not allowed", "D P", { status: 400, error: "invalid_binding_message" }),
  B14: further("unknown login_hint", "P", { status: 400, error: "unknown_user_id" }),
  B15: further("scope outside the request JWT", "P", bad(undefined, { must: "record" })),
  B16: core("polled twice within the interval", "D", { status: 400, error: "slow_down", tolerated: ["slow_down"] }),
  B17: core("user denies", "P S4", { status: 400, error: "access_denied", tolerated: ["access_denied"] }),
  B18: core("auth_req_id expired", "P", {
    status: 400,
    error: "expired_token",
    tolerated: ["expired_token", "invalid_grant"],
  }),
  B19: further("another client polls", "P", invalidGrant()),
  B20: core("polled again after success", "P", invalidGrant()),
  // Beyond the contract's list: what its procedures (§4, §5.1, §6.1) or a standard ask for without an id of their own.
  C10: further("parameter twice", "P", bad()),
  C11: further("two ways of authentication at once", "P", bad()),
  C12: further("no scope, no default scope", "L", {
    status: 400,
    error: "invalid_scope",
    description: /^No scope requested and no default scope configured$/,
  }),
  C13: further("tokens not client-side", "K", bad(undefined, { must: "record" })),
  U03: further("no password", "L", bad()),
  R01: further("refresh token of another client", "P", invalidGrant()),
  R02: further("refresh with a wider scope", "P", invalidScope("scope")),
  X21: further("no subject token", "M", noExchange()),
  X22: further("actor token, which agents do not use", "K", noExchange({ must: "record" })),
  X23: further("client of the subject token inactive", "K", noExchange({ must: "record" })),
  X24: further("acting agent issues no client-side tokens", "K", notAccepted({ must: "record" })),
  X25: further("user deactivated before the exchange", "K", noExchange({ must: "record" })),
  X26: further("another agent's own token", "K", noExchange()),
  I05: further("introspection of a broken token", "P", { status: 200, must: "inactive" }),
  I06: further("introspection without a token", "L", bad(undefined, { must: "inactive" })),
  B22: further("no hint who is asked", "P", bad()),
  B23: further("request JWT used twice", "K", bad(undefined, { must: "record" })),
  B24: further("user who is asked deactivated", "K", { status: 400, error: "unknown_user_id", must: "record" }),
  K03: core("signed by the retired key", "I", badSignature({ rules: ["B03"] })),
} as const satisfies Record<string, NegativeCase>;

export type CaseId = keyof typeof CASES;
