/**
 * What agents of PingOne must not get, as data. Evidence marks are those of pingone §0: D documented, T seen on
 * a tenant by a third party, I inferred from a standard, U unknown.
 */

type Expectation = Partial<Pick<NegativeCase, "must" | "tolerated">> & {
  readonly error: string;
  readonly status?: number;
};

/** @param rule by which a local tenant says that it refuses */
const refused = (
  title: string,
  evidence: string,
  rule: string,
  { error, status = 400, must = "refused", tolerated = [error] }: Expectation,
): NegativeCase => ({ title, evidence, core: false, exact: { status, error, rules: [rule] }, must, tolerated });

/** A token is issued, but it is no delegation: it says of nobody that they act. */
const noActor = (title: string, evidence: string): NegativeCase => ({
  ...{ title, evidence, core: false },
  ...{ exact: { status: 200 }, must: "no-actor" },
});

const invalidClient = { error: "invalid_client", status: 401 } as const;
const invalidScope = { error: "invalid_scope", must: "scope" } as const;
const invalidToken = { error: "invalid_grant", tolerated: ["invalid_grant", "invalid_request"] } as const;

import type { NegativeCase } from "../expectation.ts";
export const PINGONE_CASES = {
  N01: refused("wrong secret", "D", "wrongSecret", invalidClient),
  N02: refused("right secret by another method", "D", "wrongMethod", invalidClient),
  N03: refused("scope that is not granted", "D", "scopeNotGranted", invalidScope),
  N04: refused("scopes of two resources at once", "T", "severalResources", { error: "invalid_scope" }),
  N05: refused("grant type that the agent does not have", "D", "grantNotAllowed", { error: "unauthorized_client" }),
  N06: {
    ...{ title: "introspection of an altered token", evidence: "D", core: false },
    ...{ exact: { status: 200 }, must: "inactive" },
  },
  N11: refused("subject token altered", "D", "subjectInvalid", invalidToken),
  N12: refused("no subject token", "D", "missingParameter", { error: "invalid_request" }),
  N13: refused("actor token altered", "D", "actorInvalid", invalidToken),
  N14: noActor("no actor token", "I"),
  N15: noActor("actor whom may_act does not name", "T"),
  N16: noActor("user's token of another resource", "T"),
  N17: noActor("agent's own token in place of the user's", "I"),
  N18: refused("another resource than that of the scope", "T", "otherTarget", { error: "invalid_target" }),
  N19: refused("exchange for OpenID Connect", "D", "customOnly", invalidScope),
  N31: refused("user denies", "D", "denied", { error: "access_denied" }),
  N32: refused("polled before the user has answered", "D", "pending", { error: "authorization_pending" }),
  N33: refused("polled twice within the interval", "D", "slowDown", { error: "slow_down" }),
  N34: refused("polled after the request has expired", "D", "expired", { error: "expired_token" }),
  N35: refused("polled again after success", "I", "unknownRequest", invalidToken),
  N36: refused("polled by another client", "I", "unknownRequest", invalidToken),
  N37: refused("user who does not exist", "D", "unknownUser", { error: "unknown_user_id" }),
  N38: refused("two hints who is asked", "D", "oneHint", { error: "invalid_request" }),
  N51: refused("agent disabled", "I", "disabledClient", invalidClient),
  N52: refused("grant type taken away", "D", "grantNotAllowed", { error: "unauthorized_client" }),
  N53: refused("scopes taken away", "D", "scopeNotGranted", invalidScope),
} as const satisfies Record<string, NegativeCase>;

export type PingOneCaseId = keyof typeof PINGONE_CASES;
