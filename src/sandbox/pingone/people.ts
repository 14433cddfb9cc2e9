/** People of an environment, and how they prove who they are. */
import { isSecret } from "../secrets.ts";
import type { Store } from "../store.ts";
import { type Document, listed } from "./documents.ts";

/** The user with this name and password. */
export function userWith(store: Store, username: string, password: string): Document | undefined {
  const user = listed(store, "users").find((row) => row.username === username);
  const known = user && store.get<{ secret: string }>("pingone-passwords", user.id);
  return isSecret(password, known?.secret) ? user : undefined;
}
