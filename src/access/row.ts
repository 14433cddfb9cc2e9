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

/** What a token opens; `agent` for scopes of the agent's own, which AIC has. */
export type Target = Party & { readonly is: "application" | "resource" | "agent" };

/**
 * For whom. `client` is another agent or application whose own token is exchanged. `tokensOf` is the resource whose tokens people
 * must hold before the agent can act for them (PingOne).
 */
export type Subject =
  | { readonly is: "itself" }
  | ({ readonly is: "client" } & Party)
  | { readonly is: "user"; readonly name: string }
  | { readonly is: "group"; readonly name: string; readonly tokensOf?: Party }
  | { readonly is: "anyone"; readonly tokensOf?: Party };

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
  readonly via: readonly Party[];
  /** Where the scope is declared; undefined for what was read from a tenant. */
  readonly place?: Place | undefined;
  /** The object that grants it: `privilege/<id>`, `client/<client id>`, `grant/<application>/<resource>`. */
  readonly grantedBy: string;
};

/** Every scope of a target whose scopes are not known. No scope has a space (RFC 6749 §3.3). */
export const EVERY_SCOPE = "every scope";

/** Tells a row from all others; where it is declared and what grants it do not count. */
export const keyOf = ({ agent, flow, target, scope, subject, via }: Row): string =>
  JSON.stringify([agent.id, flow, target.is, target.id, scope, subjectKey(subject), via.map(({ id }) => id)]);

/** Tells a subject from all others. */
export function subjectKey(subject: Subject): string {
  if (subject.is === "itself") return "itself";
  if (subject.is === "client") return JSON.stringify([subject.is, subject.id]);
  const name = subject.is === "anyone" ? "" : subject.name;
  return JSON.stringify([subject.is, name, subject.is === "user" ? "" : (subject.tokensOf?.id ?? "")]);
}

/** Each row once, in the order in which they came. */
export const distinct = (rows: readonly Row[]): Row[] =>
  [...new Map(rows.toReversed().map((row) => [keyOf(row), row])).values()].toReversed();
