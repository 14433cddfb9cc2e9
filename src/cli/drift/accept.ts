/** What the tenant has, written into a declaration in the place of what stands there; what it cannot say stays. Pure. */

import { isDeepStrictEqual } from "node:util";
import { counted } from "../../access/sentence.ts";
import { isRecord } from "../../admin-api/http/json.ts";
import type { Part } from "../../adoption/candidate.ts";
import { type Change, changed, type ValuePath, valueAt, withChange } from "../../declaration/change.ts";
import { DeclarationError, type ParsedDeclaration } from "../../declaration/load.ts";
import type { Finding } from "../../drift/finding.ts";
import { PULUMI } from "../../engine/command.ts";
import { accessName, inspectDeclaration } from "../../platforms.ts";
import { ADOPT_VARIABLE } from "../../providers/adoption.ts";
import { visible } from "../../reports/names.ts";
import { withoutSecrets } from "../../reports/plan/masking.ts";
import { isSecretName } from "../../secret-forms.ts";
import type { CloudName } from "../../tenants.ts";
import { patchText } from "../patch.ts";

/** A declaration that takes differences. */
export type Accepting = {
  readonly platform: CloudName;
  /** The environment's own file; what its bases say stays as it is. */
  readonly text: string;
  /** Reads a text as that file. @throws DeclarationError */
  parse(text: string): ParsedDeclaration;
  /** What an entry says of access that nobody declared; undefined where nobody knows. */
  partOf(finding: Finding): Part | undefined;
};

/** What an acceptance comes to. */
export type Acceptance = {
  readonly text: string;
  /** Differences that the declaration says now. */
  readonly accepted: readonly Finding[];
  readonly left: readonly { readonly finding: Finding; readonly reason: string }[];
};

/** Why something cannot be accepted. */
class Refused {
  readonly reason: string;
  constructor(reason: string) {
    this.reason = reason;
  }
}

/** The text with the findings that a declaration can say: no mistake comes with them, and nothing else changes. */
export function accepted(of: Accepting, findings: readonly Finding[]): Acceptance {
  let { text } = of;
  const reasons = new Map<Finding, string>();
  /** Takes as many at once as fit. @returns those that do not */
  const settle = (some: readonly Finding[]): readonly Finding[] => {
    if (some.length === 0) return [];
    const after = textWith(of, text, some);
    if (!(after instanceof Refused)) {
      text = after;
      return [];
    }
    const [only] = some;
    if (some.length === 1 && only) {
      reasons.set(only, after.reason);
      return some;
    }
    const half = some.length >> 1;
    return [...settle(some.slice(0, half)), ...settle(some.slice(half))];
  };
  // What needs another one fits once that is in.
  let left = settle(findings.toSorted((a, b) => (a.entry < b.entry ? -1 : 1)));
  for (let before = findings.length; left.length < before; ) {
    before = left.length;
    left = settle(left);
  }
  return {
    text,
    accepted: findings.filter((one) => !left.includes(one)),
    left: findings
      .filter((one) => left.includes(one))
      .map((finding) => ({ finding, reason: reasons.get(finding) ?? "" })),
  };
}

function textWith(of: Accepting, before: string, findings: readonly Finding[]): string | Refused {
  let text = before;
  let declared = of.parse(text).value;
  for (const finding of findings) {
    const changes = changesOf(of, declared, finding);
    if (changes instanceof Refused) return changes;
    const texts = changes.map((change) => [change, withChange(text, declared, change)] as const);
    const [change, after] = texts.find(([, one]) => texts.length === 1 || !mistakeIn(of, one)) ?? texts[0] ?? [];
    const meant = change && changed(declared, change);
    if (!change || after === undefined || !isSaid(of, after, meant)) {
      return new Refused("the file is written so that this cannot be changed by itself");
    }
    if (hasSecret(change.value, String(change.path.at(-1)))) return new Refused(IS_SECRET);
    text = after;
    declared = meant;
  }
  return mistakeIn(of, text) ?? text;
}

/** What is wrong with a text. */
function mistakeIn({ parse }: Accepting, text: string): Refused | undefined {
  try {
    const [mistake] = inspectDeclaration(parse(text)).mistakes;
    return mistake && new Refused(`${mistake.field}: ${mistake.message.split("; known are ")[0]}`);
  } catch (error) {
    if (error instanceof DeclarationError) return new Refused(error.mistakes[0]?.message ?? "");
    throw error;
  }
}

/** Whether a text says what is meant: nothing of a name that others use, or of what a base says, has changed with it. */
function isSaid({ parse }: Accepting, text: string, meant: unknown): boolean {
  try {
    return isDeepStrictEqual(parse(text).value, meant);
  } catch (error) {
    if (error instanceof DeclarationError) return false;
    throw error;
  }
}

const IS_SECRET = "a secret or key is not written: declare where it comes from, or put it back";

