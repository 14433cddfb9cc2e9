/** The token flows of agents that are made for it: what the verifier says of them. All that was made is removed. */

import { randomBytes } from "node:crypto";
import type { Report, Row } from "../../src/verify/report/report.ts";
import type { Flow } from "./compare.ts";
import { type Declared, make, type Stage, type Standing } from "./lives.ts";

/** Makes a resource that the flows need. */
export type Add<Context> = (declared: Declared) => Promise<Standing<Context>>;

/** What differs from cloud to cloud. */
export type Proving<Context> = {
  /** Makes what it takes, and runs the verifier. */
  prove(add: Add<Context>): Promise<Report>;
  /** The page that says what a row holds against the tenant. */
  cite(row: Row): string;
};

/** @param prefix of every name, which reports leave out */
export async function flowsOf<Context>(
  stage: Stage<Context>,
  prefix: string,
  { prove, cite }: Proving<Context>,
): Promise<Flow[]> {
  const standing: Standing<Context>[] = [];
  const short = (text: string) => text.replaceAll(prefix, "");
  stage.step("flows before");
  try {
    const { rows } = await prove(async (declared) => {
      const one = await make(stage, declared, ` of flows ${standing.length}`);
      standing.unshift(one);
      return one;
    });
    const cases = rows.filter(({ case: id }) => id !== "preflight");
    return cases.map((row) => ({
      ...{ cite: cite(row), agent: short(row.agent), case: row.case, title: short(row.title) },
      ...{ outcome: `${row.verdict}, ${short(row.got)}`, isMet: row.verdict !== "inconclusive" },
    }));
  } finally {
    stage.step("flows after");
    for (const one of standing) await one.remove();
  }
}

/** A secret of an agent that goes with it, with every class of character that a password policy may ask for. */
export const secretText = (): string => `Aa1!${randomBytes(24).toString("base64url")}`;
