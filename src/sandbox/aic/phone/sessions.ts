/** Who is signed in on the phone page. Sessions live in memory: they end with the sandbox. */
import { randomBytes } from "node:crypto";
import { sha256 } from "../../json.ts";
import type { Tenant } from "../../tenant.ts";
import { type User, userById } from "../oauth/users.ts";
import type { Realm } from "../realms.ts";

/** Seconds by the tenant's clock. */
const LIFETIME = 12 * 3600;

type Session = { readonly realm: Realm; readonly user: string; readonly expiresAt: number };

export class Sessions {
  readonly #tenant: Tenant;
  /** By hash of the token. */
  readonly #sessions = new Map<string, Session>();

  constructor(tenant: Tenant) {
    this.#tenant = tenant;
  }

  /** @returns the token for the cookie */
  start(realm: Realm, user: User): string {
    const token = randomBytes(32).toString("base64url");
    const expiresAt = this.#tenant.clock.now() + LIFETIME * 1000;
    this.#sessions.set(sha256(token), { realm, user: user.id, expiresAt });
    return token;
  }

  /** The user of a session, while it lasts and the user is active. */
  userOf(token: string): { realm: Realm; user: User } | undefined {
    const session = this.#sessions.get(sha256(token));
    if (!session || session.expiresAt <= this.#tenant.clock.now()) return undefined;
    const user = userById(this.#tenant, session.realm, session.user);
    return user?.active ? { realm: session.realm, user } : undefined;
  }

  end(token: string): void {
    this.#sessions.delete(sha256(token));
  }
}
