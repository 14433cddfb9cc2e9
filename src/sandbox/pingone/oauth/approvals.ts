/** What waits for a user: CIBA requests and device authorizations, from their start to the token (CIBA Core §7, RFC 8628). */
import { randomBytes, randomInt } from "node:crypto";
import { secondsNow } from "../../clock.ts";
import { sha256 } from "../../json.ts";
import type { Entry } from "../../store.ts";
import type { Tenant } from "../../tenant.ts";
import type { Document } from "../documents.ts";
import type { EnvironmentContext } from "./context.ts";

const COLLECTION = "sandbox/pingone-approvals";

export type Approval = {
  readonly kind: "ciba" | "device";
  readonly client: string;
  /** User who is asked; on a device the one who answers. */
  readonly user: string | undefined;
  readonly userCode: string | undefined;
  readonly scopes: readonly string[];
  readonly bindingMessage: string | undefined;
  /** Name of the policy that asks. */
  readonly acr: string | undefined;
  readonly expiresAt: number;
  readonly interval: number;
  readonly polledAt: number | undefined;
  readonly state: "waiting" | "approved" | "denied";
  /** Whether a poll has brought its outcome. */
  readonly used: boolean;
};

/** Starts a request. @returns the secret that the client polls with */
export function startApproval(
  tenant: Tenant,
  request: Omit<Approval, "polledAt" | "state" | "used" | "expiresAt"> & { readonly lifetime: number },
): string {
  const { lifetime, ...rest } = request;
  const { store } = tenant;
  const secret = randomBytes(32).toString("base64url");
  const now = secondsNow(tenant);
  const approval: Approval = {
    ...rest,
    ...{ expiresAt: now + lifetime, polledAt: undefined, state: "waiting", used: false },
  };
  store.transaction(() => {
    for (const { id, document } of store.list<Approval>(COLLECTION)) {
      if (document.used && document.expiresAt <= now) store.delete(COLLECTION, id);
    }
    store.put(COLLECTION, sha256(secret), approval);
  });
  return secret;
}

/** Eight letters that are told apart by eye (RFC 8628 §6.1). */
export function userCode(): string {
  const letters = "BCDFGHJKLMNPQRSTVWXZ";
  const code = Array.from({ length: 8 }, () => letters[randomInt(letters.length)]).join("");
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}

/**
 * A poll of the client. A request that is approved is used up by it.
 *
 * @throws {Refusal} until the user has approved
 */
export function poll(
  { tenant, rules }: EnvironmentContext,
  client: Document,
  kind: Approval["kind"],
  secret: string,
): Approval {
  const { store } = tenant;
  const id = sha256(secret);
  const approval = store.get<Approval>(COLLECTION, id);
  if (!approval) throw rules.refusal("unknownRequest");
  rules.require("unknownRequest", approval.kind === kind && approval.client === client.id && !approval.used);
  const now = secondsNow(tenant);
  rules.require("expired", approval.expiresAt > now);
  const isEarly = approval.polledAt !== undefined && now - approval.polledAt < approval.interval;
  store.put(COLLECTION, id, { ...approval, polledAt: now });
  rules.require("slowDown", !isEarly);
  rules.require("pending", approval.state !== "waiting");
  store.put(COLLECTION, id, { ...approval, polledAt: now, used: true });
  rules.require("denied", approval.state !== "denied");
  return approval;
}

/** What waits for an answer, with the id by which the control plane answers. */
export function waiting(tenant: Tenant): Entry<Approval>[] {
  const now = secondsNow(tenant);
  return tenant.store
    .list<Approval>(COLLECTION)
    .filter(({ document }) => document.state === "waiting" && document.expiresAt > now);
}

export function answer(tenant: Tenant, id: string, user: string, approved: boolean): void {
  const approval = tenant.store.get<Approval>(COLLECTION, id);
  if (approval) tenant.store.put(COLLECTION, id, { ...approval, user, state: approved ? "approved" : "denied" });
}
