/** A property that changes, in words: which way it goes, what of a list comes and what goes. Pure. */

import { listed } from "../../access/sentence.ts";
import { type Change, isKey } from "./changes.ts";
import { isHidden, shownValue } from "./masking.ts";
import { SECRET, UNKNOWN } from "./plan.ts";

/** Inputs whose change makes a new secret or key, whatever their text says. */
const TRIGGER = /(?:^|\.)(?:rotation|secretRotation)$/;

/**
 * What goes on after the name of the property and a colon: `gains write-data`, `raised from 900 to 3600`.
 *
 * @param show escapes a value as the format needs it
 */
export function changeText(change: Change, show: (value: string) => string): string {
  const { path } = change;
  const value = (of: unknown) => show(shownValue(of, path));
  if (change.is === "secret") return "another secret in place of the present one";
  if (change.is === "order") return "the same entries in another order";
  if (change.is === "unknown") return "known after up";
  if (change.is === "list") return listText(change, value);
  const [from, to] = ["from" in change ? change.from : undefined, "to" in change ? change.to : undefined];
  if (isHidden(path) || from === SECRET || to === SECRET) return secretText(change.is);
  if (TRIGGER.test(path) && change.is !== "unset") return `rotates: a new secret or key is made (${value(to)})`;
  if (change.is === "set") return `set to ${value(to)}`;
  if (change.is === "unset") return `no longer set, was ${value(from)}`;
  if (isKey(from) && isKey(to)) return `rotates: ${value(to)} in place of ${value(from)}`;
  if (typeof from === "number" && typeof to === "number")
    return `${to > from ? "raised" : "lowered"} from ${value(from)} to ${value(to)}`;
  if (from === UNKNOWN) return `becomes ${value(to)}`;
  return `${value(to)}, was ${value(from)}`;
}

const SECRET_WORDS = {
  set: "a secret is set",
  unset: "the secret is taken away",
  value: "another secret in place of the present one",
} as const;

const secretText = (is: keyof typeof SECRET_WORDS) => SECRET_WORDS[is];

function listText(change: Extract<Change, { is: "list" }>, value: (of: unknown) => string): string {
  const { added, removed, from, to } = change;
  const [come, go] = [added, removed].map((entries) => listed(entries.map(value))) as [string, string];
  if (added.length > 0 && removed.length > 0 && [...added, ...removed].every(isKey))
    return `rotates: ${come} in place of ${go}`;
  if (from === 0) return `set to ${come}`;
  if (to === 0) return `emptied, was ${go}`;
  const said = [...(added.length > 0 ? [`gains ${come}`] : []), ...(removed.length > 0 ? [`loses ${go}`] : [])];
  return `${said.join(", ")}${to < from ? ` (shrinks from ${from} to ${to})` : ""}`;
}
