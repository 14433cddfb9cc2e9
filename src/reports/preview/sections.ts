/** The sections of a report, the riskiest first, in whatever format. Pure. */

import { together, type Wording } from "../../access/sentence.ts";
import { findingLines } from "../access/findings.ts";
import { sizeIn } from "../access/report.ts";
import { adverbs, allowedText, changed, HEADINGS, reachText, sentencesOf, strangersText } from "../access/words.ts";
import { changesOf } from "../plan/changes.ts";
import { withoutSecrets } from "../plan/masking.ts";
import { changeText } from "../plan/words.ts";
import { calledIn, type DeclaredStep, deletions, isAsserted, messagesOf, type Preview, writing } from "./report.ts";
import { operationText } from "./words.ts";

/** How a format writes. */
export type Paper = {
  /** A name that somebody chose. */
  readonly show: (name: string) => string;
  readonly wording: Wording["show"];
  readonly strong: (text: string) => string;
  /** A point, or one below a point. */
  readonly item: (text: string, depth?: 1) => string;
};

export type Section = {
  readonly title: string;
  readonly lines: readonly string[];
  /** Whether it is folded, where the format can. */
  readonly isFolded: boolean;
  /** What may go where a report is too large: the lowest first. */
  readonly weight: number;
};

/** All that there is to say of an environment below its verdict; a section without lines is left out. */
export function sectionsOf(preview: Preview, paper: Paper): Section[] {
  const { item, show } = paper;
  const plan = preview.plan;
  const sections: Section[] = [
    section("Failed", 99, failureLines(preview, paper)),
    section(
      "Stopped",
      98,
      preview.stopped.map((reason) => item(show(reason))),
    ),
    ...accessSections(preview, paper),
    section(
      preview.is === "preview" ? "Deletions and replacements" : "Deleted and replaced",
      90,
      deletionLines(plan?.steps ?? [], preview, paper),
    ),
    section(preview.access ? "New findings" : "Findings", 80, findingsIn(preview, paper)),
    section("Findings as before", 20, foundBefore(preview, paper), true),
    section("Compared with the tenant, and not written", 50, assertedLines(plan?.steps ?? [], paper)),
    section(
      "Changed on the tenant since the last run, and put back",
      60,
      planLines(plan?.drift ?? [], { is: "preview" }, paper),
    ),
    section(preview.is === "preview" ? "The plan" : "The run", 10, planLines(plan?.steps ?? [], preview, paper), true),
    section(
      "Warnings",
      40,
      messagesOf(plan, "warning").flatMap((one) => messageLines(one, paper)),
    ),
    section(
      "Not checked",
      70,
      preview.unchecked.map((reason) => item(show(reason))),
    ),
  ];
  return sections.filter(({ lines }) => lines.length > 0);
}

const section = (title: string, weight: number, lines: readonly string[], isFolded = false): Section => ({
  ...{ title, weight, lines, isFolded },
});

function failureLines({ failures, plan }: Preview, paper: Paper): string[] {
  const told = failures.map((text) => ({ text, about: [] }));
  const errors = [...told, ...messagesOf(plan, "error")];
  const silent = plan && !plan.isWhole && errors.length === 0;
  const lines = errors.flatMap((one) => messageLines(one, paper));
  return silent ? [paper.item("the run of the engine was cut off before its end")] : lines;
}

/** A message of several lines, and the resources that it is about. */
function messageLines({ text, about }: ReturnType<typeof messagesOf>[number], { item, show }: Paper): string[] {
  const [first = "", ...rest] = withoutSecrets(text).split("\n");
  const [resource, ...others] = about;
  const more = others.length > 0 ? ` and ${others.length} more` : "";
  return [
    item(`${resource === undefined ? "" : `${show(resource)}${more}: `}${show(first)}`),
    ...rest.map((line) => item(show(line.trim()), 1)),
  ];
}

