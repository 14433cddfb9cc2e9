/**
 * Reads what a state knows as a refresh does, by the same reads of the same kinds, without the engine: nothing is written, and one
 * that cannot be read stands for itself.
 */

import { isRecord } from "../admin-api/http/json.ts";
import type { LastChange, ResourceName, Unreadable } from "../drift/finding.ts";
import type { Compared } from "../drift/kind.ts";
import { PingAgentsError } from "../errors.ts";
import { metaOf } from "../fields/meta.ts";
import { shapeOf } from "./annotations.ts";
import type { AnyKind, Platform } from "./kind.ts";
import { lifecycle } from "./lifecycle.ts";
import { type Properties, SECRET_SIGNATURE, SIGNATURE_KEY } from "./pulumi-values.ts";
import { inputsOf, REPLACED_BY } from "./state.ts";
import { OF_ALL } from "./told.ts";

/** A resource as the state has it. */
export type Recorded = ResourceName & {
  readonly id: string;
  readonly inputs: Properties;
  readonly outputs: Properties;
};

/** What became of the comparison of each resource. */
export type Readings = { readonly compared: readonly Compared[]; readonly unreadable: readonly Unreadable[] };

/**
 * Compares resources with the tenant. They are read side by side, so that lists answer them.
 *
 * @throws the first of the mistakes that are the same for all, once
 */
export async function compareAll<C>(
  kinds: readonly AnyKind<C>[],
  platform: Platform<C>,
  resources: readonly Recorded[],
): Promise<Readings> {
  const answers = await Promise.all(
    resources.map(async (one) => {
      try {
        return await compareOne(kinds, platform, one);
      } catch (error) {
        if (!(error instanceof PingAgentsError)) throw error;
        return { of: one, error };
      }
    }),
  );
  const failed = answers.flatMap((answer) => ("error" in answer ? [answer] : []));
  const ofAll = failed.find(({ error }) => OF_ALL.includes(error.code));
  if (ofAll) throw ofAll.error;
  return {
    compared: answers.flatMap((answer) => ("error" in answer ? [] : [answer])),
    unreadable: failed.map(({ of, error }) => unreadableOf(of, error)),
  };
}

/** What could not be read, and why. */
export const unreadableOf = (
  { type, name }: Pick<ResourceName, "type" | "name">,
  { code, message }: PingAgentsError,
): Unreadable => ({
  ...{ type, name, code },
  reason: message.split("\n")[0]?.replace(`${code}: `, "") ?? "",
});

async function compareOne<C>(
  kinds: readonly AnyKind<C>[],
  platform: Platform<C>,
  { type, name, urn, parent, id, inputs, outputs }: Recorded,
): Promise<Compared> {
  const kind = kinds.find((one) => one.type === type);
  if (!kind) {
    throw new PingAgentsError("ERR_UNKNOWN_KIND", `this version of ping-agents has no resource kind "${type}"`, {
      hint: "install the version that wrote the state",
    });
  }
  const own = { type, name, urn, parent, kind: kind.drift };
  const was = inputsOf(kind, withoutSecrets(inputs));
  let lastChange: LastChange | undefined;
  const dated = kind.lastChange && {
    observe: async (...args: Parameters<typeof kind.observe>) => {
      const live = await kind.observe(...args);
      lastChange = live === undefined ? undefined : kind.lastChange?.(live);
      return live;
    },
  };
  const read = await lifecycle({ ...kind, ...dated }, async () => platform).read(id, withoutSecrets(outputs));
  if (!read.inputs) return { ...own, is: "missing" };
  const by = read.inputs[REPLACED_BY];
  if (typeof by === "string") return { ...own, is: "replaced", by };
  const seen = inputsOf(kind, read.inputs);
  const isShown = (key: string) => kind.trace?.input === key || !kind.notShown?.includes(key);
  const shown = (of: Properties) => Object.fromEntries(Object.entries(of).filter(([key]) => isShown(key)));
  return {
    ...{ ...own, is: "there" },
    // What a refresh found once and nobody took away since is still not declared.
    was: { ...shown(was), ...(was.undeclared !== undefined && { undeclared: {} }) },
    seen: shown(seen),
    defaultOf: (path) => defaultAt(kind.inputs, path),
    lastChange,
    isSecret: ([key = ""]) => kind.trace?.input === key || (kind.secret ?? []).includes(key),
  };
}

/** Stands for a secret, which is read neither from the state nor from the tenant. */
const MASK = "[secret]";

/** The values of a state with a word in the place of each secret: a comparison needs none of them. */
function withoutSecrets(value: Properties): Properties;
function withoutSecrets(value: unknown): unknown;
function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (!isRecord(value)) return value;
  if (value[SIGNATURE_KEY] === SECRET_SIGNATURE) return MASK;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutSecrets(inner)]));
}

/** What a field is where nobody declares it; undefined where no value says it. */
function defaultAt(schema: AnyKind<never>["inputs"], path: readonly string[]): unknown {
  const field = path.reduce<Parameters<typeof shapeOf>[0] | undefined>((at, key) => at && shapeOf(at)?.[key], schema);
  return field && metaOf(field).default;
}
