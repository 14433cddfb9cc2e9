/** What waits for a user: CIBA requests and device authorizations, from their start to the token (CIBA Core §7, RFC 8628). */
import { randomBytes, randomInt } from "node:crypto";
import { secondsNow } from "../../clock.ts";
import { sha256 } from "../../json.ts";
import type { Entry } from "../../store.ts";
import type { Tenant } from "../../tenant.ts";
import type { Document } from "../documents.ts";
import { demand } from "./rules.ts";

const COLLECTION = "sandbox/pingone-approvals";

export type Approval = {
  readonly kind: "ciba" | "device";
  readonly client: string;
  /** User who is asked; on a device the one who answers. */
  readonly user: string | undefined;
  readonly userCode: string | undefined;
  readonly scopes: readonly string[];
  readonly bindingMessage: string | undefined;
  readonly expiresAt: number;
  readonly interval: number;
  readonly polledAt: number | undefined;
  readonly state: "waiting" | "approved" | "denied";
};

/** Starts a request. @returns the secret that the client polls with */
export function startApproval(
  tenant: Tenant,
  request: Omit<Approval, "polledAt" | "state" | "expiresAt"> & { readonly lifetime: number },
): string {
  const { lifetime, ...rest } = request;
  const secret = randomBytes(32).toString("base64url");
  const expiresAt = secondsNow(tenant) + lifetime;
  const approval: Approval = { ...rest, expiresAt, polledAt: undefined, state: "waiting" };
  tenant.store.put(COLLECTION, sha256(secret), approval);
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
 * @throws {OAuthRefusal} until the user has approved
 */
export function poll(tenant: Tenant, client: Document, kind: Approval["kind"], secret: string): Approval {
  const { store } = tenant;
  const id = sha256(secret);
  const approval = store.get<Approval>(COLLECTION, id);
  demand("unknownRequest", approval && approval.kind === kind && approval.client === client.id);
  const now = secondsNow(tenant);
  demand("expired", approval.expiresAt > now);
  const isEarly = approval.polledAt !== undefined && now - approval.polledAt < approval.interval;
  store.put(COLLECTION, id, { ...approval, polledAt: now });
  demand("slowDown", !isEarly);
  demand("pending", approval.state !== "waiting");
  store.delete(COLLECTION, id);
  demand("denied", approval.state === "approved");
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
