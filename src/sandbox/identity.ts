/** What a data folder keeps for itself across resets: the control token, and the passwords of the documentation's people. */
import { randomBytes } from "node:crypto";
import type { Store } from "./store.ts";
import { SETTINGS } from "./tenant.ts";

/** Passwords by user name. */
export type Users = Readonly<Record<string, { readonly password: string }>>;

export type Identity = { readonly controlToken: string; readonly users: Users };

/** The people of the documentation, whom every cloud knows. */
export const PEOPLE = [
  person("barbara.jensen", "Barbara", "Jensen"),
  person("end.user", "End", "User"),
  person("demo.owner", "Demo", "Owner"),
] as const;

function person(userName: string, givenName: string, familyName: string) {
  return { userName, givenName, familyName, mail: `${userName}@example.com` };
}

/** Reads the identity of a data folder, or makes one. */
export function identityOf(store: Store): Identity {
  const known = store.get<Identity>(SETTINGS, "identity");
  if (known) return known;
  const identity: Identity = {
    controlToken: random(32),
    users: Object.fromEntries(PEOPLE.map(({ userName }) => [userName, { password: random(18) }])),
  };
  store.put(SETTINGS, "identity", identity);
  return identity;
}

const random = (bytes: number) => randomBytes(bytes).toString("base64url");
