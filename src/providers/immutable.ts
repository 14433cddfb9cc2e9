/** Which inputs of a kind replace its object when they change, and when they say the same in other words. Pure. */

import { differences } from "./differences.ts";
import { OWNER, ownerOf } from "./owner.ts";
import { hasUnknown, type Properties, revealSecret } from "./pulumi-values.ts";

/** An input whose change replaces the object. */
export type Immutable<Field extends string = string> =
  | Field
  /** A name, which is a label, with the id of the same object where that is known: ids tell, and names where one is missing. */
  | { readonly name: Field; readonly id: Field }
  /** The identity of the tenant, by default that of the settings: one that is declared now may be the one that it was. */
  | { readonly tenant: Field };

/** The inputs that replace an object. @param olds its outputs */
export function replacedBy(immutable: readonly Immutable[], olds: Properties, news: Properties): string[] {
  const given = (props: Properties, key: string) => revealSecret(props[key]) ?? undefined;
  const changed = (key: string) => !hasUnknown(news[key]) && differences(given(olds, key), given(news, key)).length > 0;
  return immutable.flatMap((field) => {
    if (typeof field === "string") return changed(field) ? [field] : [];
    if ("tenant" in field) {
      const was = ownerOf(olds)?.tenant ?? given(olds, field.tenant);
      const is = given(news, field.tenant) ?? (hasUnknown(news[OWNER]) ? was : ownerOf(news)?.tenant);
      return changed(field.tenant) && is !== was ? [field.tenant] : [];
    }
    const byId = [olds, news].every((props) => given(props, field.id) !== undefined);
    const decisive = byId ? field.id : field.name;
    return changed(decisive) ? [decisive] : [];
  });
}
