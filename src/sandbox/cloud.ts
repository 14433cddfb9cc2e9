/** What the sandbox needs of a cloud to play it. */
import type { Hono } from "hono";
import type { Users } from "./identity.ts";
import type { RuleTable } from "./refusals.ts";
import type { Store } from "./store.ts";
import type { Tenant } from "./tenant.ts";

/** What a new tenant holds. */
export type Seed = {
  /** The passwords of the documentation's people. */
  readonly users: Users;
  /** Whether they are there where a declaration can make them. */
  readonly people: boolean;
};

export type Cloud = {
  /** The rules on which its token services refuse, by the name under which the control plane lists them. */
  readonly rules: Readonly<Record<string, RuleTable>>;
  /** Puts in what is always there. The store holds nothing of the cloud. */
  readonly setUp: (store: Store) => void;
  /** Puts in what a demonstration needs: the documentation's people, and things of others. */
  readonly seed: (store: Store, seed: Seed) => void;
  /** Whether a collection is static configuration, which a promotion copies (decision 0006). @default none is */
  readonly isStatic?: (collection: string) => boolean;
  /** Declares pages for the browser of a user, who has no control token. @default none */
  readonly pages?: (app: Hono, tenant: Tenant) => void;
  /** Declares its own calls of the control plane; the guard of the control token comes before them. */
  readonly control: (app: Hono, tenant: Tenant) => void;
  /** Declares its servers, and what the control plane can load. They read and write one store, and share one clock. */
  readonly routes: (app: Hono, tenant: Tenant) => void;
};
