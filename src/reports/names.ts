/** Names that somebody chose, so that a report shows them and they cannot do anything in it. Pure. */

/** What moves, hides or ends text: control characters, separators of lines, marks of direction and width (Unicode TR 36). */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u115F\u1160\u3164]/gu;

/** The name on one line, what cannot be seen as its code point: `U+202E`. */
export const visible = (name: string): string =>
  name.replaceAll(INVISIBLE, (mark) => `<U+${(mark.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}>`);

/** The name in a paragraph, list or table of GitHub's Markdown: no markup, no HTML, no link, nobody mentioned. */
export const markdownName = (name: string): string =>
  visible(name)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll(/[\\`*_{}[\]()#+!|~$]/g, "\\$&")
    // A comment ends what would be a link by itself, or a mention.
    .replaceAll(/(?<=\w)(?=:\/\/)|(?<=www)(?=\.)|(?<=@)/gi, "<!-- -->");

/** The name in a label of Mermaid, between quotes; entities are `#name;` there. */
export const mermaidName = (name: string): string =>
  visible(name).replaceAll(/[^\p{L}\p{N} .,:/_()'-]/gu, (mark) => `#${mark.codePointAt(0)};`);

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** The name in HTML, as text or in an attribute between quotes. */
export const htmlName = (name: string): string => visible(name).replaceAll(/[&<>"']/g, (mark) => ENTITIES[mark] ?? "");
