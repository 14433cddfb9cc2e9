/** The entries of a declaration by which somebody answers for an exception: `allow` of access, `accept` of findings. Pure. */

import type { Party } from "../row.ts";
import { type World, written } from "./rule.ts";

/** An entry as it is written. */
export type Exception = {
  readonly about: Party;
  readonly what: string;
  readonly owner: string;
  readonly expires: string | undefined;
  readonly path: readonly PropertyKey[];
};

/** Every one of them. Assertions of access are called `allow`, too, and have no owner. */
export function exceptionsOf({ written: all, clients }: World): Exception[] {
  return written(all).flatMap(({ path, value }) => {
    const list = path.at(-2);
    if ((list !== "allow" && list !== "accept") || typeof value !== "object" || value === null) return [];
    const { access, rule, owner, expires } = value as Readonly<Record<string, unknown>>;
    if (typeof owner !== "string") return [];
    const [section, key] = path;
    const holder = clients.find(({ path: [kind, id] }) => kind === section && id === key);
    const isOfAll = section === "allow" || section === "provider" || section === "accessPolicy";
    const name = String(isOfAll ? section : key);
    return [
      {
        about: holder ?? { id: name, name },
        what: String(access ?? rule),
        ...{ owner, path },
        expires: typeof expires === "string" ? expires : undefined,
      },
    ];
  });
}
