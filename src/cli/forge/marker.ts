/** How a post of this kit is known again, and what programs read in it: first lines that are comments of HTML, which nobody sees. */

import { readFileSync } from "node:fs";
import { PingAgentsError } from "../../errors.ts";

/** Characters of a post that GitHub takes. */
const LONGEST = 65_536;

/** How the first line of each post begins. */
export const MARKER = "<!-- ping-agents:";

/** The first line of a post. */
export const markerOf = (name: string): string => `${MARKER}${name} -->`;

/** What a report says to programs under a name, line by line. Further down stands what others chose: names, texts. */
function said(body: string, name: string): string[] {
  const lines = body.split(/\r?\n/);
  const end = lines.findIndex((line) => !line.startsWith(MARKER));
  const start = `${MARKER}${name} `;
  const own = lines.slice(0, end < 0 ? undefined : end).filter((line) => line.startsWith(start));
  return own.map((line) => line.slice(start.length).replace(/ *-->.*$/, ""));
}

/** The labels that a report asks for. */
export const labelsOf = (body: string): string[] => said(body, "labels").flatMap((text) => text.split(", "));

/** The fingerprints of what a report shows, one of each environment: no two environments share one. */
export const fingerprintsOf = (body: string): string[] => said(body, "fingerprint");

/**
 * A name as it may stand in a marker.
 *
 * @throws ERR_POST_NAME for what would end the comment of HTML
 */
export function postName(name: string): string {
  if (/^[\w/.-]+(?: [\w/.-]+)*$/.test(name) && !name.includes("--")) return name;
  throw new PingAgentsError("ERR_POST_NAME", `"${name}" cannot be the name of a comment or an issue`, {
    hint: "use words of letters, digits, _ . / and single -",
  });
}

/**
 * A report as it is posted, with its marker.
 *
 * @param file Markdown
 * @throws ERR_FILE, ERR_REPORT_EMPTY
 */
export function postOf(name: string, file: string): string {
  const text = report(file);
  const marker = markerOf(name);
  const whole = text.startsWith(marker) ? text : `${marker}\n${text}`;
  return whole.length <= LONGEST ? whole : shortened(whole);
}

function report(file: string): string {
  const hint = "look at what the command before this one said: it makes the file";
  try {
    const text = readFileSync(file, "utf8").trim();
    if (text) return text;
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new PingAgentsError("ERR_FILE", `${file} cannot be read (${code}); nothing was posted`, { hint, cause });
  }
  throw new PingAgentsError("ERR_REPORT_EMPTY", `${file} is empty; nothing was posted`, { hint });
}

/** The lines that fit, and a word about the rest. A fence that is cut is closed. */
function shortened(text: string): string {
  const note = "\n\n_The rest does not fit here: the summary of the job has the whole report._";
  const room = LONGEST - note.length - 10;
  const kept = text.slice(0, text.lastIndexOf("\n", room));
  const isOpen = (kept.match(/^\s*```/gm)?.length ?? 0) % 2 === 1;
  return `${kept}${isOpen ? "\n```" : ""}${note}`;
}
