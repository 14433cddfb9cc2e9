/** Entries by names that somebody chose. Pure. */

/** The entry of this name, and never what every object inherits: `constructor` may be a name, too. */
export const named = <T>(entries: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(entries, name) ? entries[name] : undefined;
