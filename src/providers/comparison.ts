/** In what the tenant differs from the declaration of a resource, and how that is said without its secrets. */

import { type Difference, describeDifferences, differences } from "./differences.ts";
import { type AnyKind, secretsOf, type View } from "./kind.ts";
import { project } from "./projection.ts";
import { clean, type Properties } from "./pulumi-values.ts";

/** What differs between the declaration and what the tenant shows of it. */
export function compare<C>(kind: AnyKind<C>, inputs: Properties, view: View): Difference[] {
  const visible = (of: Properties) =>
    Object.fromEntries(Object.entries(of).filter(([key]) => !kind.notShown?.includes(key)));
  return differences(visible(inputs), visible(clean(project(kind.inputs, inputs, view.inputs)) as Properties));
}

/** Differences as text, one a line. */
export const describe = <C>(kind: AnyKind<C>, list: readonly Difference[]) =>
  describeDifferences(list, secretPaths(kind));

/** Whether the value at a path must not be shown. */
export const secretPaths = <C>(kind: AnyKind<C>) => {
  const secrets = secretsOf(kind);
  return (path: string) => secrets.includes(path.split(".", 1)[0] ?? "");
};