function accessSections({ access }: Preview, { item, strong, show, wording }: Paper): Section[] {
  if (!access) return [];
  const sizeOf = sizeIn(access.people);
  const strangers = strangersText(access, (name) => strong(show(name)));
  const sides = (["gained", "lost"] as const).map((side) => {
    const rows = changed(access).flatMap((change) => change[side]);
    const said = sentencesOf(rows, { show: wording, sizeOf, adverb: adverbs(access.of)[side] });
    const lines = said.map((sentence) => item(sentence));
    const title = `Access ${HEADINGS[access.of][side].toLowerCase()}`;
    return side === "gained"
      ? section(title, 95, [...(strangers ? [item(strangers)] : []), ...lines])
      : section(title, 85, lines);
  });
  const reaches = changed(access).map(({ agent, verdict, before, after }) =>
    item(`${show(agent.name)} ${strong(verdict)}: ${reachText(before)}, then ${reachText(after)}`),
  );
  return [...sides, section("Reach", 75, reaches)];
}

function deletionLines(steps: readonly DeclaredStep[], { is }: Preview, { item, show, strong }: Paper): string[] {
  return deletions(steps).map((step) => {
    const why = step.replacedFor.length > 0 ? ` for another ${step.replacedFor.map(show).join(", ")}` : "";
    return item(`${strong(operationText(step, is))} ${show(calledIn(step))} (${show(step.kind)})${why}`);
  });
}

function findingsIn({ findings, accepted }: Preview, paper: Paper): string[] {
  const lines = findingLines({ open: findings, accepted: [], isWhole: true }, ofFindings(paper));
  const answered = accepted.map(({ entry, rule, about }) =>
    paper.item(`${rule}: ${paper.show(about.name)}, ${allowedText(entry, paper.show, "accepted")}`),
  );
  return [...lines, ...(lines.length > 0 ? answered : [])];
}

const foundBefore = ({ known }: Preview, paper: Paper): string[] =>
  findingLines({ open: known, accepted: [], isWhole: true }, ofFindings(paper));

const ofFindings = ({ show, item, strong }: Paper): Parameters<typeof findingLines>[1] => ({
  show,
  heading: () => [],
  group: (severity, text) => item(`${strong(severity)} ${text}`),
  item: (text) => item(text, 1),
});

function assertedLines(steps: readonly DeclaredStep[], { item, show }: Paper): string[] {
  return steps.filter(isAsserted).map((step) => {
    const { tier } = step.after ?? step.before ?? {};
    return item(`${show(calledIn(step))} (${show(step.kind)}), since the tier is ${show(String(tier))}`);
  });
}

/** Inputs that say of an agent or application what the resources below it say themselves. */
const REPEATED = /^(?:privileges|declaredAccess)(?=$|[.[])/;

/** By entry of the declaration, then by resource and property. */
function planLines(steps: readonly DeclaredStep[], { is }: Pick<Preview, "is">, paper: Paper): string[] {
  const { item, show, strong } = paper;
  const groups = together(writing(steps), (step) => ownerOf(step));
  return groups.flatMap((group) => [
    item(strong(show(ownerOf(group[0])))),
    ...group.map((step) => item(stepText(step, is, show), 1)),
  ]);
}

/** The entry as a whole: `agents.bot`. */
const ownerOf = ({ entry, kind, name }: DeclaredStep) => entry?.slice(0, 2).join(".") ?? `${kind} ${name}`;

function stepText(step: DeclaredStep, is: Preview["is"], show: Paper["show"]): string {
  const part = step.entry?.slice(2).join(".") ?? "";
  const changes = changesOf(step).filter(({ path }) => !REPEATED.test(path));
  // What is made of another resource that changes is worth a word where nothing else is.
  const declared = changes.filter((change) => change.is !== "unknown");
  const said = (declared.length > 0 ? declared : changes).map((change) => {
    const path = part === "" ? change.path : `${part}.${change.path}`;
    return `${show(path)} ${changeText(change, show)}`;
  });
  if (said.length === 0 && step.operation === "update") said.push("as what is below it changes");
  if (said.length === 0 && part !== "") said.push(show(part));
  return `${operationText(step, is)} ${show(step.kind)}${said.length > 0 ? `: ${said.join("; ")}` : ""}`;
}
