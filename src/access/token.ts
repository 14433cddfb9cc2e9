/** What the tokens of a row say: who it is about, who acts, and for whom it is meant, at each hop. Pure. */

import type { Row, Subject } from "./row.ts";

/** A token, in the order in which they are had; the last one is what the target gets. */
export type Hop = {
  /** Who got it. */
  readonly holder: string;
  /** Claims; one that is missing is not in the token. A person's is the id of the platform, and stands here with a name. */
  readonly sub?: string | undefined;
  readonly act?: string | undefined;
  readonly aud: string;
};

/**
 * The tokens that lead to the one that opens the target. Of PingOne these are the claims as the kit declares them; another `act` or
 * `sub` of a resource is not seen here.
 *
 * @see oauth-flows §3.2, pingone §5.6
 */
export function hopsOf(row: Row): Hop[] {
  return row.target.is === "resource" ? pingOneHops(row) : aicHops(row);
}

function aicHops({ agent, flow, subject, target }: Row): Hop[] {
  const sub = subjectOf(subject, agent.id);
  if (flow !== "exchange") return [{ holder: agent.name, sub, aud: agent.id }];
  const before: Hop =
    subject.is === "itself"
      ? { holder: agent.name, sub, aud: agent.id }
      : { holder: "the user's application", sub, aud: "that application" };
  return [before, { holder: agent.name, sub, act: agent.id, aud: `${agent.id}, ${target.id}` }];
}

function pingOneHops({ agent, flow, subject, target, via }: Row): Hop[] {
  const isOwn = flow === "client-credentials";
  const aud = `audience of ${target.name}`;
  if (isOwn) return [{ holder: agent.name, aud }];
  const sub = subject.is === "client" ? undefined : subjectOf(subject, agent.id);
  if (flow !== "exchange") return [{ holder: agent.name, sub, aud }];
  const tokensOf = "tokensOf" in subject ? subject.tokensOf : undefined;
  const source = tokensOf ? `audience of ${tokensOf.name}` : `audience that names ${(via[0] ?? agent).name}`;
  const holder = subject.is === "client" ? subject.name : "the user's application";
  return [
    { holder, sub, aud: source },
    ...via.map(({ id, name }, at) => ({
      holder: name,
      ...{ sub, act: id },
      aud: `audience that names ${(via[at + 1] ?? agent).name}`,
    })),
    { holder: agent.name, sub, act: agent.id, aud },
  ];
}

function subjectOf(subject: Subject, agent: string): string {
  if (subject.is === "itself") return agent;
  if (subject.is === "user") return subject.name;
  if (subject.is === "client") return subject.id;
  return subject.is === "group" ? `a member of ${subject.name}` : "any user";
}
