/** Rows that are about no case: what preflight found, and what a run left behind. */

import { THROW_AWAY } from "../case.ts";
import type { Finding } from "../finding.ts";
import type { Row } from "./report.ts";

/** A cause is a failure of its own: also one that no flow happens to run into. */
export function findingRow({ agent, flows, message, code }: Finding): Row {
  return {
    agent,
    flow: flows.join(", "),
    case: "preflight",
    title: code,
    expected: "as declared",
    got: message,
    verdict: "fail",
    evidence: "D",
    core: false,
    at: new Date().toISOString(),
  };
}

/** What a run could not take away again. @param isThere whether it was seen there; else nobody could look */
export function leftoverRow(path: string, isThere: boolean): Row {
  return {
    agent: THROW_AWAY,
    flow: "",
    case: "cleanup",
    title: "throw-away objects removed",
    expected: "removed",
    got: path,
    verdict: isThere ? "fail" : "inconclusive",
    cause: isThere ? `remove it by hand: ${path}` : `whether it was made, or is gone, could not be seen: ${path}`,
    evidence: "",
    core: false,
    at: new Date().toISOString(),
  };
}
