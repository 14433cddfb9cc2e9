/** What is taken into a declaration, and what is not: an agent with all that it is, or not at all. */

import { withEntries, withSection } from "../declaration/edit.ts";
import { DeclarationError, type Mistake, type ParsedDeclaration } from "../declaration/load.ts";
import { mapping } from "../declaration/rules/rule.ts";
import { PingAgentsError } from "../errors.ts";
import { type Declaration, inspectDeclaration } from "../platforms.ts";
import { describeMark } from "../providers/owner.ts";
import {
  type Asked,
  type Candidate,
  CLIENTS,
  type Clients,
  type EntryId,
  type Found,
  idOf,
  isCalled,
  type Resource,
  SECTIONS,
} from "./candidate.ts";
import type { Standing } from "./standing.ts";

/** An entry that is not written, not what the tenant has, or longer than others, and why. */
export type Objection = { readonly id: EntryId; readonly reasons: readonly string[] };

/** What an adoption comes to. */
export type Proposal = {
  /** The declaration with what is taken in. */
  readonly text: string;
  /** Entries that are new in it. */
  readonly entries: readonly EntryId[];
  /**
   * Objects that are as declared, and somebody else's, or the stack's own with nothing in its state, as a run leaves them that was cut
   * off: each gets the mark of the stack.
   */
  readonly marked: readonly MarkedObject[];
  /** Logical names of entries of shared documents that are there as declared: they get no mark. */
  readonly shared: readonly string[];
  /** Agents, and applications that were asked for, that no entry is written for. */
  readonly leftOut: readonly Objection[];
  /** What these reach that no entry is written for: their access names it all the same. */
  readonly named: readonly Objection[];
  /** Entries that say in the words of the platform who acts with tokens: what, and what would change that. */
  readonly spelledOut: readonly Objection[];
  /** Entries of before that are not what the tenant has. */
  readonly different: readonly Objection[];
};

/** An object that is taken over. */
export type MarkedObject = {
  readonly entry: EntryId;
  /** As people call it: kind and id. */
  readonly object: string;
  /** Logical name of the resource. */
  readonly resource: string;
};

/** What is to be taken in, and into what. */
export type Wish = {
  readonly found: Found;
  /** The declaration as it is. */
  readonly text: string;
  /** Reads a text as that declaration. @throws DeclarationError */
  parse(text: string): ParsedDeclaration;
  readonly asked?: Asked | undefined;
  /** The id of the stack, where it has one. */
  readonly stack: string | undefined;
  /** Logical names of the resources in its state. */
  readonly recorded: ReadonlySet<string>;
  /** What an entry becomes. */
  resources(declaration: Declaration, id: EntryId): readonly Resource[];
  standing(resource: Resource): Promise<Standing>;
};

/** Why entries are not written, and which of those that say the same have failed. */
type Refusals = {
  readonly refused: Map<EntryId, readonly string[]>;
  readonly failures: Map<EntryId, (readonly string[])[]>;
};

/**
 * Chooses, writes and compares, until nothing new is left that an `up` would refuse or change.
 *
 * @throws ERR_CLIENT_UNKNOWN for an agent or application that is not there, ERR_DECLARATION where the file is wrong already
 */
export async function proposed(wish: Wish): Promise<Proposal> {
  const { candidates } = wish.found;
  const written = new Set(idsIn(wish.parse(wish.text).value));
  const chosen = chosenFrom(wish, written);
  const refused = new Map<EntryId, readonly string[]>();
  for (const one of candidates) {
    const reasons = objectionsTo(one, wish);
    if (reasons.length > 0) refused.set(idOf(one), reasons);
  }
  const refusals: Refusals = { refused, failures: new Map() };
  for (;;) {
    const wanted = chosen.filter((one) => !refused.has(idOf(one)));
    const needed = new Set(wanted.flatMap(({ needs }) => needs));
    const taken = candidates.filter((one) => {
      const id = idOf(one);
      return (wanted.includes(one) || needed.has(id)) && !refused.has(id) && !written.has(id);
    });
    const text = draftOf(wish, taken, written, refusals);
    const { declaration, mistakes } = inspectDeclaration(wish.parse(text));
    const isDeclared = isDeclaredIn(taken, written);
    if (refuseWrong(taken, mistakes, isDeclared, refusals)) continue;
    if (!declaration) throw new DeclarationError(mistakes);
    const judged = await Promise.all(idsIn(declaration).map((id) => judge(wish, declaration, id)));
    const objections = judged.filter(({ reasons }) => reasons.length > 0);
    const fresh = objections.filter(({ id }) => !written.has(id));
    for (const { id, reasons } of fresh) refused.set(id, reasons);
    if (fresh.length > 0) continue;
    const about = (ones: readonly Candidate[]) =>
      ones.map(idOf).flatMap((id): Objection[] => {
        const reasons = refused.get(id);
        return reasons ? [{ id, reasons }] : [];
      });
    const spelledOut = taken.map((one) => ({ id: idOf(one), reasons: one.spelledOut?.(isDeclared) ?? [] }));
    return {
      ...{ text, entries: taken.map(idOf), marked: judged.flatMap(({ marked }) => marked), different: objections },
      shared: wish.found.shared(declaration),
      spelledOut: spelledOut.filter(({ reasons }) => reasons.length > 0),
      leftOut: about(chosen),
      named: about(
        candidates.filter((one) => needed.has(idOf(one)) && !written.has(idOf(one)) && !chosen.includes(one)),
      ),
    };
  }
}

