/** The report of a change as a comment of a pull request: its own is found again by the marker, and it is never too large. Pure. */

import { markdownName } from "../names.ts";
import { byRisk, labelsOf, type Preview, riskOf } from "./report.ts";
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

/**
 * The comment.
 *
 * @param most bytes. @default what a forge takes
 */
export function markdownReport(previews: readonly Preview[], frame: Frame, most = MOST): string {
  const chapters = byRisk(previews).map((preview) => new Chapter(preview));
  const head = headOf(
    chapters.map(({ preview }) => preview),
    frame,
  );
  const foot = footOf(byRisk(previews), frame);
  const text = () => `${[head, ...chapters.map((one) => one.text), foot].join("\n")}\n`;
  // Whole sections go, the least of them first: half a list would look like a whole one.
  const sections = chapters.flatMap((chapter) => chapter.sections.map((section) => ({ chapter, section })));
  const inOrder = sections.toSorted((a, b) => a.section.weight - b.section.weight || b.section.size - a.section.size);
  let size = Buffer.byteLength(text());
  for (const { chapter, section } of inOrder) {
    if (size <= most) break;
    size += chapter.leaveOut(section);
  }
  return text();
}

/** An environment in the comment. */
class Chapter {
  readonly preview: Preview;
  readonly sections: readonly (Section & { readonly size: number })[];
  readonly #left = new Set<Section>();
  #text: string;

  constructor(preview: Preview) {
    this.preview = preview;
    this.sections = sectionsOf(preview, PAPER).map((one) => ({
      ...one,
      size: Buffer.byteLength(one.lines.join("\n")),
    }));
    this.#text = this.#write();
  }

  get text(): string {
    return this.#text;
  }

  /** @returns the bytes by which the chapter grows */
  leaveOut(section: Section): number {
    const before = Buffer.byteLength(this.#text);
    this.#left.add(section);
    this.#text = this.#write();
    return Buffer.byteLength(this.#text) - before;
  }

  #write(): string {
    const { preview, sections } = this;
    const missing = sections.filter((one) => this.#left.has(one));
    return [
      ...["", `### ${markdownName(preview.environment)}`, "", verdictText(preview)],
      ...sections.filter((one) => !this.#left.has(one)).flatMap(sectionLines),
      ...(missing.length > 0 ? ["", missingText(preview, missing)] : []),
    ].join("\n");
  }
}

/** What programs read, in comments of HTML, and the title. @param previews the riskiest first */
function headOf(previews: readonly Preview[], { project }: Frame): string {
  const [riskiest] = previews;
  const is = riskiest?.is ?? "preview";
  const labels = is === "preview" ? labelsOf(previews) : [];
  return [
    [MARKERS[is], ...(project === undefined ? [] : [`<!-- project ${commentText(project)} -->`])].join(""),
    ...(labels.length > 0 ? [`<!-- ping-agents:labels ${labels.join(", ")} -->`] : []),
    ...previews.flatMap(({ fingerprint }) =>
      fingerprint === undefined ? [] : [`<!-- ping-agents:fingerprint ${fingerprint} -->`],
    ),
    `## ${is === "preview" ? "Preview of access and plan" : "Deployed"}: ${RISK_WORDS[riskiest ? riskOf(riskiest) : "nothing"]}`,
  ].join("\n");
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

/** On what each environment's part stands. */
function footOf(previews: readonly Preview[], { now }: Frame): string {
  const facts = previews.map(({ environment, tenant, state, access, fingerprint }) =>
    [
      `- **${markdownName(environment)}**: ${tenant.map(markdownName).join("; ") || "no tenant was read"}`,
      state ? `state of ${stateText(state, now)}` : "the state was not read",
      ...(access ? [`compared with ${markdownName(access.base)}`] : []),
      ...(fingerprint === undefined ? [] : [`fingerprint \`${fingerprint}\``]),
    ].join("; "),
  );
  return ["", "---", "", ...facts].join("\n");
}

/** What a name of a project may have; what ends a comment of HTML is no part of it. */
const commentText = (name: string) => name.replaceAll(/[^\w.-]/g, "_");
