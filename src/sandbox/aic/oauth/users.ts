/** Users of a realm, read from IDM on every request. */

import { isSecret } from "../../secrets.ts";
import type { Tenant } from "../../tenant.ts";
import type { ManagedRecord } from "../idm/records.ts";
import type { Realm } from "../realms.ts";

export type User = {
  readonly id: string;
  readonly userName: string;
  readonly active: boolean;
  readonly password: string | undefined;
};

const collectionOf = (realm: string): string => `managed/${realm}_user`;

export function userById({ store }: Tenant, realm: Realm, id: string): User | undefined {
  const record = store.get<ManagedRecord>(collectionOf(realm), id);
  return record && readUser(record);
}

/** The user with exactly this name. */
export function userByName({ store }: Tenant, realm: Realm, userName: string): User | undefined {
  const found = store
    .list<ManagedRecord>(collectionOf(realm))
    .find(({ document }) => document.body.userName === userName);
  return found && readUser(found.document);
}

/** Whether the password is the user's; a user without one has no right password. */
export function hasPassword(user: User | undefined, password: string): boolean {
  return isSecret(password, user?.password);
}

/** An account without a status is active, as IDM's default makes it. */
function readUser({ body, secret }: ManagedRecord): User {
  const active = String(body.accountStatus ?? "active").toLowerCase() === "active";
  return { id: String(body._id), userName: String(body.userName), active, password: secret };
}
