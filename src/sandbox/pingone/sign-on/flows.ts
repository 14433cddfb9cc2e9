/** A sign-on from the authorization request to the code, and the code until it is used (RFC 6749 §4.1). */
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { secondsNow } from "../../clock.ts";
import { Gap } from "../../errors.ts";
import { sha256 } from "../../json.ts";
import type { Tenant } from "../../tenant.ts";
import { needsConsent } from "../agreements.ts";
import { collectionOf, type Document, listed } from "../documents.ts";
import type { EnvironmentContext } from "../oauth/context.ts";
import { policyOf, type SignOn } from "../oauth/sign-on.ts";
import { actionsOf } from "../sign-on-policy-routes.ts";

const FLOWS = "sandbox/pingone-sign-ons";
const CODES = "sandbox/pingone-codes";
/** How long a user has, and how long a code lives: PingOne's own values are not known. */
const FLOW_LIFETIME_S = 900;
const CODE_LIFETIME_S = 60;

/** What a client asks for. */
export type AuthorizationRequest = {
  readonly client: string;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly state: string | undefined;
  readonly nonce: string | undefined;
  readonly challenge: string | undefined;
  readonly challengeMethod: string;
};

/** A sign-on that is under way. */
export type Flow = {
  readonly request: AuthorizationRequest;
  readonly policy: string;
  /** User who has signed on. */
  readonly user: string | undefined;
  /** Actions of the policy that are done. */
  readonly done: readonly string[];
  readonly expiresAt: number;
};

/** What is asked of the user next; undefined where nothing is left. */
export type Step = { readonly action: Document; readonly agreement?: Document };

/** Starts a sign-on. @returns the secret by which the browser goes on */
export function startFlow(tenant: Tenant, request: AuthorizationRequest, policy: string): string {
  const secret = randomBytes(32).toString("base64url");
  const flow: Flow = {
    ...{ request, policy, user: undefined, done: [] },
    expiresAt: secondsNow(tenant) + FLOW_LIFETIME_S,
  };
  keepFlow(tenant, secret, flow);
  return secret;
}

export function flowOf(tenant: Tenant, secret: string): Flow | undefined {
  const flow = tenant.store.get<Flow>(FLOWS, sha256(secret));
  return flow && flow.expiresAt > secondsNow(tenant) ? flow : undefined;
}

export const keepFlow = ({ store }: Tenant, secret: string, flow: Flow): void => store.put(FLOWS, sha256(secret), flow);

export const endFlow = ({ store }: Tenant, secret: string): boolean => store.delete(FLOWS, sha256(secret));

/** The policy that signs users on to an application. @throws {Gap} where it is a DaVinci flow, or none */
export function servedPolicyOf(tenant: Tenant, application: Document): Document {
  if (listed(tenant.store, `applications/${application.id}/flowPolicyAssignments`).length > 0)
    throw new Gap("a sign-on by a DaVinci flow policy");
  const policy = policyOf(tenant, application);
  if (!policy) throw new Gap("a sign-on without a policy");
  return policy;
}

const byPriority = (a: Document, b: Document) => Number(a.priority) - Number(b.priority);

/**
 * What is asked of the user next, in the order of the policy's priorities. An agreement that is switched off is no part of it,
 * and neither is one to which the user has consented.
 *
 * @throws {Gap} for an action that is not emulated
 */
export function nextStep(tenant: Tenant, { policy, user, done }: Flow): Step | undefined {
  const { store } = tenant;
  for (const action of listed(store, actionsOf(policy)).toSorted(byPriority)) {
    if (done.includes(action.id)) continue;
    if (action.condition !== undefined) throw new Gap("a condition of a sign-on action");
    if (action.type === "LOGIN") return { action };
    if (action.type !== "AGREEMENT") throw new Gap(`the sign-on action ${action.type}`);
    if (user === undefined) throw new Gap("a consent of somebody who has not signed on");
    const { id } = action.agreement as { id: string };
    const agreement = store.get<Document>(collectionOf("agreements"), id);
    if (agreement?.enabled === true && needsConsent(tenant, agreement, user)) return { action, agreement };
  }
  return undefined;
}

type Code = {
  readonly request: AuthorizationRequest;
  readonly user: string;
  readonly signOn: SignOn;
  readonly expiresAt: number;
};

/** Makes the code for a user who has done all that the policy asks. */
export function issueCode(tenant: Tenant, { request, policy }: Flow, user: string): string {
  const code = randomBytes(32).toString("base64url");
  const acr = String(tenant.store.get(collectionOf("signOnPolicies"), policy)?.name);
  const now = secondsNow(tenant);
  const signOn = { acr, auth_time: now, sid: randomUUID() };
  const record: Code = { request, user, signOn, expiresAt: now + CODE_LIFETIME_S };
  tenant.store.put(CODES, sha256(code), record);
  return code;
}

/** What a token request says to a code. */
export type Redemption = {
  readonly code: string;
  readonly redirectUri: string | undefined;
  readonly verifier: string | undefined;
};

/** Uses a code, which works once. @throws {Refusal} for one that is unknown, used, expired, or another client's */
export function redeem(
  { tenant, rules }: EnvironmentContext,
  client: Document,
  { code, redirectUri, verifier }: Redemption,
): Code {
  const { store } = tenant;
  const record = store.get<Code & { readonly used?: true }>(CODES, sha256(code));
  if (!record) throw rules.refusal("codeUnknown");
  const { request, expiresAt, used } = record;
  rules.require("codeUsed", used !== true);
  store.put(CODES, sha256(code), { ...record, used: true });
  rules.require("codeExpired", expiresAt > secondsNow(tenant));
  rules.require("codeOfAnother", request.client === client.id);
  rules.require("codeRedirect", redirectUri === request.redirectUri);
  rules.require("codeVerifier", isVerified(request, verifier));
  return record;
}

/** Whether the verifier is the one of the challenge (RFC 7636 §4.6). */
function isVerified({ challenge, challengeMethod }: AuthorizationRequest, verifier: string | undefined): boolean {
  if (challenge === undefined || verifier === undefined) return challenge === verifier;
  if (challengeMethod === "plain") return verifier === challenge;
  return createHash("sha256").update(verifier).digest("base64url") === challenge;
}
