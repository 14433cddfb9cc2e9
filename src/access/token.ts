/** What the tokens of a row say: who it is about, who acts, and for whom it is meant, at each hop. Pure. */

import type { Claims, Hop, Row, Subject, Target } from "./row.ts";

/** A token, in the order in which they are had; the last one is what the target gets. */
export type Token = {
  /** Who got it. */
  readonly holder: string;
  /** Claims; one that is missing is not in the token. A person's is the id of the platform, and stands here with a name. */
  readonly sub?: string | undefined;
  /** Who acts, the last one first: `extension after support`, each of which holds the next. */
  readonly act?: string | undefined;
  readonly aud: string;
};

/**
 * The tokens that lead to the one that opens the target. Of PingOne's `sub` and `act` only that is seen
 * which decides about exchanges.
 *
 * @see oauth-flows §3.2, pingone §5.6, delegation §1
 */
export function tokensOf(row: Row): Token[] {
  return row.target.is === "resource" ? pingOneTokens(row) : aicTokens(row);
}

function aicTokens(row: Row): Token[] {
  const { agent, flow, subject, target } = row;
  const sub = subjectOf(subject, agent.id);
  if (flow !== "exchange") return [{ holder: agent.name, sub, aud: agent.id }];
  const last: Hop = { ...agent, target, claims: claimsOf(row) };
  const exchanged = [...handedOn(row), last].map((hop) => tokenOf(hop, sub, `${hop.id}, ${hop.target.id}`));
  const from = "tokensOf" in subject ? subject.tokensOf : undefined;
  if (subject.is === "itself") return [{ holder: agent.name, sub, aud: agent.id }, ...exchanged];
  if (subject.is === "client") return [{ holder: subject.name, sub, aud: from?.name ?? subject.id }, ...exchanged];
  return [{ holder: from?.name ?? "the user's application", sub, aud: from?.id ?? "that application" }, ...exchanged];
}

function pingOneTokens(row: Row): Token[] {
  const { agent, flow, subject, target } = row;
  const aud = audienceOf(target);
  if (flow === "client-credentials") return [{ holder: agent.name, aud }];
  const sub = subjectOf(subject, agent.id);
  if (flow !== "exchange") return [{ holder: agent.name, sub, aud }];
  const from = "tokensOf" in subject ? subject.tokensOf : undefined;
  const source = from ? audienceOf(from) : `audience that names ${agent.name}`;
  const [first] = row.via;
  const signedIn = first && first.claims.act.length === 0 ? first.name : "the user's application";
  const last: Hop = { ...agent, target, claims: claimsOf(row) };
  return [
    subject.is === "client" ? { holder: subject.name, aud: source } : { holder: signedIn, sub, aud: source },
    ...[...handedOn(row), last].map((hop) => tokenOf(hop, sub, audienceOf(hop.target))),
  ];
}

/** What the last token of an exchange says. */
const claimsOf = ({ agent, claims }: Row): Claims => claims ?? { sub: "user", act: [agent.id] };

/** What a chain went through by an exchange. */
const handedOn = ({ via }: Row) => via.filter(({ claims }) => claims.act.length > 0);

const tokenOf = ({ name, claims: { sub, act } }: Hop, named: string, aud: string): Token => ({
  holder: name,
  ...{ sub: sub === "none" ? undefined : named, act: act.join(" after "), aud },
});

const audienceOf = ({ name }: Pick<Target, "name">) => `audience of ${name}`;

function subjectOf(subject: Subject, agent: string): string {
  if (subject.is === "itself") return agent;
  if (subject.is === "user") return subject.name;
  if (subject.is === "client") return subject.id;
  return subject.is === "group" ? `a member of ${subject.name}` : "any user";
}
