/** What a run of the engine would do, or did, resource by resource. Pure: `src/cli/plan/` reads it. */

export type Properties = Readonly<Record<string, unknown>>;

/** In the place of a value that the engine holds as secret. */
export const SECRET = "[secret]";
/** In the place of a value that nobody knows before the run. */
export const UNKNOWN = "[unknown]";

/** What becomes of a resource; `replace` is a deletion and a creation. */
export const OPERATIONS = ["create", "update", "replace", "delete", "same", "import", "forget"] as const;
export type Operation = (typeof OPERATIONS)[number];

/** A resource, as its URN names it. */
export type Resource = {
  readonly urn: string;
  /** `aic:AiAgent`; of a resource that is not the kit's its whole type. */
  readonly kind: string;
  /** Its name in the program. */
  readonly name: string;
  /** URN of what it is below, where it is known. */
  readonly parent?: string | undefined;
};

export type Step = Resource & {
  readonly operation: Operation;
  /** Inputs before; undefined for what is new. Without what is the kit's own (`__owner` and others). */
  readonly before: Properties | undefined;
  /** Inputs after; undefined for what goes. */
  readonly after: Properties | undefined;
  /** Paths of the engine's at which something differs: the only sign of a secret that changes. */
  readonly differs: readonly string[];
  /** Properties for which it is replaced. */
  readonly replacedFor: readonly string[];
  /** `planned` in a preview, and of a run for what it did not get to. */
  readonly outcome: "planned" | "done" | "failed";
};

/** What the run said. */
export type Message = {
  readonly severity: "error" | "warning" | "info";
  readonly text: string;
  /** The resource that it is about. */
  readonly resource?: Resource | undefined;
};

export type Plan = {
  readonly steps: readonly Step[];
  /** What a refresh found different on the tenant: `before` as the state has it, `after` as the tenant shows it. */
  readonly drift: readonly Step[];
  readonly messages: readonly Message[];
  /** True where nothing was done but looked. */
  readonly isPreview: boolean;
  /** False where the run failed or was cut off: then steps are missing. */
  readonly isWhole: boolean;
};

/** Steps that change something. */
export const changing = (steps: readonly Step[]): readonly Step[] =>
  steps.filter(({ operation }) => operation !== "same");

/** How many resources each operation is about, in the order of {@link OPERATIONS}. */
export function countsOf(steps: readonly Step[]): ReadonlyMap<Operation, number> {
  const counts = OPERATIONS.map((one) => [one, steps.filter(({ operation }) => operation === one).length] as const);
  return new Map(counts.filter(([, count]) => count > 0));
}
