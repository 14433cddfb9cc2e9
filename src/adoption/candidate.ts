/** What can be taken into a declaration, on either cloud. */

import type { Declaration } from "../platforms.ts";
import type { Mark } from "../providers/owner.ts";
import type { Properties } from "../providers/pulumi-values.ts";

/** A section of the declaration that objects are taken into; what agents need comes first. */
export const SECTIONS = ["agreements", "signOnPolicies", "resources", "applications", "agents"] as const;
export type Section = (typeof SECTIONS)[number];

/** A resource that an entry becomes, as its kind takes it. */
export type Resource = { readonly type: string; readonly name: string; readonly props: Properties };

/** The place of an entry: `agents/support-agent`. */
export type EntryId = `${Section}/${string}`;

/** What an entry says of one thing that may be done. */
export type Part = {
  /** From the entry; items of `access` by their names. */
  readonly path: readonly string[];
  /** What stands there then, or one item more of the list there: the first that a declaration takes. */
  readonly values: readonly unknown[];
  readonly isItem?: true;
};

/** Sections of what is taken in for itself; all others are for these. */
export const CLIENTS = ["agents", "applications"] as const;
export type Clients = (typeof CLIENTS)[number];

/**
 * What is asked for: keys, client ids or names. Where nothing is, all agents that belong to no other stack.
 *
 * An application that nobody asks for is taken in where an agent or application that is needs it.
 */
export type Asked = Readonly<Partial<Record<Clients, readonly string[] | undefined>>>;

/** An agent or application, or what these reach, as it is on the tenant. */
export type Candidate = {
  readonly section: Section;
  /** Where it is declared, or would be. */
  readonly key: string;
  /** By what options and people may call it beside its key. */
  readonly name: string;
  /** The same, where it is not its key. */
  readonly clientId?: string;
  readonly mark: Mark;
  /** What it needs of the declaration. */
  readonly needs: readonly EntryId[];
  /** Why no declaration can say what is there. */
  readonly problems: readonly string[];
  /**
   * Entries that say what is there, the shortest first; not all need be valid.
   *
   * @param isDeclared whether something is declared beside it, and so named by its key
   */
  entries(isDeclared: (id: EntryId) => boolean): readonly Properties[];
  /**
   * What it may do, one by one, without what another stack granted: by what `allow` calls it, below the path of a part of the
   * entry, such as an item of `access`, where that has it: `access/orders/scope/read`.
   */
  parts(isDeclared: (id: EntryId) => boolean): Readonly<Record<string, Part>>;
  /**
   * What of its delegation the entry says in the words of the platform, since `delegates` does not make it, and what would change that.
   *
   * @default nothing
   */
  spelledOut?(isDeclared: (id: EntryId) => boolean): readonly string[];
};

/** What a tenant, or an export of one, has. */
export type Found = {
  readonly candidates: readonly Candidate[];
  /**
   * What agents and applications need beside their dependencies, as sections of the declaration.
   *
   * @param ids of what is taken in
   */
  surroundings(ids: readonly EntryId[]): Properties;
  /** Logical names of resources that are entries of documents which others share, and that are there as declared. */
  shared(declaration: Declaration): readonly string[];
};

/** Whether people or options mean it by a name. */
export const isCalled = ({ key, name, clientId }: Candidate, called: string): boolean =>
  [key, name, clientId].includes(called);

export const idOf = ({ section, key }: Pick<Candidate, "section" | "key">): EntryId => `${section}/${key}`;
