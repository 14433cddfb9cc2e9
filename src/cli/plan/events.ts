/** The engine's events, one a line of JSON, as `preview`, `refresh --preview-only` and `up` print them with `--json`: read into a plan. */

import { z } from "zod";
import { SIGNATURE_KEY, UNKNOWN as UNKNOWN_ON_THE_WIRE } from "../../providers/pulumi-values.ts";
import {
  type Message,
  type Operation,
  type Plan,
  type Properties,
  type Resource,
  SECRET,
  type Step,
  UNKNOWN,
} from "../../reports/plan/plan.ts";

const resourceState = z.object({
  custom: z.boolean().optional(),
  parent: z.string().optional(),
  inputs: z.record(z.string(), z.unknown()).optional(),
});
const metadata = z.object({
  op: z.string(),
  urn: z.string(),
  type: z.string(),
  old: resourceState.nullish(),
  new: resourceState.nullish(),
  keys: z.array(z.string()).nullish(),
  detailedDiff: z.record(z.string(), z.unknown()).nullish(),
});
const aboutResource = z.object({ metadata });
/** An event has one of them, or one that nothing is to be learnt from. */
const eventSchema = z.object({
  preludeEvent: z.unknown().optional(),
  resourcePreEvent: aboutResource.optional(),
  resOutputsEvent: aboutResource.optional(),
  resOpFailedEvent: aboutResource.optional(),
  diagnosticEvent: z.object({ severity: z.string(), message: z.string(), urn: z.string().optional() }).optional(),
  summaryEvent: z.object({ isPreview: z.boolean().optional(), result: z.string().optional() }).optional(),
});
type Metadata = z.infer<typeof metadata>;

/** What the engine calls an operation. Steps of a replacement are one; reads and what is discarded change nothing. */
const OPERATIONS: Readonly<Record<string, Operation>> = {
  ...{ same: "same", create: "create", update: "update", delete: "delete", import: "import" },
  ...{ replace: "replace", "create-replacement": "replace", "delete-replaced": "replace" },
  ...{ "import-replacement": "replace", "remove-pending-replace": "forget" },
};

/**
 * @param output what the CLI printed; lines that are no event are left out
 * @returns undefined where there is no event at all: the CLI ended before the engine started
 */
export function planOf(output: string): Plan | undefined {
  let run: Run | undefined;
  for (const line of output.split("\n")) {
    const event = eventSchema.safeParse(parsed(line)).data;
    if (!event) continue;
    // An `up` that makes its own preview says both: the last one counts.
    if (event.preludeEvent !== undefined) run = new Run();
    run?.take(event);
  }
  return run?.plan();
}

/** One run of the engine, as far as its events say. */
class Run {
  readonly #steps = new Map<string, Step>();
  readonly #drift: Step[] = [];
  readonly #messages: Message[] = [];
  #summary: z.infer<typeof eventSchema>["summaryEvent"];

  take(event: z.infer<typeof eventSchema>): void {
    const { resourcePreEvent, resOutputsEvent, resOpFailedEvent, diagnosticEvent, summaryEvent } = event;
    if (resourcePreEvent) this.#plan(resourcePreEvent.metadata, "planned");
    if (resOutputsEvent) this.#end(resOutputsEvent.metadata);
    if (resOpFailedEvent) this.#plan(resOpFailedEvent.metadata, "failed");
    if (summaryEvent) this.#summary = summaryEvent;
    const severity = SEVERITIES[diagnosticEvent?.severity ?? ""];
    if (!diagnosticEvent || !severity) return;
    const { urn } = diagnosticEvent;
    const text = diagnosticEvent.message.replaceAll(/<\{%\w+%\}>/g, "").replace(/^(?:error: |Preview failed: )+/, "");
    this.#messages.push({ severity, text: text.trim(), ...(urn && { resource: resourceOf(urn) }) });
  }

  plan(): Plan {
    const { isPreview = false, result } = this.#summary ?? {};
    // The engine ends each step of a preview, too.
    const outcome = (step: Step): Step =>
      isPreview && step.outcome === "done" ? { ...step, outcome: "planned" } : step;
    return {
      steps: [...this.#steps.values()].map(outcome),
      drift: this.#drift,
      messages: this.#messages,
      isPreview,
      isWhole: result === "succeeded",
    };
  }

  #plan(about: Metadata, outcome: Step["outcome"]): void {
    const operation = OPERATIONS[about.op];
    if (!operation || !isShown(about)) return;
    const known = this.#steps.get(about.urn);
    const step = stepOf(about, operation, outcome);
    this.#steps.set(about.urn, {
      ...step,
      before: step.before ?? known?.before,
      after: step.after ?? known?.after,
      differs: [...new Set([...(known?.differs ?? []), ...step.differs])],
      replacedFor: [...new Set([...(known?.replacedFor ?? []), ...step.replacedFor])],
    });
  }

  #end(about: Metadata): void {
    if (!isShown(about)) return;
    if (about.op === "refresh") {
      const operation = !about.new ? "delete" : about.detailedDiff ? "update" : "same";
      this.#drift.push(stepOf(about, operation, "planned"));
    } else if (this.#steps.has(about.urn)) this.#plan(about, "done");
  }
}

const SEVERITIES: Readonly<Record<string, Message["severity"]>> = {
  ...{ error: "error", warning: "warning", info: "info", "info#err": "info" },
};

/** The stack itself, components and providers are the engine's own book-keeping. */
const isShown = ({ old, new: after }: Metadata) => (after ?? old)?.custom === true;

function stepOf(about: Metadata, operation: Operation, outcome: Step["outcome"]): Step {
  return {
    ...resourceOf(about.urn),
    parent: (about.new ?? about.old)?.parent,
    ...{ operation, outcome },
    before: inputsOf(about.old),
    after: inputsOf(about.new),
    differs: Object.keys(about.detailedDiff ?? {}),
    replacedFor: about.keys ?? [],
  };
}

/** `urn:pulumi:dev::project::Parent$pulumi-nodejs:dynamic/aic:AiAgent::name`. */
function resourceOf(urn: string): Resource {
  const [, , types = "", ...name] = urn.split("::");
  const type = types.split("$").at(-1) ?? types;
  return { urn, kind: type.replace("pulumi-nodejs:dynamic/", ""), name: name.join("::") };
}

/** Inputs that the declaration knows; what begins with `__` is the kit's own. */
function inputsOf(state: z.infer<typeof resourceState> | null | undefined): Properties | undefined {
  if (!state) return undefined;
  const own = Object.entries(state.inputs ?? {}).filter(([key]) => !key.startsWith("__"));
  return Object.fromEntries(own.map(([key, value]) => [key, plain(value)]));
}

/** A value without the engine's signs of what is secret and what is not known. */
function plain(value: unknown): unknown {
  if (value === UNKNOWN_ON_THE_WIRE) return UNKNOWN;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  // Assets, archives and outputs are signed in the same way; no resource of the kit has any.
  if (SIGNATURE_KEY in value) return SECRET;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
