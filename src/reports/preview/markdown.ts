/** The report of a change as a comment of a pull request: its own is found again by the marker, and it is never too large. Pure. */

import { markdownName } from "../names.ts";
import { markdownTable } from "../table.ts";
import { byRisk, type Preview, riskOf } from "./report.ts";
import { type Paper, type Section, sectionsOf } from "./sections.ts";
import { RISK_WORDS, stateText, verdictText } from "./words.ts";

/** The first characters of the comment, by which a job finds its own. */
export const MARKERS: Readonly<Record<Preview["is"], string>> = {
  preview: "<!-- ping-agents:preview -->",
  result: "<!-- ping-agents:result -->",
};

/** Bytes of a comment: GitHub takes 65,536 characters, and a job may add some. */
const MOST = 60_000;

const PAPER: Paper = {
  show: markdownName,
  wording: (name, isEmphasised) => (isEmphasised ? `*${markdownName(name)}*` : markdownName(name)),
  strong: (text) => `**${text}**`,
  item: (text, depth) => `${depth ? "  " : ""}- ${text}`,
};

/** What stands beside the environments. */
export type Frame = {
  /** The name of the project: a repository may have several. */
  readonly project: string | undefined;
  readonly now: Date;
};

type Part = { readonly preview: Preview; readonly section: Section; readonly index: number };

/**
 * The comment.
 *
 * @param most bytes. @default what a forge takes
 */
export function markdownReport(previews: readonly Preview[], frame: Frame, most = MOST): string {
  const sorted = byRisk(previews);
  const parts = sorted.flatMap((preview) =>
    sectionsOf(preview, PAPER).map((section, index) => ({ preview, section, index })),
  );
  const left = new Set<Section>();
  const text = () => pageOf(sorted, parts, left, frame);
  // Whole sections go, the least of them first: half a list would look like a whole one.
  const droppable = parts
    .map(({ section }) => section)
    .toSorted((a, b) => a.weight - b.weight || sizeOf(b) - sizeOf(a));
  for (const section of droppable) {
    if (Buffer.byteLength(text()) <= most) break;
    left.add(section);
  }
  return text();
}

const sizeOf = ({ lines }: Section) => lines.reduce((sum, line) => sum + Buffer.byteLength(line), 0);

function pageOf(
  previews: readonly Preview[],
  parts: readonly Part[],
  left: ReadonlySet<Section>,
  { project, now }: Frame,
): string {
  const [first] = previews;
  const is = first?.is ?? "preview";
  const marker = [MARKERS[is], ...(project === undefined ? [] : [`<!-- project ${commentText(project)} -->`])].join("");
  const worst = first ? RISK_WORDS[riskOf(first)] : RISK_WORDS.nothing;
  const lines = [marker, `## ${is === "preview" ? "Preview of access and plan" : "Deployed"}: ${worst}`];
  for (const preview of previews) {
    lines.push("", `### ${markdownName(preview.environment)}`, "", verdictText(preview));
    const own = parts.filter((part) => part.preview === preview).map(({ section }) => section);
    for (const section of own.filter((one) => !left.has(one))) lines.push(...sectionLines(section));
    const missing = own.filter((one) => left.has(one));
    if (missing.length > 0) lines.push("", missingText(preview, missing));
  }
  return `${[...lines, ...footer(previews, now)].join("\n")}\n`;
}

function sectionLines({ title, lines, isFolded }: Section): string[] {
  if (!isFolded) return ["", `**${title}**`, "", ...lines];
  return ["", `<details><summary>${title}</summary>`, "", ...lines, "", "</details>"];
}

function missingText({ environment, is }: Preview, sections: readonly Section[]): string {
  const titles = sections
    .map(({ title, lines }) => `${title} (${lines.length.toLocaleString("en-US")} lines)`)
    .join(", ");
  const command = is === "preview" ? "npx ping-agents preview" : "npx ping-agents preview --result FILE";
  return `Left out, since a comment has an end: ${titles}. ${command} ${markdownName(environment)} shows it.`;
}

function footer(previews: readonly Preview[], now: Date): string[] {
  const rows = previews.map(({ environment, tenant, state, access, fingerprint }) => [
    markdownName(environment),
    tenant.map(markdownName).join("<br>") || "none was read",
    state ? stateText(state, now) : "not read",
    access ? markdownName(access.base) : "nothing",
    fingerprint === undefined ? "none" : `\`${fingerprint}\``,
  ]);
  return ["", "---", "", ...markdownTable(["Environment", "Tenant", "State", "Compared with", "Fingerprint"], rows)];
}

/** What a name of a project may have; what ends a comment of HTML is no part of it. */
const commentText = (name: string) => name.replaceAll(/[^\w.-]/g, "_");