/** Entries that a declaration has, in the order in which they are written. */
function idsIn(declaration: unknown): EntryId[] {
  const sections = mapping(declaration);
  return SECTIONS.flatMap((section) =>
    Object.keys(mapping(sections[section])).map((key): EntryId => `${section}/${key}`),
  );
}

/** What one is called, and the option that names one. */
const WORDS: Readonly<Record<Clients, { readonly noun: string; readonly option: string }>> = {
  agents: { noun: "AI agent", option: "--agent" },
  applications: { noun: "application", option: "--application" },
};

/** The section of a client. */
const clientsOf = ({ section }: Candidate): Clients | undefined => CLIENTS.find((one) => one === section);

/** @throws ERR_CLIENT_UNKNOWN */
function chosenFrom({ found, asked = {} }: Wish, written: ReadonlySet<EntryId>): Candidate[] {
  const isAll = CLIENTS.every((section) => asked[section] === undefined);
  return CLIENTS.flatMap((section) => {
    const all = found.candidates.filter((one) => one.section === section);
    const names = asked[section] ?? [];
    const unknown = names.filter((name) => !all.some((one) => isCalled(one, name)));
    if (unknown.length > 0) {
      const { noun } = WORDS[section];
      const what = unknown.map((name) => `"${name}"`).join(", ");
      throw new PingAgentsError("ERR_CLIENT_UNKNOWN", `there is no ${noun} ${what}`, {
        hint: `name an ${noun.replace("AI ", "")} by its client id, its name, or its key in the declaration`,
      });
    }
    const isMeant = (one: Candidate) => names.some((name) => isCalled(one, name)) || (isAll && section === "agents");
    return all.filter((one) => isMeant(one) && !written.has(idOf(one)));
  });
}

/** Why an object cannot be taken in, whatever an entry would say. */
function objectionsTo(one: Candidate, { asked, stack }: Wish): readonly string[] {
  const { key, mark, problems } = one;
  const section = clientsOf(one);
  const isNamed = section && asked?.[section]?.some((name) => isCalled(one, name));
  if (mark.whose !== "stack" || mark.stack === stack || isNamed) return problems;
  const how = section ? `; ${WORDS[section].option} ${key} takes it over` : "";
  return [`belongs to ${describeMark(mark)}${how}`, ...problems];
}

/** Whether an entry stands in the declaration with what is taken in. */
function isDeclaredIn(taken: readonly Candidate[], written: ReadonlySet<EntryId>): (id: EntryId) => boolean {
  const ids = new Set(taken.map(idOf));
  return (id) => ids.has(id) || written.has(id);
}

/** The text with the entries. */
function draftOf(
  wish: Wish,
  taken: readonly Candidate[],
  written: ReadonlySet<EntryId>,
  { failures }: Refusals,
): string {
  const isDeclared = isDeclaredIn(taken, written);
  const sections = taken.length > 0 ? Object.entries(wish.found.surroundings(taken.map(idOf))) : [];
  const text = sections.reduce((before, [section, value]) => withSection(before, section, value), wish.text);
  const entryOf = (one: Candidate) => one.entries(isDeclared)[failures.get(idOf(one))?.length ?? 0];
  return SECTIONS.reduce((before, section) => {
    const added = taken.filter((one) => one.section === section).toSorted((a, b) => (a.key < b.key ? -1 : 1));
    return withEntries(before, section, Object.fromEntries(added.map((one) => [one.key, entryOf(one)])));
  }, text);
}

/** Tries another entry for what is wrong, else refuses it. @returns whether there was something */
function refuseWrong(
  taken: readonly Candidate[],
  mistakes: readonly Mistake[],
  isDeclared: (id: EntryId) => boolean,
  { refused, failures }: Refusals,
): boolean {
  const wrong = Map.groupBy(mistakes, ({ field }) => field.split(/[.[]/, 2).join("/"));
  const failed = taken.filter((one) => wrong.has(idOf(one)));
  for (const one of failed) {
    const id = idOf(one);
    const reasons = (wrong.get(id) ?? []).map(
      ({ field, message }) => `${field.split(".").slice(2).join(".")}: ${message}`,
    );
    const all = [...(failures.get(id) ?? []), reasons.map((reason) => reason.replace(/^: /, ""))];
    failures.set(id, all);
    // The shortest entry says best what is in the way.
    if (all.length >= one.entries(isDeclared).length) refused.set(id, all[0] ?? []);
  }
  return failed.length > 0;
}

/** How what an entry becomes stands to the tenant. */
async function judge(wish: Wish, declaration: Declaration, id: EntryId) {
  const standings = wish
    .resources(declaration, id)
    .map(async (resource) => [resource, await wish.standing(resource)] as const);
  const all = await Promise.all(standings);
  const marked = all.flatMap(([{ name }, standing]): MarkedObject[] => {
    const isTaken = standing.is === "equal" || (standing.is === "own" && !wish.recorded.has(name));
    return isTaken && standing.id !== undefined ? [{ entry: id, object: standing.id, resource: name }] : [];
  });
  const reasons = all.flatMap(([{ type, name }, standing]) => {
    if (standing.is === "missing") return [`${type} ${name} is not on the tenant`];
    return standing.is === "different" ? standing.reasons : [];
  });
  return { id, marked, reasons };
}
