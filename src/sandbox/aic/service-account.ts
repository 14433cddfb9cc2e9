/** The service account that the start-up message hands out. */
import { randomUUID } from "node:crypto";
import { exportJWK, generateKeyPair, type JWK } from "jose";
import type { JsonObject } from "../json.ts";
import type { Store } from "../store.ts";
import { SETTINGS } from "../tenant.ts";

export type ServiceAccount = { readonly id: string; readonly jwk: JWK };

/** Service accounts that log in although the tenant does not list them: the sandbox's own. */
export const OWN_ACCOUNTS = "sandbox/accounts";

const SCOPES = ["fr:am:*", "fr:idm:*", "fr:idc:esv:*"];

/** Reads the account of a data folder, or makes one with a 2048-bit RSA key. It outlives resets. @param key of a new account */
export async function serviceAccountOf(store: Store, key?: JWK): Promise<ServiceAccount> {
  const known = store.get<ServiceAccount>(SETTINGS, "service-account");
  if (known) return known;
  const jwk: JWK = { ...(key ?? (await makeKey())), alg: "RS256", use: "sig", kid: randomUUID() };
  const account: ServiceAccount = { id: randomUUID(), jwk };
  store.put(SETTINGS, "service-account", account);
  // Outside of the tenant, so that it can log in when an emptied tenant has no service account.
  store.put(OWN_ACCOUNTS, account.id, { body: bodyOf(account) });
  return account;
}

async function makeKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair("RS256", { extractable: true, modulusLength: 2048 });
  return exportJWK(privateKey);
}

/** The sandbox's own accounts as managed objects. */
export function ownAccounts(store: Store): { readonly id: string; readonly body: JsonObject }[] {
  return store.list<{ body: JsonObject }>(OWN_ACCOUNTS).map(({ id, document: { body } }) => ({ id, body }));
}

function bodyOf({ jwk: { kty, n, e, alg, use, kid } }: ServiceAccount): JsonObject {
  return {
    name: "sandbox",
    description: "The service account of the local tenant",
    accountStatus: "Active",
    scopes: SCOPES,
    jwks: JSON.stringify({ keys: [{ kty, n, e, alg, use, kid }] }),
  };
}
