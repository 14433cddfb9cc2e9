/** What tokens tell of how their user signed on. */
import { randomUUID } from "node:crypto";
import type { JWTPayload } from "jose";
import { secondsNow } from "../../clock.ts";
import { presentIn } from "../../json.ts";
import type { Tenant } from "../../tenant.ts";
import { collectionOf, type Document, listed } from "../documents.ts";

/** Claims about a sign-on, which an exchange carries over (delegation §1.1). */
export type SignOn = {
  /** Name of the policy. */
  readonly acr?: string;
  /** Seconds since 1970. */
  readonly auth_time?: number;
  /** The browser's session. */
  readonly sid?: string;
};

/** A sign-on that takes place now, by the first policy of the application, or by the environment's own. */
export function signOnNow(tenant: Tenant, client: Document): SignOn {
  const acr = policyName(tenant, client);
  return { ...(acr !== undefined && { acr }), auth_time: secondsNow(tenant), sid: randomUUID() };
}

/** What a token tells of the sign-on that it came from. */
export const signOnOf = (token: JWTPayload): SignOn => presentIn({ acr: "", auth_time: 0, sid: "" }, token);

function policyName({ store }: Tenant, { id }: Document): string | undefined {
  const [first] = listed(store, `applications/${id}/signOnPolicyAssignments`).sort(
    (one, other) => Number(one.priority) - Number(other.priority),
  );
  const policy = first
    ? store.get(collectionOf("signOnPolicies"), (first.signOnPolicy as { id: string }).id)
    : listed(store, "signOnPolicies").find((row) => row.default === true);
  return policy && String(policy.name);
}
