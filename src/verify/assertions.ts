/** What a declaration asserts of access, proven by token requests: what has to be granted, and what has to be refused. */
import type { Need, PlannedCase, Proof } from "./case.ts";
import { Unprovable } from "./errors.ts";
import type { Flow } from "./grants.ts";
import { type Observation, textOf } from "./http.ts";
import { brief, scopesOf, shown, succeeded } from "./judge.ts";
import type { Asserted } from "./report/report.ts";

/** For whom a token is. */
export type AssertedSubject = {
  /** Whether people hold it: then the resource whose tokens they hold before (PingOne). */
  readonly tokensOf?: string | undefined;
} & ({ readonly is: "itself" | "anyone" } | { readonly is: "user" | "group"; readonly name: string });

/** A request for one scope, as an assertion is about it. */
export type AssertedRequest = {
  /** AIC: client id. PingOne: key of the declaration. */
  readonly agent: string;
  readonly flow: Exclude<Flow, "user-token" | "code">;
  /** AIC: client id of the application, or of the agent for its own scopes. PingOne: name of the resource. */
  readonly target: string;
  readonly scope: string;
  readonly subject: AssertedSubject;
  /** What it would mean if it were granted, in words that go on after the agent's name. */
  readonly sentence: string;
};

/** A request that must not be granted, and one of the same agent that is: without it a refusal says nothing. */
export type ForbiddenRequest = { readonly request: AssertedRequest; readonly twin: AssertedRequest };

/** An assertion, as requests. Of each list one proves it: the first that can be tried. */
export type AssertionPlan = Pick<Asserted, "name" | "place" | "reason"> & {
  /** What the declaration itself contradicts it by; no request is needed for that. */
  readonly broken: readonly Pick<AssertedRequest, "sentence">[];
  /** What may allow more than anybody can read, so that no refusal shows it to hold, and what to do about that. */
  readonly undecided: readonly (Pick<AssertedRequest, "sentence"> & { readonly fix: string })[];
  readonly granted: readonly (readonly AssertedRequest[])[];
  readonly refused: readonly (readonly ForbiddenRequest[])[];
  /** How many more would have to be refused, and are left out so that a run stays short. */
  readonly left: number;
};

/** How a request is made on a cloud. */
export type Way = {
  readonly needs: readonly Need[];
  /** Name of the user whom it takes. @default nobody */
  readonly user?: string | undefined;
  /** Sends what decides: the token request, of CIBA the one that asks the user. */
  ask(): Promise<Observation>;
  /** Gets the token, and holds it to what is expected. */
  prove(): Promise<Proof>;
};

/** @returns undefined where nothing can be tried: no user with a password that is known, an agent that is switched off */
export type FindWay = (request: AssertedRequest) => Promise<Way | undefined>;

/** @returns the cases, and what the report says of each assertion */
export async function planAssertions(
  plans: readonly AssertionPlan[],
  find: FindWay,
): Promise<{ readonly cases: PlannedCase[]; readonly assertions: Asserted[] }> {
  const twins = new Map<string, Promise<Observation>>();
  const cases: PlannedCase[] = [];
  const assertions: Asserted[] = [];
  for (const plan of plans) {
    const granted = await Promise.all(plan.granted.map((all) => firstFound(all, (request) => find(request))));
    const refused = await Promise.all(
      plan.refused.map((all) =>
        firstFound(all, async ({ request, twin }) => {
          const [way, known] = [await find(request), await find(twin)];
          return way && known && { way, twin: known };
        }),
      ),
    );
    const tried = refused.filter((one) => one !== undefined);
    const found = granted.filter((one) => one !== undefined);
    cases.push(
      ...plan.broken.map((one) => brokenCase(plan, one)),
      ...plan.undecided.map((one) => undecidedCase(plan, one)),
      ...found.map(({ one, way }) => grantedCase(plan, one, way)),
      ...tried.map(({ one, way }) => refusedCase(plan, one, way, twins)),
    );
    const { name, place, reason } = plan;
    const untried = plan.left + granted.length + refused.length - found.length - tried.length;
    assertions.push({ name, place, ...(reason !== undefined && { reason }), untried });
  }
  return { cases, assertions };
}