/** Whether there is a secret in a value, also one that no schema knows as such. */
function hasSecret(value: unknown, name: string): boolean {
  if (typeof value === "string") return isSecretName(name) || withoutSecrets(value) !== value;
  if (Array.isArray(value)) return value.some((one) => hasSecret(one, name));
  return isRecord(value) && Object.entries(value).some(([key, inner]) => hasSecret(inner, key));
}

/** How it could be said, the shortest way first. */
function changesOf(of: Accepting, declared: unknown, finding: Finding): readonly Change[] | Refused {
  const { class: is, values, isMissing, isUndeclared, at, field } = finding;
  if (isMissing) return new Refused("it is gone: take it out of the declaration by hand, or put it back");
  if (is === "replaced") return new Refused(IS_SECRET);
  if (isUndeclared) return additionOf(of, declared, finding);
  if (!values) return new Refused("another object stands in its place");
  const path = pathOf(of, declared, [...at, ...field]);
  if (!path) return new Refused("no entry of the declaration says it");
  const before = valueAt(declared, path);
  if (isReference(before)) return new Refused("the declaration takes it from a variable");
  if (isReference(values.is)) return new Refused("the declaration would take it for a variable");
  return [{ path: values.is === undefined ? emptied(declared, path) : path, value: inOrder(before, values.is) }];
}

/** Access that nobody declared, as a part of the entry of who has it. */
function additionOf(of: Accepting, declared: unknown, finding: Finding): readonly Change[] | Refused {
  const part = of.partOf(finding);
  const path = part && pathOf(of, declared, [...finding.at.slice(0, 2), ...part.path]);
  if (!part || !path) return new Refused("no adoption reads it: declare it by hand, or allow it");
  const before = valueAt(declared, path);
  const items = Array.isArray(before) ? before : [];
  const isThere = (item: unknown) => items.some((one) => isDeepStrictEqual(one, item));
  return part.values.map((value) => ({
    path,
    value: part.isItem ? (isThere(value) ? items : [...items, value]) : value,
  }));
}

/** Where the declaration says it, or would: items of `access` stand under their names. */
function pathOf({ platform }: Accepting, declared: unknown, keys: readonly string[]): ValuePath | undefined {
  const path: (string | number)[] = [];
  for (const step of keys) {
    const value = valueAt(declared, path);
    const isIt = (item: unknown) => isRecord(item) && accessName(platform, item) === step;
    const index = Array.isArray(value) ? value.findIndex(isIt) : undefined;
    if (index === -1) return undefined;
    path.push(index ?? step);
  }
  return valueAt(declared, keys.slice(0, 1)) === undefined ? undefined : path;
}

/** A section goes with the last that it says. */
function emptied(declared: unknown, path: ValuePath): ValuePath {
  const parent = path.slice(0, -1);
  const section = valueAt(declared, parent);
  return parent.length > 2 && isRecord(section) && Object.keys(section).length === 1 ? emptied(declared, parent) : path;
}

/** What stays of a list stays where it is. */
function inOrder(before: unknown, is: unknown): unknown {
  if (!Array.isArray(before) || !Array.isArray(is)) return is;
  const isIn = (list: readonly unknown[], one: unknown) => list.some((other) => isDeepStrictEqual(other, one));
  const [kept, came] = [before.filter((one) => isIn(is, one)), is.filter((one) => !isIn(before, one))];
  return came.length === 0 && kept.length === before.length ? is : [...kept, ...came];
}

const isReference = (value: unknown): boolean => JSON.stringify(value)?.includes("$" + "{env:") ?? false;

/** The patch, and what stays as it is, for people. @param isWritten whether the file says it already */
export function acceptanceText(
  file: string,
  before: string,
  { text, accepted, left }: Acceptance,
  isWritten: boolean,
): string {
  const nameOf = ({ entry, access, isUndeclared }: Finding) => visible(isUndeclared ? `${entry} ${access}` : entry);
  const stays = left.map(({ finding, reason }) => {
    const why = reason.startsWith(`${finding.entry}: `) ? reason.slice(finding.entry.length + 2) : reason;
    return `  ${nameOf(finding)}: ${visible(why)}`;
  });
  const told = counted(accepted.length, "difference", "differences");
  const written = isWritten
    ? `${told} written to ${file}: review them`
    : "Nothing was written. Next: the same with --yes";
  const hasAccess = accepted.some(({ isUndeclared }) => isUndeclared);
  return [
    patchText(file, before, text).trimEnd(),
    ...(stays.length > 0 ? ["Not accepted, and put back by the next up --refresh:", ...stays] : []),
    ...(accepted.length > 0 ? [written] : []),
    ...(hasAccess
      ? [`Access comes into the stack by the first up after it: ${ADOPT_VARIABLE}=match ${PULUMI} up --refresh`]
      : []),
    "",
  ].join("\n");
}
