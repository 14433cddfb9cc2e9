/** The scopes that an agent must not get, each of which is asked for alone: a bundle is refused for one of its scopes. Pure. */

/** Scopes that are tried of one agent in one way; more would be many calls for little news. */
const TRIED = 20;
/** A scope that nobody has, where the declaration knows no other. */
const UNLISTED = "ping-agents-unlisted";

export type ExcessScopes = {
  readonly tried: readonly string[];
  /** How many are left out. */
  readonly left: number;
};

/**
 * @param known scopes that the declaration knows, the nearest first
 * @param own those that may be asked for; `openid` is no business scope and nobody's excess
 */
export function excessScopes(known: readonly string[], own: readonly string[]): ExcessScopes {
  const excess = [...new Set(known)].filter((scope) => scope !== "openid" && !own.includes(scope));
  if (excess.length === 0) return { tried: [UNLISTED], left: 0 };
  return { tried: excess.slice(0, TRIED), left: Math.max(0, excess.length - TRIED) };
}

/** What the report says of those that are left out. */
export function leftOut(agent: string, flow: string, { left }: ExcessScopes): string[] {
  return left ? [`${left} more scopes that ${agent} must not get (${flow}): the first ${TRIED} were asked for`] : [];
}
