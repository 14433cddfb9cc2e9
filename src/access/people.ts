/** Who is in which group, as far as somebody knows. Pure. */

/** A group. The names of its members may be unknown where their number is not. */
export type Membership = { readonly size: number; readonly members?: ReadonlySet<string> | undefined };

/** Groups by name; one that is missing is unknown, and not empty. */
export type People = ReadonlyMap<string, Membership>;

/** A group whose members are all known. */
export const membersOf = (names: Iterable<string>): Membership => {
  const members = new Set(names);
  return { size: members.size, members };
};
