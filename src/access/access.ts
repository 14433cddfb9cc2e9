/** Who may do what in one place, declared or live. Pure. */

import type { Allowed } from "../fields/undeclared-access.ts";
import type { People } from "./people.ts";
import type { Party, Row } from "./row.ts";

/** An owner of an agent. */
export type Owned = {
  readonly of: Party;
  /** User name. */
  readonly owner: string;
  /** Where it is declared; undefined for what was read from a tenant. */
  readonly path?: readonly PropertyKey[] | undefined;
};

/** What a tenant alone can say, beside its rows. */
export type Live = {
  /** Those whose accounts are switched off. */
  readonly disabledOwners: readonly Owned[];
  /** Whether clients register themselves without an account. */
  readonly isRegistrationOpen: boolean;
};

/** What says who may act with whose tokens, in a way that cannot be read: whoever may has no row by it. */
export type Unread = {
  readonly about: Party;
  /** What it is and why, in words that go on after the name and a colon. */
  readonly what: string;
  /** Whether somebody may have access by it who has no row. */
  readonly hidesRows: boolean;
  /** Where it is declared; undefined for what was read from a tenant. */
  readonly path?: readonly PropertyKey[] | undefined;
  /** The object of the tenant: `resource/<id>`, `script/<id>`. */
  readonly object: string;
};

export type Access = {
  readonly rows: readonly Row[];
  /** Every agent, also one that may do nothing. */
  readonly agents: readonly Party[];
  /** The groups that rows name, as far as they are known. */
  readonly people: People;
  /** @default none */
  readonly unread?: readonly Unread[] | undefined;
  /** The entry by which somebody answers for a row that is not declared; only a declaration has any. @default none */
  readonly allows?: ((row: Row) => Allowed | undefined) | undefined;
  /** Only a tenant has any. @default none */
  readonly live?: Live | undefined;
};
