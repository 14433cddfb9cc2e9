/** The report of a change for a terminal: all of it. Pure. */

import { visible } from "../names.ts";
import type { Frame } from "./markdown.ts";
import { byRisk, type Preview } from "./report.ts";
import { type Paper, sectionsOf } from "./sections.ts";
import { stateText, verdictText } from "./words.ts";

const PAPER: Paper = {
  show: visible,
  wording: visible,
  strong: (text) => text,
  item: (text, depth) => `${depth ? "    " : "  "}${text}`,
};

export function textReport(previews: readonly Preview[], { now }: Pick<Frame, "now">): string {
  const pages = byRisk(previews).map((preview) => {
    const { environment, state, access, fingerprint } = preview;
    const facts = [
      ...(state ? [`state of ${stateText(state, now)}`] : []),
      ...(access ? [`compared with ${visible(access.base)}`] : []),
      ...(fingerprint === undefined ? [] : [`fingerprint ${fingerprint}`]),
    ];
    return [
      `${visible(environment)}: ${verdictText(preview)}`,
      ...sectionsOf(preview, PAPER).flatMap(({ title, lines }) => ["", `${title}:`, ...lines]),
      ...(facts.length > 0 ? ["", facts.join("; ")] : []),
    ].join("\n");
  });
  return `${pages.join("\n\n")}\n`;
}
