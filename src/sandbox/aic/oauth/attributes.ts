/** Typed reading of configuration attributes: a value of another type counts as not set. Pure functions. */

/** The strings of an array. */
export function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((element) => typeof element === "string") : [];
}

export function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** A number above zero: lifetimes of 0 mean "not set here" (aic §2.3). */
export function positive(value: unknown): number | undefined {
  return typeof value === "number" && value > 0 ? value : undefined;
}

/** The names of configured scopes; an entry is `name` or `name|text shown` (aic §5.2). */
export function scopeNames(value: unknown): string[] {
  return strings(value).map((entry) => entry.split("|")[0] ?? entry);
}
