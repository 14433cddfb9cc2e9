/** What a preview can tell of an `up` before it: names that lead nowhere, and objects that stand in the way. Writes nothing. */

import { z } from "zod";
import { isRecord } from "../admin-api/http/json.ts";
import { PingAgentsError } from "../errors.ts";
import { refuseUnlessAdopted } from "./adoption.ts";
import { check } from "./check.ts";
import { secretPaths } from "./comparison.ts";
import type { Declared } from "./declared.ts";
import { type AnyKind, type Platform, whereOf } from "./kind.ts";
import { ownerOf } from "./owner.ts";
import { lookAt, policyOf } from "./ownership.ts";
import { hasUnknown, type Properties } from "./pulumi-values.ts";
import { inputsOf } from "./state.ts";
import { mistakesIn, together } from "./together.ts";

/**
 * What would stop the write of a resource.
 *
 * @param props as the program gives them, with what is not known yet
 * @param isNew whether it is to be created; else it is updated
 * @param declared what the run declares
 * @returns errors; none for what the check refuses, since the engine tells that
 */
export async function foresee<C>(
  kind: AnyKind<C>,
  platform: Platform<C>,
  props: Properties,
  isNew: boolean,
  declared: Declared<C>,
): Promise<unknown[]> {
  const { inputs: checked, failures } = check(kind, undefined, props);
  if (failures.length > 0) return [];
  const all = inputsOf(kind, checked);
  // What is not known is of an object that the run makes, which has announced its names.
  const known = Object.fromEntries(Object.entries(all).filter(([, value]) => !hasUnknown(value)));
  const unknown = Object.keys(all).filter((key) => !(key in known));
  // Where it is, in which realm or under which name, is not known: nothing can be asked.
  const places = kind.immutable.flatMap((field) =>
    typeof field === "string" ? field : "tenant" in field ? field.tenant : [],
  );
  if (places.some((field) => unknown.includes(field))) return [];
  const look = isNew && isComparable(kind, known) && !hangsBelowNew(kind, unknown);
  try {
    await together([
      kind.resolve?.(platform.coalesced, known),
      look && refuseOthers(kind, platform, { props: checked, inputs: keyed(all), unknown }, declared),
    ]);
    return [];
  } catch (error) {
    const mistakes = mistakesIn(error);
    for (const mistake of mistakes) if (mistake instanceof PingAgentsError) nameAsWritten(mistake, props, known);
    return mistakes;
  }
}

/** What is known, and of what is known in part the keys: what stands under one of them is declared, whatever its value will be. */
const keyed = (all: Properties): Properties =>
  Object.fromEntries(Object.entries(all).filter(([, value]) => !hasUnknown(value) || isRecord(value)));

/** Puts the index of an entry in the place of the one that it has in the canonical order. */
function nameAsWritten(error: PingAgentsError, written: Properties, canonical: Properties): void {
  const [, list = "", index] = /^(.+)\[(\d+)\]$/u.exec(error.where.field ?? "") ?? [];
  const entries = (of: Properties) =>
    list.split(".").reduce<unknown>((value, key) => isRecord(value) && value[key], of);
  const [given, ordered] = [entries(written), entries(canonical)];
  if (!Array.isArray(given) || !Array.isArray(ordered)) return;
  const at = given.indexOf(ordered[Number(index)]);
  if (at >= 0) error.locate({ field: `${list}[${at}]` });
}

/** Whether enough is known to compare the resource with an object: all that a refresh shows and that must be there. */
const isComparable = <C>({ inputs, notShown = [] }: AnyKind<C>, known: Properties) =>
  (z.safeParse(inputs, known).error?.issues ?? []).every(({ path: [field] }) =>
    notShown.some((name) => name === field),
  );

/** Whether the resource belongs to an object that is not made yet: then nothing can be there. */
const hangsBelowNew = <C>(kind: AnyKind<C>, unknown: readonly string[]) =>
  kind.immutable.some((field) => typeof field === "object" && "id" in field && unknown.includes(field.id));

/** @throws ERR_OBJECT_EXISTS where the create would refuse what is there */
async function refuseOthers<C>(
  kind: AnyKind<C>,
  platform: Platform<C>,
  { props, inputs, unknown }: { props: Properties; inputs: Properties; unknown: readonly string[] },
  declared: Declared<C>,
): Promise<void> {
  const { coalesced } = platform;
  const owner = ownerOf(props);
  const live = await kind.observe(coalesced, inputs, {}, owner);
  const found = await lookAt(kind, coalesced, { inputs, live, owner }, declared);
  const isKnown = ({ path }: { readonly path: string }) => !unknown.includes(path.split(".", 1)[0] ?? "");
  const seen = found.whose === "foreign" ? { ...found, differences: found.differences.filter(isKnown) } : found;
  refuseUnlessAdopted(seen, policyOf(props, platform), whereOf(kind, inputs, platform), secretPaths(kind));
}
