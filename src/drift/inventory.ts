/** What a tenant has that acts, and that a stack does not know: it is no drift, and nobody reviewed it here. Pure. */

/** Whose it is. */
export const WHOSE = {
  undeclared: "undeclared",
  "self-registered": "probably self-registered",
  "acts-as-agent": "an ordinary application that acts as an agent",
  "of-stack": "of another stack",
} as const;
export type Whose = keyof typeof WHOSE;

/** An agent, an application or a privilege that the stack does not know. */
export type Stranger = {
  readonly is: "agent" | "application" | "privilege";
  /** Client id; of a privilege its own id. */
  readonly id: string;
  readonly name: string;
  readonly whose: Whose;
  /** The stack that made it, `project/stack`. */
  readonly stack?: string | undefined;
  /** What it can do, in words: `client_credentials; 2 privileges`. */
  readonly can: readonly string[];
};

/** As reports show them: what nobody answers for first. */
export function inOrder(strangers: readonly Stranger[]): Stranger[] {
  const order = Object.keys(WHOSE);
  const key = ({ whose, is, name }: Stranger) => `${order.indexOf(whose)} ${is} ${name}`;
  return strangers.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** What tells that a client registered itself: nobody chooses a UUID for a name. */
export const isGiven = (id: string): boolean => /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i.test(id);
