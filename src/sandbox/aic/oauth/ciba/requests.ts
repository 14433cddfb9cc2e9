/** Requests for approval by back channel: kept with the tenant, known by a hash of their `auth_req_id`. */
import { randomBytes } from "node:crypto";
import { secondsNow } from "../../../clock.ts";
import { sha256 } from "../../../json.ts";
import type { Tenant } from "../../../tenant.ts";
import type { Realm } from "../../realms.ts";
import { type Client, clientOf } from "../clients.ts";
import { type User, userById } from "../users.ts";

const REQUESTS = "sandbox/ciba-requests";
/** How long an expired request is still told from an unknown one, in seconds. */
const REMEMBERED = 3600;

export type CibaRequest = {
  readonly realm: Realm;
  readonly client: string;
  /** UUID of the user who is asked. */
  readonly user: string;
  readonly scopes: string[];
  /** Key of the acr mapping, and the journey it stands for. */
  readonly acr: string;
  readonly journey: string;
  readonly bindingMessage: string | undefined;
  /** Seconds since 1970. */
  readonly createdAt: number;
  readonly expiresAt: number;
  /** Seconds between two polls. */
  readonly interval: number;
  /** Milliseconds since 1970. */
  readonly lastPoll?: number;
  readonly state: "pending" | "approved" | "denied" | "used";
  /** When the user approved, seconds since 1970. */
  readonly authTime?: number;
};

/** A request that waits for its user, under an id which is no credential. */
export type PendingRequest = {
  readonly id: string;
  readonly request: CibaRequest;
  readonly user: User;
  readonly client: Client;
};

/** Keeps a new request. @returns its `auth_req_id`: 256 random bits */
export function startRequest(tenant: Tenant, request: CibaRequest): string {
  const { store } = tenant;
  const authReqId = randomBytes(32).toString("base64url");
  store.transaction(() => {
    for (const { id, document } of store.list<CibaRequest>(REQUESTS)) {
      if (document.expiresAt + REMEMBERED <= secondsNow(tenant)) store.delete(REQUESTS, id);
    }
    store.put(REQUESTS, idOf(authReqId), request);
  });
  return authReqId;
}

/** The id under which a request is listed. */
export function idOf(authReqId: string): string {
  return sha256(authReqId);
}

export function requestById({ store }: Tenant, id: string): CibaRequest | undefined {
  return store.get<CibaRequest>(REQUESTS, id);
}

export function keepRequest({ store }: Tenant, id: string, request: CibaRequest): void {
  store.put(REQUESTS, id, request);
}

/** What waits for an approval now, oldest first. */
export function pendingRequests(tenant: Tenant): PendingRequest[] {
  return tenant.store.list<CibaRequest>(REQUESTS).flatMap(({ id, document: request }) => {
    const { state, expiresAt, realm } = request;
    if (state !== "pending" || expiresAt <= secondsNow(tenant)) return [];
    const user = userById(tenant, realm, request.user);
    const client = clientOf(tenant, realm, request.client);
    return user && client ? [{ id, request, user, client }] : [];
  });
}

/**
 * The user's answer to a pending request.
 * @returns false when the request does not wait any more
 */
export function answerRequest(tenant: Tenant, id: string, approve: boolean): boolean {
  return tenant.store.transaction(() => {
    const pending = pendingRequests(tenant).find((one) => one.id === id);
    if (!pending) return false;
    const state = approve ? { state: "approved" as const, authTime: secondsNow(tenant) } : { state: "denied" as const };
    keepRequest(tenant, id, { ...pending.request, ...state });
    return true;
  });
}