async function firstFound<One, Found>(all: readonly One[], find: (one: One) => Promise<Found | undefined>) {
  for (const one of all) {
    const way = await find(one);
    if (way !== undefined) return { one, way };
  }
  return undefined;
}

/** What all of them have in common; the declaration is how they are known. */
const common = (
  plan: AssertionPlan,
  { agent, flow, sentence }: Pick<PlannedCase, "agent" | "flow"> & Pick<AssertedRequest, "sentence">,
) => ({
  ...{ agent, flow, evidence: "A", core: false },
  title: `${plan.name}: ${sentence}`,
  asserted: { name: plan.name, place: plan.place },
});

const contradicted = ({ name, place, reason }: AssertionPlan) =>
  `${name} does not hold (${place})${reason === undefined ? "" : `: ${reason}`}`;

/** Under which agent that stands which the declaration contradicts itself. */
const DECLARATION = "(declaration)";

/** What the declaration alone decides. */
const declaredCase = (plan: AssertionPlan, sentence: string) => ({
  ...common(plan, { agent: DECLARATION, flow: undefined, sentence }),
  ...{ id: "A03", needs: [], expected: "as asserted" },
});

function brokenCase(plan: AssertionPlan, { sentence }: AssertionPlan["broken"][number]): PlannedCase {
  return {
    ...declaredCase(plan, sentence),
    prove: async () => ({ got: "declared otherwise", problems: [contradicted(plan)] }),
  };
}

function undecidedCase(plan: AssertionPlan, { sentence, fix }: AssertionPlan["undecided"][number]): PlannedCase {
  const { name, place } = plan;
  return {
    ...declaredCase(plan, sentence),
    prove: async () => {
      throw new Unprovable(`${name} cannot be shown to hold (${place}). ${sentence}: ${fix}`);
    },
  };
}

function grantedCase(plan: AssertionPlan, request: AssertedRequest, { needs, user, prove }: Way): PlannedCase {
  return {
    ...common(plan, request),
    ...{ id: "A01", needs, expected: "granted" },
    async prove() {
      const { problems, ...proof } = await prove();
      return {
        ...proof,
        got: withUser(proof.got, user),
        problems: problems.length ? [contradicted(plan), ...problems] : [],
      };
    },
  };
}

function refusedCase(
  plan: AssertionPlan,
  { request, twin: known }: ForbiddenRequest,
  { way, twin }: { readonly way: Way; readonly twin: Way },
  twins: Map<string, Promise<Observation>>,
): PlannedCase {
  return {
    ...common(plan, request),
    ...{ id: "A02", needs: [...way.needs, ...twin.needs], expected: "refused" },
    async prove() {
      // Once a run: each may ask a person.
      const { sentence: _, ...key } = known;
      const before = twins.get(JSON.stringify(key)) ?? twin.ask();
      twins.set(JSON.stringify(key), before);
      if (!succeeded(await before)) throw new Unprovable(`what is declared is refused: ${shown(await before)}`);
      const answer = await way.ask();
      const problems = grants(answer, request) ? [contradicted(plan)] : [];
      return { got: withUser(brief(answer), way.user), problems };
    },
  };
}

const withUser = (got: string, user: string | undefined) => (user === undefined ? got : `${got} (${user})`);

/** Without `scope` in the answer it is the one that was asked for (RFC 6749 §5.1). */
function grants(answer: Observation, { scope }: AssertedRequest): boolean {
  const { access_token: token, auth_req_id: asked, scope: said } = answer.body;
  if (textOf(asked) !== undefined) return true;
  return textOf(token) !== undefined && (said === undefined || scopesOf(answer).includes(scope));
}
