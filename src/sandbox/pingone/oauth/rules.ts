/** Every rule on which PingOne's token service refuses here, as data: how it is known and what the refusal says. */
import type { Gap } from "../../errors.ts";
import type { Answer } from "../../http.ts";
import type { Evidence } from "../dialect.ts";

type Rule = {
  readonly evidence: Evidence;
  readonly error: string;
  readonly description: string;
  readonly status?: number;
};

/** Rules by id. D, S, T, I and U as in pingone §0; what only a standard says is I. */
export const PINGONE_RULES = {
  // Clients and requests
  unsupportedGrant: { evidence: "D", error: "unsupported_grant_type", description: "Unsupported grant type" },
  unknownClient: { evidence: "D", error: "invalid_client", description: "Client authentication failed", status: 401 },
  wrongSecret: { evidence: "D", error: "invalid_client", description: "Client authentication failed", status: 401 },
  wrongMethod: {
    evidence: "D",
    error: "invalid_client",
    description: "Authentication method is not this client's",
    status: 401,
  },
  disabledClient: { evidence: "I", error: "invalid_client", description: "The application is disabled", status: 401 },
  wrongAssertion: {
    evidence: "D",
    error: "invalid_client",
    description: "Client assertion is not acceptable",
    status: 401,
  },
  grantNotAllowed: {
    evidence: "D",
    error: "unauthorized_client",
    description: "The application does not have this grant type",
  },
  missingParameter: { evidence: "D", error: "invalid_request", description: "A required parameter is missing" },
  // Scopes
  noScope: { evidence: "U", error: "invalid_scope", description: "No scope is requested" },
  scopeNotGranted: {
    evidence: "D",
    error: "invalid_scope",
    description: "May not request scopes that are not granted",
  },
  severalResources: {
    evidence: "T",
    error: "invalid_scope",
    description: "May not request scopes for multiple resources",
  },
  // Token exchange (pingone §5.6)
  subjectType: { evidence: "D", error: "invalid_request", description: "Unsupported subject token type" },
  subjectInvalid: { evidence: "D", error: "invalid_grant", description: "The subject token is not valid" },
  actorType: { evidence: "D", error: "invalid_request", description: "Unsupported actor token type" },
  actorInvalid: { evidence: "D", error: "invalid_grant", description: "The actor token is not valid" },
  customOnly: { evidence: "D", error: "invalid_scope", description: "Tokens are exchanged for custom resources only" },
  otherTarget: { evidence: "T", error: "invalid_target", description: "The scopes do not belong to the resource" },
  // CIBA and device authorization (pingone §5.9; RFC 8628)
  oneHint: { evidence: "D", error: "invalid_request", description: "Exactly one hint identifies the user" },
  unknownUser: { evidence: "D", error: "unknown_user_id", description: "The hint does not identify a user" },
  noCibaPolicy: {
    evidence: "I",
    error: "invalid_request",
    description: "No policy of the application can ask the user",
  },
  slowDown: { evidence: "D", error: "slow_down", description: "Polling is too fast" },
  pending: { evidence: "D", error: "authorization_pending", description: "The user has not answered yet" },
  denied: { evidence: "D", error: "access_denied", description: "The user has denied the request" },
  expired: { evidence: "D", error: "expired_token", description: "The request has expired" },
  unknownRequest: {
    evidence: "I",
    error: "invalid_grant",
    description: "The request is unknown, used, or another client's",
  },
  // Refresh
  refreshInvalid: { evidence: "D", error: "invalid_grant", description: "The refresh token is not valid" },
  refreshScope: { evidence: "I", error: "invalid_scope", description: "A refresh cannot widen the scope" },
} as const satisfies Record<string, Rule>;

export type PingOneRule = keyof typeof PINGONE_RULES;

/** The answer of an OAuth 2.0 endpoint that refuses (RFC 6749 §5.2). */
export class OAuthRefusal extends Error {
  readonly answer: Answer;

  constructor(id: PingOneRule) {
    const { evidence, error, description, status = 400 }: Rule = PINGONE_RULES[id];
    super(description);
    this.answer = {
      status,
      body: { error, error_description: description },
      headers: { "x-sandbox-rule": id, "x-sandbox-evidence": evidence },
    };
  }
}

/** @throws {OAuthRefusal} when the condition is false */
export function demand(id: PingOneRule, condition: unknown): asserts condition {
  if (!condition) throw new OAuthRefusal(id);
}

/** An answer for what nobody knows. */
export function gapAnswer(gap: Gap): Answer {
  return { status: gap.status, body: { error: "server_error", error_description: gap.message }, headers: gap.headers };
}
