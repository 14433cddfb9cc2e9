/** From what a declaration asserts of access to the requests that prove it. Pure. */

import type { Access } from "../../access/access.ts";
import { brokenAssertions, patternText, undecided } from "../../access/assertions.ts";
import { type Expectation, expectationsOf, type Reachable, type TriableRow } from "../../access/expectations.ts";
import { findingsOf } from "../../access/findings.ts";
import type { Target } from "../../access/row.ts";
import type { World } from "../../access/rules/rule.ts";
import { sentenceOf } from "../../access/sentence.ts";
import type { PlaceOf } from "../../declaration/load.ts";
import type { AccessPolicy } from "../../fields/access-policy.ts";
import { findingText } from "../../reports/access/findings.ts";
import type { AssertedRequest, AssertionPlan } from "../../verify/index.ts";

/** What a cloud adds to what is asserted. */
export type Asserting = {
  /** The declaration, as rules over access see it. */
  readonly world: World;
  readonly policy: AccessPolicy | undefined;
  readonly placeOf: PlaceOf;
  readonly reachable: Reachable;
  /** How the verifier calls a target. */
  readonly nameOf: (target: Target) => string;
  /** Key of the only agent. @default all are meant */
  readonly only?: string | undefined;
};

/** Of one agent only what is about it; otherwise every assertion, also one that no request can prove. */
export function assertionPlans({ world, policy = {}, placeOf, reachable, nameOf, only }: Asserting): AssertionPlan[] {
  const isMeant = (agent: string | undefined) => only === undefined || agent === undefined || agent === only;
  const verified = { ...world, rows: world.rows.filter(({ agent }) => isMeant(agent.id)) };
  const { open } = findingsOf(world, policy, placeOf);
  const request = (row: TriableRow) => requestOf(row, nameOf);
  return expectationsOf(verified, policy, reachable)
    .map(({ kind, index, entry, granted, refused, left }): AssertionPlan => {
      const { file, line } = placeOf(["accessPolicy", kind, index]);
      return {
        name: `${kind} ${patternText(entry)}`,
        place: `${file}:${line}`,
        ...(entry.reason !== undefined && { reason: entry.reason }),
        broken: broken({ kind, entry }, world, placeOf)
          .filter(({ agent }) => isMeant(agent))
          .map(({ sentence }) => ({ sentence })),
        undecided: undecided(open, { [kind]: [entry] }, placeOf).map((one) => ({
          sentence: findingText(one, (text) => text),
          fix: one.fix,
        })),
        left,
        granted: granted.map((rows) => rows.map(request)),
        refused: refused.map((all) => all.map(({ row, twin }) => ({ request: request(row), twin: request(twin) }))),
      };
    })
    .filter(
      ({ broken, granted, refused }) => only === undefined || broken.length + granted.length + refused.length > 0,
    );
}

/** What the declaration itself says otherwise. */
function broken({ kind, entry }: Pick<Expectation, "kind" | "entry">, access: Access, placeOf: PlaceOf) {
  if (kind === "critical") return [];
  return brokenAssertions(access, { [kind]: [entry] }, placeOf).map(({ about, what }) => ({
    agent: kind === "never" ? about.id : undefined,
    sentence: kind === "never" ? `${about.name} ${what}` : "nothing that is declared gives it",
  }));
}

function requestOf(row: TriableRow, nameOf: Asserting["nameOf"]): AssertedRequest {
  const { agent, flow, target, scope, subject } = row;
  const tokensOf = "tokensOf" in subject ? subject.tokensOf?.name : undefined;
  const sentence = sentenceOf([row], { show: (name) => name }).slice(agent.name.length + 1);
  return { agent: agent.id, flow, target: nameOf(target), scope, subject: { ...subject, tokensOf }, sentence };
}
