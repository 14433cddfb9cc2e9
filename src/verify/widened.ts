/** Settings that decide about access, compared one by one: what is live and was not declared. Pure. */
import { isObject, type Json } from "./http.ts";

/**
 * How a setting widens access:
 * - `members`: by a member more; `keys`: by a public key more
 * - `other`: by another value
 * - `on`: when it is switched on, `off`: when it is switched off
 * - `more`: by a higher number; 0 and nothing stand for the default of the tenant, -1 for no end
 */
export type Widening = "members" | "keys" | "other" | "on" | "off" | "more";

export type Watched = {
  readonly widens: Widening;
  /** The value that a new object has and that nobody has to declare. */
  readonly usual: unknown;
};

/**
 * Settings by their names in the declaration; a name whose value is undefined stands for one that is declared and not known, and
 * is not looked at. A name that is missing means the usual value.
 */
export type Settings = Readonly<Record<string, unknown>>;

/**
 * @param live by name, as the tenant has them
 * @param fallback what 0 and nothing mean for a number, by name
 * @returns a sentence for each setting that is wider than declared
 */
export function widenedSettings(
  watched: Readonly<Record<string, Watched>>,
  declared: Settings,
  live: Settings,
  fallback: Readonly<Record<string, number>> = {},
): string[] {
  return Object.entries(watched).flatMap(([name, { widens, usual }]) => {
    if (name in declared && declared[name] === undefined) return [];
    const wanted = declared[name] ?? usual;
    const found = live[name] === "" ? usual : (live[name] ?? usual);
    if (widens === "members") {
      const more = listOf(found).filter((member) => !listOf(wanted).includes(member));
      return more.length ? [`${name} has ${more.join(", ")}`] : [];
    }
    if (widens === "keys") {
      const declaredKeys = keysOf(wanted).map(material);
      const more = keysOf(found).filter((key) => !declaredKeys.includes(material(key)));
      return more.length ? [`${name} has the key ${more.map(({ kid }) => kid ?? "(no kid)").join(", ")}`] : [];
    }
    if (widens === "more") {
      const most = fallback[name] ?? 0;
      return secondsOf(found, most) > secondsOf(wanted, most) ? [`${name} is ${found}, not ${shown(wanted)}`] : [];
    }
    const isWider = { on: found === true && wanted !== true, off: found === false && wanted === true };
    const differs = widens === "other" ? text(found) !== text(wanted) : isWider[widens];
    return differs ? [`${name} is ${shown(found)}, not ${shown(wanted)}`] : [];
  });
}

const listOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(text) : []);

/** The keys of a set, as the text that tenants keep or as an object. */
function keysOf(value: unknown): Json[] {
  const set: unknown = typeof value === "string" ? parsed(value) : value;
  return isObject(set) && Array.isArray(set.keys) ? set.keys.filter(isObject) : [];
}

/** What a public key is made of (RFC 7518 §6); anybody can choose its kid. */
const material = ({ kty, crv, x, y, n, e }: Json) => JSON.stringify([kty, crv, x, y, n, e]);

function secondsOf(value: unknown, fallback: number): number {
  const seconds = Number(value ?? 0);
  return seconds < 0 ? Number.POSITIVE_INFINITY : seconds || fallback;
}

const text = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value ?? null));

/** A value in a sentence: short, since a key set or a certificate fills a screen. */
export function shown(value: unknown): string {
  if (value === undefined || value === null || value === "") return "(none)";
  const whole = text(value);
  return whole.length > 60 ? `${whole.slice(0, 59)}…` : whole;
}

function parsed(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
