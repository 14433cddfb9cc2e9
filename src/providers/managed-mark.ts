/** How an object without an id of our choosing is known again after a crash: by the end of its description. */

const MARK = "(managed by ping-agents)";

/** The description as the tenant keeps it. */
export const withMark = (description = "") => [description, MARK].filter(Boolean).join(" ");

/** True when this kit made the object. */
export const hasMark = (description: unknown) => typeof description === "string" && description.endsWith(MARK);

/** The description as it was declared; an empty one is unset. */
export function withoutMark(description: unknown): string | undefined {
  if (typeof description !== "string") return undefined;
  return (hasMark(description) ? description.slice(0, -MARK.length).trimEnd() : description) || undefined;
}
