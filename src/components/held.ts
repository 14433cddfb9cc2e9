/** Holds what a program declares to the rules over access and to its assertions: before the first resource, in a preview as in an `up`. */

import * as pulumi from "@pulumi/pulumi";
import { allFindings } from "../access/assertions.ts";
import { type Finding, newFindings, type PlaceOf } from "../access/findings.ts";
import type { World } from "../access/rules/rule.ts";
import { PULUMI } from "../engine/command.ts";
import { PingAgentsError, SettingError } from "../errors.ts";
import {
  type AccessPolicy,
  isAtLeast,
  accessPolicy as policySchema,
  SEVERITIES,
  type Severity,
} from "../fields/access-policy.ts";
import { stackConfig } from "./stack-config.ts";

/** Setting of the stack: what is as bad as that stops a run. */
const FAIL_ON = "ping-agents:failOn";

type Section = "agents" | "applications";

/** An agent or application of a program, as it is declared. */
type Declared = { readonly section: Section; readonly key: string; readonly entry: object };

/** The entries of a section by their keys; a wing knows what they are. */
type Entries = Readonly<Record<string, object>>;

export type Clients = Readonly<Record<Section, Entries>>;

/** A realm or environment. */
export type Home = {
  readonly name: string;
  /** What the rules look at in the declaration that components make up together. */
  readonly worldOf: (clients: Clients) => World;
};

/** What a realm or environment has of components that belong to no declaration. */
type Place = Home & { readonly declared: Declared[] };

/** What is known of a program. */
type Program = {
  /** Components by the keys of what they declare, to warn at them. */
  readonly components: Map<string, pulumi.Resource | undefined>;
  readonly places: Map<string, Place>;
  policy: AccessPolicy;
  /** Whether a whole declaration is being declared, which was looked at before. */
  isDeclaration: boolean;
  told: readonly Finding[];
  look: Promise<void> | undefined;
};

/** Programs of one process have a monitor each. */
const programs = new WeakMap<object, Program>();

function currentProgram(): Program {
  const monitor = pulumi.runtime.getMonitor() ?? programs;
  const known = programs.get(monitor);
  if (known) return known;
  const made: Program = {
    ...{ components: new Map(), places: new Map(), policy: {} },
    ...{ isDeclaration: false, told: [], look: undefined },
  };
  programs.set(monitor, made);
  return made;
}

/**
 * What the access of a program has to keep to: severities, findings that somebody answers for, and assertions, as `accessPolicy` of
 * a declaration says them. Components are held to it that are declared without waiting for anything in between.
 *
 * @throws ERR_SETTING_INVALID
 * @example accessPolicy({ accept: [{ rule: "no-owner", on: "watcher", reason: "INC-1234", owner: "jane.doe" }] });
 */
export function accessPolicy(policy: AccessPolicy): void {
  const { data = {}, error } = policySchema.safeParse(policy);
  const [issue] = error?.issues ?? [];
  if (issue) {
    const where = { field: ["accessPolicy", ...issue.path].join(".") };
    throw new SettingError("ERR_SETTING_INVALID", issue.message, { where });
  }
  currentProgram().policy = data;
}

/**
 * Declares what a whole declaration says, which is looked at first. What is found and stops nothing is told afterwards, at the
 * component that it is about.
 *
 * @throws ERR_ACCESS_POLICY, and then nothing was declared
 */
export function held<Outputs>(
  world: World,
  policy: AccessPolicy | undefined,
  placeOf: PlaceOf | undefined,
  declare: () => Outputs,
): Outputs {
  const program = currentProgram();
  const warnings = unlessStopped(allFindings([world], policy, placeOf ?? nowhere).open);
  program.isDeclaration = true;
  try {
    const outputs = declare();
    tell(warnings, program);
    return outputs;
  } finally {
    program.isDeclaration = false;
  }
}

/** Takes note of a component. One of no declaration is looked at with all others of the program. */
export function takeNote(component: pulumi.Resource, declared: Declared, home: Home): void {
  const program = currentProgram();
  const { components } = program;
  components.set(declared.key, components.has(declared.key) ? undefined : component); // two clouds may have the same key
  if (program.isDeclaration) return;
  const place = program.places.get(home.name) ?? { ...home, declared: [] };
  program.places.set(home.name, place);
  place.declared.push(declared);
  void lookedAt();
}

/**
 * Settles when what was declared meanwhile has been looked at; where that stops the run, it never does, and the program fails by a
 * rejection that nobody handles. What a program declares after it has waited for something is looked at then.
 */
export function lookedAt(): Promise<void> {
  const program = currentProgram();
  program.look ??= new Promise((resolve) => {
    // The program must not leave the engine before.
    const done = pulumi.runtime.rpcKeepAlive();
    setImmediate(() => {
      program.look = undefined;
      void look(program).then(resolve).finally(done);
    });
  });
  return program.look;
}

/** @throws RunError */
async function look(program: Program): Promise<void> {
  const { places, policy, told } = program;
  const worlds = [...places.values()].map(({ worldOf, declared }) => {
    const of = (wanted: Section) =>
      Object.fromEntries(declared.flatMap(({ section, key, entry }) => (section === wanted ? [[key, entry]] : [])));
    return worldOf({ agents: of("agents"), applications: of("applications") });
  });
  const { open } = allFindings(worlds, policy, nowhere);
  program.told = open;
  try {
    tell(unlessStopped(newFindings(open, told)), program);
  } catch (error) {
    // The SDK prints a stack of a rejection that nobody handles.
    throw error instanceof PingAgentsError ? Object.assign(new pulumi.RunError(error.message), { stack: "" }) : error;
  }
}

/** Where nothing is written in a file. */
const nowhere: PlaceOf = () => undefined;

/**
 * What is worth a warning: information is not told. That an agent may do less than `allow` asserts stops no run by itself: whoever
 * switches one off must get through.
 *
 * @throws ERR_ACCESS_POLICY where there is what must never be, or something is as bad as the stack's setting says; ERR_SETTING_INVALID
 */
function unlessStopped(found: readonly Finding[]): readonly Finding[] {
  const failOn = failOnOf(stackConfig(FAIL_ON));
  const bad = found.filter(
    ({ rule, severity }) => rule === "never" || (failOn !== undefined && isAtLeast(severity, failOn)),
  );
  if (bad.length === 0) return found.filter(({ severity }) => severity !== "info");
  const count = bad.length === 1 ? "a finding" : `${bad.length} findings`;
  throw new PingAgentsError(
    "ERR_ACCESS_POLICY",
    [`${count} about access, and nothing was changed`, ...bad.map(text)].join("\n  "),
    {
      hint: "what somebody answers for stands under accept of accessPolicy, with a reason and an owner",
    },
  );
}

function failOnOf(said: string | undefined): Severity | undefined {
  const severity = SEVERITIES.find((one) => one === said);
  if (said === undefined || severity !== undefined) return severity;
  throw new SettingError("ERR_SETTING_INVALID", "it is no severity", {
    where: { field: `stack configuration ${FAIL_ON}` },
    hint: `${PULUMI} config set ${FAIL_ON} ${SEVERITIES.join("|")}`,
  });
}

function text({ severity, rule, about, what, reason, fix, place }: Finding): string {
  const where = place ? ` (${place.file}:${place.line})` : "";
  return [`${severity} ${rule}: ${about.name}: ${what}${where}`, reason, `Next: ${fix}`].join("\n    ");
}

/** Warns of each finding at the component that it is about, else at the stack. */
function tell(findings: readonly Finding[], { components }: Program): void {
  for (const one of findings) void pulumi.log.warn(text(one), components.get(one.about.id));
}
