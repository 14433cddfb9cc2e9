/** Calls to a tenant by their kinds: which are of a single object, and which are of the run, whatever it declares. */

import type { Call } from "./tenant.ts";

type Asked = Pick<Call, "method" | "path">;

export const isTokenCall = ({ path }: Asked): boolean => /\/(access_token|as\/token)$/.test(path);

/** What the tenant says of itself. */
const isIdentity = ({ method, path }: Asked) =>
  method === "GET" && /\/serverinfo\/\*$|^\/v1\/environments\/[^/]+$/.test(path);

/** Reads of a whole collection or of a document that a realm or environment has once: names in batches, lists, the provider. */
const isWide = ({ method, path }: Asked) =>
  method === "GET" &&
  /\/(managed\/[a-z]+_[a-z]+|oauth-oidc|agents\/\w+)$|^\/v1\/environments\/[^/]+\/(applications|resources|users|groups|roles)$|\/resources\/[^/]+\/scopes$/.test(
    path,
  );

/** How many there were. */
export type Counted = {
  readonly all: number;
  readonly tokens: number;
  readonly identity: number;
  /** Of the realm or environment. */
  readonly wide: number;
  /** Of single objects. */
  readonly own: number;
  /** Answered with 429. */
  readonly refused: number;
  /** By what was called: `PUT …/AIAgent/*`. */
  readonly kinds: Readonly<Record<string, number>>;
};

/** Counts calls. */
export function counted(calls: readonly Asked[] & readonly Pick<Call, "status">[]): Counted {
  const kinds: Record<string, number> = {};
  for (const { method, path } of calls) {
    const kind = `${method} ${withoutNames(path)}`;
    kinds[kind] = (kinds[kind] ?? 0) + 1;
  }
  const [tokens, others] = parted(calls, isTokenCall);
  const [identity, rest] = parted(others, isIdentity);
  const [wide, own] = parted(rest, isWide);
  return {
    ...{ all: calls.length, tokens: tokens.length, identity: identity.length, wide: wide.length, own: own.length },
    refused: (calls as readonly Pick<Call, "status">[]).filter(({ status }) => status === 429).length,
    kinds,
  };
}

function parted<T>(all: readonly T[], isIt: (one: T) => boolean): [T[], T[]] {
  return [all.filter(isIt), all.filter((one) => !isIt(one))];
}

/** With a star for what names an object, and without what all paths of a server begin with. */
const withoutNames = (path: string) =>
  path
    .replace(/^\/v1\/environments\/[^/]+\/?/, "")
    .replace(/^\/am\/json\/realms\/root\/realms\//, "")
    .replace(/(?<=\/|^)(?:[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|[a-z]+-\d+)(?=\/|$)/g, "*");
