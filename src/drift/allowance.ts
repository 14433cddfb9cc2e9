/** Which differences somebody answers for. Pure. */

import { type Allowed, verdict } from "../fields/undeclared-access.ts";
import type { Finding } from "./finding.ts";

/** A finding that may stay, and the entry that says so. */
export type Answered = Finding & { readonly allowed: Allowed };

/**
 * Findings without those that an entry of the file allows. One whose last day is over says who allowed it.
 *
 * @param today as `utcDay` gives it
 */
export function answered(
  findings: readonly Finding[],
  allow: readonly Allowed[] | undefined,
  today: string,
): { readonly findings: readonly Finding[]; readonly allowed: readonly Answered[] } {
  const judged = findings.map((finding) => ({ finding, said: verdict(finding.access, allow, today) }));
  return {
    findings: judged.flatMap(({ finding, said }) => {
      if (said.is === "allowed") return [];
      if (said.is === "unknown") return [finding];
      return [{ ...finding, means: `${finding.means}; ${said.entry.owner} allowed it until ${said.entry.expires}` }];
    }),
    allowed: judged.flatMap(({ finding, said }) =>
      said.is === "allowed" ? [{ ...finding, allowed: said.entry }] : [],
    ),
  };
}
