/**
 * Access below an application or resource is owned as a set: a refresh shows what nobody declared, sentence by sentence, and an
 * update takes away what a refresh has shown. Both platforms do so (decision 0009).
 */

import { z } from "zod";
import { set } from "../../fields/text.ts";
import {
  type Allowed,
  allowedAccess,
  pingOneAccess,
  undeclaredAccess,
  utcDay,
  verdict,
} from "../../fields/undeclared-access.ts";

/** One thing that gives access. */
export type Access = {
  /** As declarations name it: `grant/Orders API`, `claim/groups`, `policy/Single_Factor`, `owner/demo.owner`, `scope/read`. */
  readonly key: string;
  /** What it refers to, which has the same id under another name: the resource, the policy, the user or group. @default nothing */
  readonly refersTo?: string;
  /** What it is, for people: `grant of Orders API: orders:read`. */
  text(): Promise<string>;
  /** Takes it away. */
  remove(): Promise<void>;
};

/** Inputs of a kind below which access is owned as a set. */
export const accessInputs = {
  /** Keys of all that is declared below: `grant/Orders API`, `claim/email`. */
  declaredAccess: set().optional(),
  /** Declared empty; a refresh shows here what is there and not declared. @default nobody looks */
  undeclaredAccess: set().optional(),
  /** What becomes of it. @default remove */
  ifUndeclared: undeclaredAccess.optional(),
  /** What may be there although it is not declared. */
  allow: allowedAccess(pingOneAccess).optional(),
};
export type AccessInputs = z.output<z.ZodObject<typeof accessInputs>>;

/** Those that the platform does not show. */
export const ACCESS_NOT_SHOWN = ["declaredAccess", "ifUndeclared", "allow"] as const;

/** Outputs of such a kind. */
export const accessOutputs = {
  /** Ids by declared key: what is renamed on the platform stays declared. */
  accessIds: z.record(z.string(), z.string()).optional(),
};
type Ids = Readonly<Record<string, string>>;

/** Access that nobody declared. */
export type Undeclared = Pick<Access, "remove"> & { readonly text: string };

/** What there is below an object, compared with what is declared. */
export type AccessSet = { readonly undeclared: readonly Undeclared[]; readonly ids: Ids };

export const NO_ACCESS: AccessSet = { undeclared: [], ids: {} };

/** Compares what there is with what is declared. @param known ids by declared key, as they were when somebody last looked */
export async function accessSet(found: readonly Access[], inputs: AccessInputs, known: Ids = {}): Promise<AccessSet> {
  const { declaredAccess = [], allow } = inputs;
  const ids = Object.fromEntries(
    declaredAccess.flatMap((key) => {
      const id = found.find((one) => one.key === key)?.refersTo ?? known[key];
      return id === undefined ? [] : [[key, id]];
    }),
  );
  const declared = new Set([...declaredAccess, ...Object.entries(ids).map(([key, id]) => `${sort(key)}/${id}`)]);
  const others = found.filter(({ key, refersTo }) => !declared.has(key) && !declared.has(`${sort(key)}/${refersTo}`));
  const undeclared = await Promise.all(others.map((one) => judged(one, allow)));
  return { undeclared: undeclared.flat(), ids };
}

const sort = (key: string) => key.slice(0, key.indexOf("/"));

async function judged(access: Access, allow: readonly Allowed[] | undefined): Promise<Undeclared[]> {
  const said = verdict(access.key, allow, utcDay());
  if (said.is === "allowed") return [];
  const note = said.is === "expired" ? ` (was allowed until ${said.entry.expires})` : "";
  return [{ text: `${await access.text()}${note}`, remove: () => access.remove() }];
}

/** A write that may have to take access away. */
type Settling = {
  /** For messages, e.g. `pingone:AiAgent Support Agent`. */
  readonly resource: string;
  readonly inputs: AccessInputs;
  readonly previous: AccessInputs | undefined;
  /** True for an object that somebody else made, and that is taken over: what it differs in was shown. */
  readonly isAdopted: boolean;
  /** Looks, as late as possible. */
  look(): Promise<AccessSet>;
};

/**
 * Takes away what a refresh or an adoption has shown, and says what stays. What nobody was shown is left for the next refresh, and
 * so is everything at the first update of a state that knew no such set.
 *
 * @returns ids by declared key, where it had to look
 */
export async function settleAccess({
  resource,
  inputs,
  previous,
  isAdopted,
  look,
}: Settling): Promise<Ids | undefined> {
  if (inputs.undeclaredAccess === undefined) return undefined;
  const isFirst = previous !== undefined && previous.undeclaredAccess === undefined;
  const shown = previous?.undeclaredAccess ?? [];
  if (!isAdopted && !isFirst && shown.length === 0) return undefined;
  const { undeclared, ids } = await look();
  const due = (one: Undeclared) => inputs.ifUndeclared !== "report" && (isAdopted || shown.includes(one.text));
  for (const one of undeclared.filter(due)) await one.remove();
  const left = undeclared.filter((one) => !due(one)).map(({ text }) => text);
  if (left.length) {
    const next =
      inputs.ifUndeclared === "report"
        ? ""
        : "; after a refresh, pulumi up removes it unless it is declared or allowed";
    console.warn(`warning: ${resource} has access that nobody declared: ${left.sort().join(", ")}${next}`);
  }
  return ids;
}
