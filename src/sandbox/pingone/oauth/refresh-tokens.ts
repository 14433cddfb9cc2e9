/** Opaque refresh tokens: each works once, and one that comes back after its use ends all that came from it. */
import { randomBytes, randomUUID } from "node:crypto";
import { secondsNow } from "../../clock.ts";
import { Gap } from "../../errors.ts";
import { sha256 } from "../../json.ts";
import type { Tenant } from "../../tenant.ts";
import type { Document } from "../documents.ts";
import type { EnvironmentContext } from "./context.ts";
import type { SignOn } from "./sign-on.ts";

const COLLECTION = "sandbox/pingone-refresh";

/** What a refresh token brings again. */
type Renewed = {
  readonly client: string;
  readonly user: string;
  readonly scopes: readonly string[];
  readonly signOn: SignOn;
};

export type RefreshRecord = Renewed & {
  readonly family: string;
  readonly expiresAt: number;
  /** Until when the family can be renewed. */
  readonly rollsUntil: number;
  readonly used: boolean;
};

/** Defaults of the console (pingone §4.2). */
const LIFETIME_S = 2_592_000;
const ROLLING_S = 15_552_000;

/** Issues a refresh token where the application has the grant type; the first of a family, or the next. */
export function issueRefreshToken(
  tenant: Tenant,
  renewed: Renewed,
  client: Document,
  before?: RefreshRecord,
): string | undefined {
  if (!Array.isArray(client.grantTypes) || !client.grantTypes.includes("REFRESH_TOKEN")) return undefined;
  if (client.refreshTokenType === "JSON_WEB_TOKEN") throw new Gap("refresh tokens that are JWTs");
  const now = secondsNow(tenant);
  const rollsUntil = before?.rollsUntil ?? now + Number(client.refreshTokenRollingDuration ?? ROLLING_S);
  const expiresAt = Math.min(rollsUntil, now + Number(client.refreshTokenDuration ?? LIFETIME_S));
  const token = randomBytes(32).toString("base64url");
  const family = before?.family ?? randomUUID();
  const record: RefreshRecord = { ...renewed, family, expiresAt, rollsUntil, used: false };
  tenant.store.put(COLLECTION, sha256(token), record);
  return token;
}

/** Uses a refresh token. @throws {Refusal} for one that is unknown, used, expired or another client's */
export function useRefreshToken({ tenant, rules }: EnvironmentContext, client: Document, token: string): RefreshRecord {
  const { store } = tenant;
  const id = sha256(token);
  const record = store.get<RefreshRecord>(COLLECTION, id);
  if (!record) throw rules.refusal("refreshInvalid");
  rules.require("refreshInvalid", record.client === client.id);
  if (record.used) {
    const family = store.list<RefreshRecord>(COLLECTION).filter(({ document }) => document.family === record.family);
    for (const one of family) store.delete(COLLECTION, one.id);
  }
  rules.require("refreshInvalid", !record.used && record.expiresAt > secondsNow(tenant));
  store.put(COLLECTION, id, { ...record, used: true });
  return record;
}
