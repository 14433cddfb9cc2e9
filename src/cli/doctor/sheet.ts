/** The sheet on which a doctor notes checks: what each found, or why it was not made. */

import { describeWhere, PingAgentsError } from "../../errors.ts";
import { mistakesIn } from "../../providers/together.ts";
import type { Row } from "../../reports/doctor/report.ts";

/** What is known, or the title of the check that would have told it and failed. */
export type Known<T> = { readonly value: T } | { readonly lacks: string };

/** What a check says of what is wrong. */
export type Failure = Pick<Row, "found" | "code"> & { readonly next: string };

/** What a check found; a `PingAgentsError` that it throws is a failure, too. */
export type Outcome<Fact> =
  | {
      readonly found: string;
      /** What other checks go on with. */
      readonly fact: Fact;
      /** What shows it, where no call that only reads can tell. @default it is known */
      readonly open?: string;
    }
  | { readonly failures: readonly Failure[] };

/** A check: a row of the table. */
export type Check<Given, Fact = undefined> = {
  /** Stable: programs go by it. */
  readonly id: string;
  readonly title: string;
  /** @throws PingAgentsError, one or an AggregateError of several */
  readonly look: (given: Given) => Promise<Outcome<Fact>> | Outcome<Fact>;
};

export const known = <T>(value: T): Known<T> => ({ value });

/** Several facts as one. */
export function all<Facts extends Readonly<Record<string, unknown>>>(
  facts: {
    readonly [Key in keyof Facts]: Known<Facts[Key]>;
  },
): Known<Facts> {
  const entries = Object.entries(facts) as [string, Known<unknown>][];
  const missing = entries.map(([, fact]) => fact).find((fact) => "lacks" in fact);
  if (missing && "lacks" in missing) return missing;
  return known(Object.fromEntries(entries.map(([key, fact]) => [key, "value" in fact && fact.value])) as Facts);
}

/** Makes checks one after the other and keeps their rows. */
export class Sheet {
  readonly rows: Row[] = [];

  /** @param given what the check must know; where that is lacking it is not made */
  async look<Given, Fact>(check: Check<Given, Fact>, given: Known<Given>): Promise<Known<Fact>> {
    const { id, title } = check;
    const note = (row: Omit<Row, "check" | "title">) => void this.rows.push({ check: id, title, ...row });
    if ("lacks" in given) {
      note({ status: "open", found: `not looked at: "${given.lacks}" comes first` });
      return given;
    }
    try {
      const outcome = await check.look(given.value);
      if (!("failures" in outcome)) {
        const { found, fact, open } = outcome;
        note(open === undefined ? { status: "ok", found } : { status: "open", found, next: open });
        return known(fact);
      }
      for (const failure of outcome.failures) note({ status: "failed", ...failure });
    } catch (error) {
      for (const mistake of mistakesIn(error)) note(failureOf(mistake));
    }
    return { lacks: title };
  }
}

/** @throws what is no expected mistake */
function failureOf(error: unknown): Omit<Row, "check" | "title"> {
  if (!(error instanceof PingAgentsError)) throw error;
  const { code, what, where, hint } = error;
  const found = [what, describeWhere(where)].filter(Boolean).join(" ");
  return { status: "failed", found: onOneLine(found), ...(hint !== undefined && { next: onOneLine(hint) }), code };
}

const onOneLine = (text: string) => text.replaceAll(/\s*\n\s*/g, "; ");
