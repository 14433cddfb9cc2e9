/** What a declaration asserts of access, held against rows: what must be possible, what never, what needs an approval. Pure. */

import type { AccessPolicy, Assertion, Critical } from "../fields/access-policy.ts";
import type { Access } from "./access.ts";
import { type Finding, type Findings, findingsOf, inOrder, type PlaceOf, rowPlace } from "./findings.ts";
import type { People } from "./people.ts";
import { EVERY_SCOPE, type Party, partiesOf, type Row, type Subject } from "./row.ts";
import type { World } from "./rules/rule.ts";
import { bundles, listed, sentenceOf } from "./sentence.ts";

type Patterns = string | readonly string[] | undefined;

/** `*` stands for any text. */
function isLike(text: string, pattern: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "s").test(text);
}

/**
 * Whether names are meant.
 *
 * @param own the names that it goes by: one that is taken out takes it out
 * @param wider names that it stands for besides
 */
function isMeant(patterns: Patterns, own: readonly string[], wider: readonly string[] = []): boolean {
  if (patterns === undefined) return true;
  const all = typeof patterns === "string" ? [patterns] : patterns;
  const out = all.filter((one) => one.startsWith("!")).map((one) => one.slice(1));
  const wanted = all.filter((one) => !one.startsWith("!"));
  const isAny = (names: readonly string[], those: readonly string[]) =>
    names.some((name) => those.some((pattern) => isLike(name, pattern)));
  if (isAny(own, out)) return false;
  return wanted.length === 0 || isAny([...own, ...wider], wanted);
}

/** How a pattern names a subject. */
function subjectName(subject: Subject): string {
  if (subject.is === "itself" || subject.is === "anyone") return subject.is;
  return `${subject.is}/${subject.is === "client" ? subject.id : subject.name}`;
}

/** Whether a pattern is about users or groups, all of whom anyone stands for. */
const isAboutPeople = (pattern: string) => /^(user|group)\//.test(pattern);

function isSubject(patterns: Patterns, subject: Subject, people: People): boolean {
  const all = typeof patterns === "string" ? [patterns] : patterns;
  if (subject.is === "anyone" && all?.some(isAboutPeople)) return true;
  const members = subject.is === "group" ? [...(people.get(subject.name)?.members ?? [])] : [];
  return isMeant(
    patterns,
    [subjectName(subject)],
    members.map((user) => `user/${user}`),
  );
}

const namesOf = ({ id, name }: Party) => [id, name];

/**
 * Whether an entry means a row. A row for a group is one for each of its known members; every scope is each scope; and what a client
 * gets with the token of another one, or with one that went through it, is something that the other has a part in.
 */
export function isAbout({ agent, target, scope, subject }: Assertion, row: Row, people: People): boolean {
  return (
    partiesOf(row).some((party) => isMeant(agent, namesOf(party))) &&
    isMeant(target, namesOf(row.target)) &&
    (row.scope === EVERY_SCOPE || isMeant(scope, [row.scope])) &&
    isSubject(subject, row.subject, people)
  );
}

const KEY = "accessPolicy";
/** Where an entry stands: its line, or its path where no file has it. */
function at(path: readonly [string, string, number], placeOf: PlaceOf): string {
  const place = placeOf(path);
  return place ? `${place.file}:${place.line}` : `${path[0]}.${path[1]}[${path[2]}]`;
}
const because = (reason: string | undefined, otherwise: string) => reason ?? otherwise;

/** A finding for each bundle of rows. */
function rowFindings(
  rows: readonly Row[],
  finding: Pick<Finding, "rule" | "reason" | "fix">,
  adverb?: "now",
): Finding[] {
  return bundles(rows).map((bundle) => {
    const [row] = bundle;
    const sentence = sentenceOf(bundle, { show: (name) => name, adverb });
    const what = sentence.slice(row.agent.name.length + 1);
    return { ...finding, severity: "high", about: row.agent, what, ...rowPlace(row) };
  });
}

