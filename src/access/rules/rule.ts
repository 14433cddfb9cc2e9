/** What a rule over access is, and what it looks at. Pure. */

import type { RuleId, Severity } from "../../fields/access-policy.ts";
import type { Access } from "../access.ts";
import type { Party, Row } from "../row.ts";

type Path = readonly PropertyKey[];

/** What an agent or application was given on one application or resource. */
export type Entry = {
  readonly target: Party;
  readonly scopes: "all" | readonly string[];
  /** Every scope that there is; undefined where the declaration does not say. */
  readonly offered?: readonly string[] | undefined;
  /** Where the scopes are written. */
  readonly path: Path;
};

/** An agent or application as it is declared, its pattern or type expanded. */
export type Client = Party & {
  readonly path: readonly [kind: "agents" | "applications", key: string];
  /** Declared as an agent, or an application that acts as one. */
  readonly acts: boolean;
  readonly enabled: boolean;
  /** As in a token request. */
  readonly grantTypes: readonly string[];
  readonly responseTypes: readonly string[];
  readonly redirectUris: readonly string[];
  /** Whether a redirect URI may stand for many. */
  readonly hasRedirectPatterns: boolean;
  readonly authMethod: string;
  readonly owners: readonly string[];
  readonly sponsor: string | undefined;
  /** `YYYY-MM-DD`, UTC. */
  readonly expires: string | undefined;
  /** Public keys that sign its requests, as JWKs. */
  readonly keys: readonly object[];
  readonly entries: readonly Entry[];
};

/** How long access tokens live, in seconds. */
export type Lifetime = { readonly of: Party; readonly seconds: number; readonly path: Path };

/** A scope, and where it is declared. */
export type Offer = { readonly of: Party; readonly scope: string; readonly path: Path };

/** What is declared, beside the rows that come of it. */
export type Declared = {
  /** Undefined where the platform has none. */
  readonly tier: "development" | "staging" | "production" | undefined;
  readonly clients: readonly Client[];
  readonly lifetimes: readonly Lifetime[];
  /** Scopes that somebody should be able to get. */
  readonly offers: readonly Offer[];
  /** What stands in the file, its values as they are written. */
  readonly written: unknown;
  /** What `validate` warns of, by the rule that stands for it. */
  readonly warnings: ReadonlyMap<RuleId, readonly { readonly path: Path; readonly message: string }[]>;
};

/** All that rules look at; of a tenant nothing is declared. */
export type World = Access &
  Declared & {
    /** `YYYY-MM-DD`, UTC. */
    readonly today: string;
  };

/** What a rule found, before it has a severity. */
export type Found = {
  readonly about: Party;
  /** What is so, in words that go on after the name and a colon. */
  readonly what: string;
  /** Where it is declared. */
  readonly path?: Path | undefined;
  /** The row that shows it. */
  readonly row?: Row | undefined;
  /** The object of the tenant that shows it where no row does: `user/<user name>`. */
  readonly object?: string | undefined;
  /** Whether somebody may have access by it who has no row. @default false */
  readonly hidesRows?: boolean | undefined;
};

export type Rule = {
  readonly id: RuleId;
  readonly severity: Severity;
  /** Why it is worth a word. */
  readonly reason: string;
  /** What to do. */
  readonly fix: string;
  /** Where that is from. */
  readonly source: string;
  readonly find: (world: World) => readonly Found[];
};

/** Names in quotation marks, in an order that does not hang on where they come from. */
export const quoted = (names: readonly string[]): string =>
  [...new Set(names)]
    .toSorted()
    .map((one) => `"${one}"`)
    .join(", ");

/** The same where the platform does not say its tier: a finding too many is better than one too few. */
export const isDevelopment = ({ tier }: Pick<Declared, "tier">): boolean => tier === "development";

/** True for production, and where the platform does not say its tier. */
export const mayBeProduction = ({ tier }: Pick<Declared, "tier">): boolean =>
  tier === undefined || tier === "production";

/** The rows of each agent. */
export const byAgent = ({ rows }: Pick<World, "rows">): readonly [Row, ...Row[]][] =>
  [...Map.groupBy(rows, ({ agent }) => agent.id).values()] as [Row, ...Row[]][];

/** Finds what `validate` warns of. */
export const warned =
  (id: RuleId) =>
  ({ clients, warnings }: World): Found[] =>
    (warnings.get(id) ?? []).map(({ path, message }) => {
      const [, key] = path;
      const about = clients.find((one) => one.id === key) ?? { id: String(key), name: String(key) };
      return { about, what: message, path };
    });

type Leaf = { readonly path: Path; readonly value: unknown };

/** What is written in declarations: several rules look at all of it. */
const known = new WeakMap<object, readonly Leaf[]>();

/** Everything that is written, each with its path, what holds it first. */
export function written(all: unknown): readonly Leaf[] {
  if (typeof all !== "object" || all === null) return [{ path: [], value: all }];
  const leaves = known.get(all) ?? [...leavesOf(all, [])];
  known.set(all, leaves);
  return leaves;
}

function* leavesOf(value: unknown, path: Path): Generator<Leaf> {
  yield { path, value };
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    yield* leavesOf(inner, [...path, Array.isArray(value) ? Number(key) : key]);
  }
}
