/** The settings of a declaration by the names under which the verifier looks at them. Pure. */

import type { Settings } from "../../verify/index.ts";

/**
 * @param names paths of settings, e.g. `tokens.accessTokenLifetime`
 * @returns those of them that are declared, by path
 */
export function declaredSettings(names: readonly string[], settings: object): Settings {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = name.split(".").reduce<unknown>(member, settings);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function member(of: unknown, name: string): unknown {
  return typeof of === "object" && of !== null ? (of as Readonly<Record<string, unknown>>)[name] : undefined;
}
