/** What a case is: data that says what is known and expected of it, beside what it does with what it is given. */
import type { Evidence, Expectation, Forbidden } from "./expectation.ts";
import type { Flow } from "./grants.ts";
import type { Observation } from "./http.ts";
import type { Asserted, DeclaredFlow } from "./report/report.ts";

/** What came back in words, the claims that were looked at, and what is not as expected. */
export type Proof = { readonly got: string; readonly claims?: string; readonly problems: readonly string[] };

/** What is known of a case before it runs. Several cases may share an id: they provoke one thing in several ways. */
type Known<On> = {
  readonly id: string;
  /** Part of the core set of oauth-flows §8. @default false */
  readonly core?: boolean;
  /** Whether it makes sense here. @default always */
  when?(on: On): boolean;
};

/**
 * What an agent is declared to be able to do.
 *
 * @typeParam On what it works on
 */
export type Positive<On> = Known<On> & {
  readonly title: string | ((on: On) => string);
  readonly evidence: Evidence | ((on: On) => Evidence);
  readonly expected: string;
  /** What is gained by it. @default no access: the title says what is shown */
  flow?(on: On): DeclaredFlow;
  run(on: On): Promise<Proof> | Proof;
};

/**
 * A provocation and its twin, which differs in the provoked detail only and has to pass just before.
 *
 * @typeParam On what it works on
 */
export type Negative<On> = Known<On> &
  Expectation & {
    /** What is provoked. */
    readonly title: string;
    readonly evidence: Evidence;
    /** Tells two provocations of one id apart. */
    readonly variant?: string | ((on: On) => string);
    twin(on: On): Promise<Observation>;
    provoke(on: On): Promise<Observation>;
    /** OAuth 2.0 error that the twin has to bring where success would be too much to ask. */
    readonly twinBrings?: string;
    forbidden?(on: On): Forbidden | Promise<Forbidden>;
  };

export type Case<On> = Positive<On> | Negative<On>;

/** Looks up a credential, or asks for it. @throws {Unprovable} when there is none */
export type Need = () => Promise<unknown>;

/** Where cases run. */
export type Place = {
  /** The agent, or {@link THROW_AWAY}. */
  readonly agent: string;
  readonly flow: Flow;
  /** What they need that a person may have to be asked for. @default nothing */
  readonly needs?: readonly Need[];
  /** Tells places of one agent and flow apart, e.g. `for Orders`. */
  readonly about?: string | undefined;
};

/** A case with all that it takes to run it. */
export type PlannedCase = Required<Pick<Place, "agent" | "needs">> & {
  /** Undefined for what sends no request. */
  readonly flow?: Flow | undefined;
  readonly id: string;
  readonly title: string;
  readonly evidence: Evidence;
  readonly core: boolean;
} & (
    | {
        readonly expected: string;
        /** What is gained by it, or what it proves that is asserted. */
        readonly declared?: DeclaredFlow;
        readonly asserted?: Pick<Asserted, "name" | "place">;
        prove(): Promise<Proof>;
      }
    | {
        readonly expectation: Expectation;
        readonly twinBrings?: string | undefined;
        twin(): Promise<Observation>;
        provoke(): Promise<Observation>;
        forbidden(): Promise<Forbidden>;
      }
  );

/**
 * A subject: its cases, and where a plan asks for them.
 *
 * @typeParam Client what an agent and an application have in common
 */
export type CaseGroup<Session, Agent, Client> = {
  readonly cases: readonly Case<never>[];
  /** Those of a client that is declared as switched off: nothing else is tried of it. */
  ofSwitchedOff?(session: Session, client: Client): PlannedCase[];
  /** Those of a declared agent. */
  ofAgent?(session: Session, agent: Agent): Promise<PlannedCase[]> | PlannedCase[];
  /** Those of what is declared between clients. */
  ofPlan?(session: Session): PlannedCase[];
  /** Those that would change what is declared, and so are tried on throw-away objects. */
  onThrowAways?(session: Session): PlannedCase[];
};

/** The name under which cases on throw-away objects are reported. */
export const THROW_AWAY = "(throw-away)";

/** The cases that make sense on what they are given. */
export function planned<On>(cases: readonly Case<On>[], place: Place, on: On): PlannedCase[] {
  return cases.filter(({ when }) => when?.(on) ?? true).map((one) => plan(one, place, on));
}

function plan<On>(one: Case<On>, { agent, flow, needs = [], about }: Place, on: On): PlannedCase {
  const { id, core = false } = one;
  const told = <Value>(value: Value | ((on: On) => Value)): Value => (value instanceof Function ? value(on) : value);
  const common = { agent, flow, needs, id, core, evidence: told(one.evidence) };
  if ("run" in one) {
    const title = told(one.title);
    const declared = one.flow?.(on) ?? { how: title, scopes: [] };
    return { ...common, title, expected: one.expected, declared, prove: async () => one.run(on) };
  }
  const variant = [told(one.variant), about].filter(Boolean).join(", ");
  return {
    ...common,
    title: variant ? `${one.title}: ${variant}` : one.title,
    expectation: one,
    twinBrings: one.twinBrings,
    twin: () => one.twin(on),
    provoke: () => one.provoke(on),
    forbidden: async () => one.forbidden?.(on) ?? {},
  };
}

/** The title of the case of a client that is to get no token. */
export const offTitle = ({ stopped }: { readonly stopped?: string | undefined }): string =>
  stopped === undefined ? "switched off as declared" : "stopped, gets no token";

/** What cases are planned of: agents that are switched on, and agents and applications that are not. */
type Clients<Agent, Client> = { readonly agents: readonly Agent[]; readonly switchedOff: readonly Client[] };

/** All cases of a plan: agent by agent what it is declared to be able to do and then the rest, at last those on throw-away objects. */
export async function planCases<Session, Agent, Client>(
  groups: readonly CaseGroup<Session, Agent, Client>[],
  session: Session,
  { agents, switchedOff }: Clients<Agent, Client>,
): Promise<PlannedCase[]> {
  const cases = switchedOff.flatMap((client) =>
    groups.flatMap((group) => group.ofSwitchedOff?.(session, client) ?? []),
  );
  const isPositive = (one: PlannedCase) => "prove" in one;
  const add = (found: readonly PlannedCase[]) =>
    cases.push(...found.filter(isPositive), ...found.filter((one) => !isPositive(one)));
  for (const agent of agents) {
    add((await Promise.all(groups.map(({ ofAgent }) => ofAgent?.(session, agent) ?? []))).flat());
  }
  add(groups.flatMap(({ ofPlan }) => ofPlan?.(session) ?? []));
  return [...cases, ...groups.flatMap(({ onThrowAways }) => onThrowAways?.(session) ?? [])];
}

/** Everything that the groups provoke, by id and in the order of ids: what a report can name. */
export function negativesOf(
  groups: readonly Pick<CaseGroup<never, never, never>, "cases">[],
): Readonly<Record<string, Negative<never>>> {
  const negatives = groups.flatMap(({ cases }) => cases).filter((one) => "provoke" in one);
  return Object.fromEntries(
    negatives.map((one) => [one.id, one] as const).sort(([one], [other]) => (one < other ? -1 : 1)),
  );
}
