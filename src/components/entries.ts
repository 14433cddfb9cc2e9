/** Which entry of a declaration a resource of a stack comes from, by its URN: also one that nobody declares any more. */

/** Leads to an entry, or into it. */
export type EntryPath = readonly string[];

/** Of one cloud, by kind. */
export type Entries = {
  /**
   * What stands for itself, by its name in the program. Where a section is named after a kind, `groups` after `aic:Group`, its entries are
   * found without.
   */
  readonly alone: Readonly<Record<string, (name: string) => EntryPath>>;
  /** What belongs to an agent or application: the path in its entry, by what stands after its key in the name. */
  readonly below: Readonly<Record<string, (rest: string) => EntryPath>>;
  /** What stands for an item of `access` in the name of its resource. */
  readonly accessName: (item: Readonly<Record<string, unknown>>) => string;
};

/** A resource, and the URN of what it is below. */
export type Located = { readonly urn: string; readonly parent?: string | undefined };

/** Sections of the components that a declaration is made into. */
const SECTIONS: Readonly<Record<string, string>> = { DeclaredAgent: "agents", CustomApplication: "applications" };

/** The section that is named after a kind, and the key in it: names of what a realm holds begin with the realm. */
function ofSection(kind: string, name: string, sections: readonly string[]): EntryPath | undefined {
  const section = `${kind.slice(kind.indexOf(":") + 1).replace(/^./, (first) => first.toLowerCase())}s`;
  const isOwn = sections.includes(section) && !Object.values(SECTIONS).includes(section);
  return isOwn ? [section, name.slice(name.indexOf("/") + 1)] : undefined;
}

/** Undefined for what no declaration makes. @param sections that a declaration of the cloud may have */
export function entryIn(
  { urn, parent }: Located,
  { alone, below }: Entries,
  sections: readonly string[],
): EntryPath | undefined {
  const [, , types = "", ...parts] = urn.split("::");
  const name = parts.join("::");
  const [type = "", component = ""] = types.split("$").toReversed();
  const kind = type.replace("pulumi-nodejs:dynamic/", "");
  const section = SECTIONS[component.split(":").at(-1) ?? ""];
  if (section === undefined) return alone[kind]?.(name) ?? ofSection(kind, name, sections);
  const key = parent?.split("::").slice(3).join("::") ?? name.split("/", 1)[0] ?? name;
  return [section, key, ...(below[kind]?.(name.slice(key.length + 1)) ?? [])];
}
