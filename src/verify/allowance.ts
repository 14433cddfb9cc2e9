/** Access that nobody declared and that somebody answers for: no finding until the allowance expires. Pure. */

export type Allowance = {
  /** What it is for: the id of a privilege on AIC; kind and name on PingOne, e.g. `grant/Orders API`. */
  readonly access: string;
  /** Last day on which it counts, `YYYY-MM-DD` in UTC. @default it never expires */
  readonly expires?: string | undefined;
};

/** What the allowances say about an access. */
export type Allowed = {
  readonly isAllowed: boolean;
  /** What to add to a finding; empty unless an allowance has expired. */
  readonly remark: string;
};

/**
 * @param access as an allowance names it
 * @param now seconds since 1970
 */
export function allowanceFor(allowances: readonly Allowance[] | undefined, access: string, now: number): Allowed {
  const today = new Date(now * 1000).toISOString().slice(0, 10);
  const found = (allowances ?? []).filter((one) => one.access === access);
  const isAllowed = found.some(({ expires }) => expires === undefined || expires >= today);
  const ended = found.map(({ expires }) => expires).find((expires) => expires !== undefined);
  return { isAllowed, remark: isAllowed || ended === undefined ? "" : `; it was allowed until ${ended}` };
}
