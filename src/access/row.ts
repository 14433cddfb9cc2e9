/** A row of access: which agent may get a token with which scope, on what, for whom and in which way. Pure. */

/** Somebody or something with a name that people know. */
export type Party = {
  /** AIC: client id. PingOne: key of the declaration, else the id of the object. */
  readonly id: string;
  readonly name: string;
};

/**
 * How the token is had: `client-credentials`, the agent asks for itself; `exchange` of a token that somebody got before (RFC 8693);
 * `ciba`, the user approves each request; `login`, the user signs in at the agent itself, or the agent with a password.
 */
export type Flow = "client-credentials" | "exchange" | "ciba" | "login";

/** What a token opens; of AIC `agent` for scopes of the agent's own, and `audience` for a text that stands for no object. */
export type Target = Party & { readonly is: "application" | "resource" | "agent" | "audience" };

/**
 * For whom. `client` is another agent or application whose own token is exchanged. `tokensOf` is what the token is for that people or
 * the client must hold before the agent can act for them: a resource (PingOne), or the client that got it (AIC).
 */
export type Subject =
  | { readonly is: "itself" }
  | ({ readonly is: "client"; readonly tokensOf?: Party } & Party)
  | { readonly is: "user"; readonly name: string }
  | { readonly is: "group"; readonly name: string; readonly tokensOf?: Party }
  | { readonly is: "anyone"; readonly tokensOf?: Party };

/** Whom `sub` of a token names: the user for whom it is, the client whose token was exchanged first, or nobody. */
export type Sub = "user" | "client" | "none";

/** What a token says. */
export type Claims = {
  readonly sub: Sub;
  /** Ids of who acts, the last one first (RFC 8693 §4.1). */
  readonly act: readonly string[];
};

/**
 * What a tenant does where somebody exchanges a token that does not name them: `unnamed`, it gives a token that says of nobody that they
 * act, and its target has to refuse it; `named`, one that says so of somebody all the same; `unknown`, nobody can tell.
 */
export type Unenforced = "unnamed" | "named" | "unknown";

/** An agent that a token went through, and what it got: without an exchange nobody acts yet. */
export type Hop = Party & { readonly target: Target; readonly claims: Claims };

/** Where something is declared; `line` and `column` start at 1. */
export type Place = { readonly file: string; readonly line: number; readonly column: number };

export type Row = {
  readonly agent: Party;
  readonly flow: Flow;
  readonly target: Target;
  /** Name of the scope, or {@link EVERY_SCOPE}. */
  readonly scope: string;
  readonly subject: Subject;
  /** Agents that the token went through before, in their order: the chain. @default none */
  readonly via: readonly Hop[];
  /** Whose token it is and what it is exchanged for stand in two entries, and in none together. @default false */
  readonly isCombined?: true;
  /** What others get by the same exchange, whom the token does not name (delegation §1.1). @default nothing: the tenant refuses them */
  readonly unenforced?: Unenforced | undefined;
  /** Of an exchange whose claims are known. @default the agent alone acts, for whom the token was before */
  readonly claims?: Claims | undefined;
  /** Where the scope is declared; undefined for what was read from a tenant. */
  readonly place?: Place | undefined;
  /** The object that grants it: `privilege/<id>`, `client/<client id>`, `grant/<application>/<resource>`. */
  readonly grantedBy: string;
};

/** Every scope of a target whose scopes are not known. No scope has a space (RFC 6749 §3.3). */
export const EVERY_SCOPE = "every scope";

/** Tells a row from all others; where it is declared and what grants it do not count. */
export const keyOf = ({ agent, flow, target, scope, subject, via, unenforced }: Row): string =>
  JSON.stringify([
    agent.id,
    flow,
    target.is,
    target.id,
    scope,
    subjectKey(subject),
    via.map(({ id }) => id),
    ...(unenforced ? [unenforced] : []),
  ]);

/** Tells a subject from all others. */
export function subjectKey(subject: Subject): string {
  if (subject.is === "itself") return "itself";
  if (subject.is === "client") return JSON.stringify([subject.is, subject.id, subject.tokensOf?.id ?? ""]);
  const name = subject.is === "anyone" ? "" : subject.name;
  return JSON.stringify([subject.is, name, subject.is === "user" ? "" : (subject.tokensOf?.id ?? "")]);
}

/** Whether a row rests on tokens that clients handed on: another client's own, or one that went through agents before. */
export const isChained = ({ via, subject }: Row): boolean => via.length > 0 || subject.is === "client";

/** Those without whom there is no such row: the agent, whose token it is, and whom it went through. */
export const partiesOf = ({ agent, subject, via }: Row): readonly Party[] => [
  agent,
  ...(subject.is === "client" ? [subject] : []),
  ...via,
];

/** Each row once, in the order in which they came. */
export const distinct = (rows: readonly Row[]): Row[] =>
  [...new Map(rows.toReversed().map((row) => [keyOf(row), row])).values()].toReversed();