/**
 * What does not hold of `allow` and `never`.
 *
 * @param access of the declaration, or of the tenant
 */
export function brokenAssertions({ rows, people }: Access, policy: AccessPolicy = {}, placeOf: PlaceOf): Finding[] {
  const { allow = [], never = [] } = policy;
  const meant = (entry: Assertion) => rows.filter((row) => isAbout(entry, row, people));
  return [
    ...never.flatMap((entry, index) =>
      rowFindings(meant(entry), {
        rule: "never",
        reason: because(entry.reason, "the declaration says that no agent may do that"),
        fix: `take the access away, or change the assertion at ${at([KEY, "never", index], placeOf)}`,
      }),
    ),
    ...allow.flatMap((entry, index): Finding[] => {
      if (meant(entry).length > 0) return [];
      const place = placeOf([KEY, "allow", index]);
      return [
        {
          ...{ rule: "allow", severity: "high", place },
          about: { id: KEY, name: KEY },
          what: `says that something is possible, and it is not: ${patternText(entry)}`,
          reason: because(entry.reason, "somebody relies on it"),
          fix: "give the access, or take the assertion out",
        },
      ];
    }),
  ];
}

/**
 * What `never` cannot be held against: whoever may act by what nobody can read has no row, and is not shown not to be meant.
 *
 * @param open what the rules find, without what somebody answers for
 */
export function undecided(open: readonly Finding[], { never = [] }: AccessPolicy = {}, placeOf: PlaceOf): Finding[] {
  const places = never.map((_entry, index) => at([KEY, "never", index], placeOf));
  if (places.length === 0) return [];
  return open
    .filter(({ hidesRows }) => hidesRows)
    .map((one) => ({
      ...{ ...one, rule: "never", severity: "high", hidesRows: undefined },
      reason: `${listed(places)} cannot be shown to hold: whoever may act by it has no row here`,
      fix: "say it by delegates, or in a form that can be read, or answer for it: accept unread-claim",
    }));
}

/** What assertions say of declarations together, and rules of each: assertions first. */
export function allFindings(worlds: readonly World[], policy: AccessPolicy = {}, placeOf: PlaceOf): Findings {
  const found = worlds.map((world) => findingsOf(world, policy, placeOf));
  const together = {
    rows: worlds.flatMap(({ rows }) => rows),
    agents: worlds.flatMap(({ agents }) => agents),
    people: new Map(worlds.flatMap(({ people }) => [...people])),
  };
  const open = inOrder(found.flatMap((one) => one.open));
  const broken = [...brokenAssertions(together, policy, placeOf), ...undecided(open, policy, placeOf)];
  return {
    open: [...inOrder(broken), ...open],
    accepted: found.flatMap(({ accepted }) => accepted),
  };
}

/**
 * What a change gains without the approval that it needs.
 *
 * @param critical the entries that stood before the change
 * @param approvedBy who approved the change
 */
export function unapproved(
  gained: readonly Row[],
  critical: readonly Critical[],
  approvedBy: readonly string[],
  people: People,
): Finding[] {
  return critical
    .filter(({ approvers }) => !approvers.some((one) => approvedBy.includes(one)))
    .flatMap((entry) =>
      rowFindings(
        gained.filter((row) => isAbout(entry, row, people)),
        {
          rule: "critical",
          reason: because(entry.reason, "the declaration says that this needs an approval"),
          fix: `have it approved by ${listed(entry.approvers).replace(/ and (?=[^ ]*$)/, " or ")}, and say so with --approved-by`,
        },
        "now",
      ),
    );
}

/** An entry in words: `scope read-data; subject group/customers`. */
export function patternText({ agent, target, scope, subject }: Assertion): string {
  const said = Object.entries({ agent, target, scope, subject }).flatMap(([field, patterns]) =>
    patterns === undefined ? [] : [`${field} ${[patterns].flat().join(", ")}`],
  );
  return said.join("; ") || "anything";
}
