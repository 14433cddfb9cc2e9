/** Adoption: what a create does about an object that the tenant has already, and how a refusal reads. */

import type { Config, Env } from "../admin-api/settings.ts";
import { PingAgentsError, SettingError, type Where } from "../errors.ts";
import { type AdoptPolicy, adoptPolicy } from "../fields/adopt.ts";
import { type Difference, describeDifferences } from "./differences.ts";
import type { Adoption } from "./kind.ts";
import { describeMark, type Mark } from "./owner.ts";

/** What stands under the id of a resource that is to be created. */
export type Found =
  /** Nothing. */
  | { readonly whose: "nobody" }
  /** An object that this kit made for this resource, in a run that was cut off or for a state that was lost. */
  | { readonly whose: "own" }
  /** An object of another resource of this stack: its key was renamed. */
  | { readonly whose: "stack" }
  /** A document that others share: only the entry is ours. */
  | { readonly whose: "shared" }
  /** An object that belongs to another stack or to nobody that this kit knows, and in what it differs from the declaration. */
  | { readonly whose: "foreign"; readonly mark: Mark; readonly differences: readonly Difference[] };

/** What a create does. */
export type Outcome =
  /** Makes the object. */
  | "create"
  /** Goes on with what an earlier create has begun. */
  | "resume"
  /** Goes on with the object, and marks it anew. */
  | "rename"
  /** Adds the entry to the document. */
  | "join"
  /** Takes over the object as it is. */
  | "adopt"
  /** Takes over the object and changes it to the declaration. */
  | "overwrite"
  /** Fails, and touches nothing. */
  | "refuse";

/** The outcome by what is found, whose it is and whether it equals the declaration; then by policy. */
const OUTCOMES = {
  nothing: { never: "create", match: "create", overwrite: "create" },
  own: { never: "resume", match: "resume", overwrite: "resume" },
  stack: { never: "rename", match: "rename", overwrite: "rename" },
  shared: { never: "join", match: "join", overwrite: "join" },
  "foreign and equal": { never: "refuse", match: "adopt", overwrite: "adopt" },
  "foreign and different": { never: "refuse", match: "refuse", overwrite: "overwrite" },
} as const satisfies Record<string, Record<AdoptPolicy, Outcome>>;

/** What becomes of a create. */
export function outcome(found: Found, policy: AdoptPolicy): Outcome {
  return OUTCOMES[situation(found)][policy];
}

function situation(found: Found): keyof typeof OUTCOMES {
  if (found.whose === "nobody") return "nothing";
  if (found.whose !== "foreign") return found.whose;
  return found.differences.length === 0 ? "foreign and equal" : "foreign and different";
}

/**
 * Fails a create, or an update of what was replaced meanwhile, whose outcome is `refuse`.
 *
 * @param isSecret whether the values of a field must not be shown
 * @returns how the object is taken over, where it is
 * @throws ERR_OBJECT_EXISTS with the owner, the differences and what to do
 */
export function refuseUnlessAdopted(
  found: Found,
  policy: AdoptPolicy,
  where: Where,
  isSecret: (path: string) => boolean,
): Adoption | undefined {
  // What another resource of the stack made is in use, and its secret is in no output of this one.
  if (found.whose === "stack") return "overwrite";
  if (found.whose !== "foreign") return undefined;
  if (policy !== "never" && outcome(found, policy) !== "refuse") return policy;
  const { differences, mark } = found;
  const text = differences.length
    ? `it differs from the declaration:\n    ${describeDifferences(differences, isSecret)}`
    : "it equals the declaration";
  const isStrange = mark.whose === "nobody" && !mark.released;
  const whose = isStrange ? "this stack did not make it" : `it belongs to ${describeMark(mark)}`;
  const next = differences.length ? '"adopt: overwrite" changes it' : '"adopt: match" takes it over as it is';
  throw new PingAgentsError("ERR_OBJECT_EXISTS", `the tenant has this object, and ${whose}; ${text}`, {
    where,
    hint:
      `${next} (on the resource, or for the stack: pulumi config set ping-agents:adopt …), or choose another name; ` +
      "npx ping-agents adopt writes a declaration of what is there",
  });
}

/**
 * Says what came of an adoption, once: this is where a user learns that the object ends with the stack.
 *
 * @param what kind and id
 */
export function sayAdopted(found: Found, what: string, isSecret: (path: string) => boolean): void {
  if (found.whose !== "foreign") return;
  const changes = found.differences.length
    ? `it was changed:\n    ${describeDifferences(found.differences, isSecret)}\n  `
    : "it stays as it was; ";
  console.warn(
    `warning: ${what} was there already and is this stack's from now on: ${changes}` +
      "destroy, or the end of its entry, removes it as what the stack has made, unless protect or onRemove says otherwise",
  );
}

/** What there is to say when the engine asks for an object of which it knows the id alone. */
export function notImportable(resource: string): PingAgentsError {
  return new PingAgentsError("ERR_IMPORT", "an id alone does not lead to the object: nothing else of it is known", {
    where: { resource },
    hint: "declare it, with adopt: match where it is to stay as it is (adopt: overwrite changes it), then pulumi up",
  });
}

/** True when a create was refused because somebody had made the object in the meantime. */
export const isTaken = (error: unknown) =>
  error instanceof PingAgentsError && ["ERR_API_PRECONDITION", "ERR_API_CONFLICT"].includes(error.code);

/** The policy of one run, whatever the stack says. */
export const ADOPT_VARIABLE = "PING_AGENTS_ADOPT";

/**
 * The policy for resources that do not say: that of the run, else that of the stack.
 *
 * @throws SettingError `ERR_SETTING_INVALID`
 */
export function stackAdoptPolicy(config: Config, env: Env = process.env): AdoptPolicy {
  const ofRun = env[ADOPT_VARIABLE]?.trim() || undefined;
  const adopt = ofRun ?? config("ping-agents:adopt") ?? "never";
  const { data } = adoptPolicy.safeParse(adopt);
  if (data) return data;
  const where = ofRun === undefined ? "ping-agents:adopt" : ADOPT_VARIABLE;
  throw new SettingError("ERR_SETTING_INVALID", `${where} is "${adopt}"`, {
    hint: `use ${adoptPolicy.options.join(", ")}`,
  });
}
