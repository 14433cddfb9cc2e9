/** What drift is: a change that somebody made by hand, of which class, and what it means. Pure. */

/** What a change does to the security of a stack, the worst first. */
export const CLASSES = {
  widened: "access widened",
  weakened: "security weakened",
  replaced: "secret replaced",
  narrowed: "access narrowed",
  cosmetic: "cosmetic",
} as const;
export type Class = keyof typeof CLASSES;

/** Classes, the worst first. */
export const classes = Object.keys(CLASSES) as [Class, ...Class[]];

/** Whether a class is at least as bad as another one. */
export const isAtLeast = (one: Class, other: Class): boolean => classes.indexOf(one) <= classes.indexOf(other);

/** What a change means. */
export type Verdict = {
  readonly class: Class;
  /** A sentence about the resource, without its subject's name: `it may ask for further scopes`. */
  readonly means: string;
};

/** A resource of the stack. */
export type ResourceName = {
  readonly urn: string;
  /** URN of what it is below. */
  readonly parent?: string | undefined;
  /** Its kind, e.g. `aic:AiAgent`. */
  readonly type: string;
  /** Logical name in the program. */
  readonly name: string;
};

/** The last change of an object, as far as its tenant says. */
export type LastChange = {
  /** ISO 8601. */
  readonly at: string;
  /** Who made it; absent where the tenant does not say. */
  readonly by?: string | undefined;
};

/** One difference between the state and the tenant. */
export type Finding = Verdict &
  Pick<ResourceName, "type" | "name"> & {
    /** Path of the field in the resource; empty for the object as a whole. */
    readonly path: readonly string[];
    /** Where that is in the declaration, in its words: `agents.support-agent.tokens.accessTokenLifetime`. */
    readonly entry: string;
    /** What `allow` calls it: access that nobody declared by its name on the platform, all else by its place and what is there. */
    readonly access: string;
    /** True for access that nobody declared: `allow` of its own entry names it. */
    readonly isUndeclared?: true;
    /** The keys that lead to the entry of the resource in the declaration. */
    readonly at: readonly string[];
    /** The keys that lead on, from the entry to the field. */
    readonly field: readonly string[];
    /** True where the object as a whole is gone. */
    readonly isMissing?: true;
    /** Of the object as a whole, which may have been another change; absent where the tenant does not say. */
    readonly lastChange?: LastChange | undefined;
    /** As the stack left it, and as the tenant has it; absent for a secret, and where `means` says all. */
    readonly values?: { readonly was: unknown; readonly is: unknown } | undefined;
  };

/** A resource that could not be compared, and why. */
export type Unreadable = Pick<ResourceName, "type" | "name"> & { readonly code: string; readonly reason: string };

/** Findings as reports show them: the worst first, then by the declaration. */
export const inOrder = (findings: readonly Finding[]): Finding[] =>
  findings.toSorted(
    (a, b) =>
      classes.indexOf(a.class) - classes.indexOf(b.class) || inText(a.entry, b.entry) || inText(a.means, b.means),
  );

const inText = (a: string, b: string) => (a < b ? -1 : Number(a > b));
