/** How a verification goes on either cloud: preflight, then the cases, then everything that was made is removed. */
import type { PlannedCase } from "./case.ts";
import { type Clock, machineClock } from "./clock.ts";
import { type Approver, askingOnce, type Credentials } from "./credentials.ts";
import type { Finding } from "./finding.ts";
import type { RunOptions } from "./options.ts";
import { phone } from "./phone.ts";
import type { Report } from "./report/report.ts";
import { findingRow, leftoverRow } from "./report/rows.ts";
import { type Grounds, gatherCredentials, runCases } from "./run.ts";
import { openControlFor, type SandboxControl } from "./sandbox-control.ts";
import type { ThrowAways } from "./throw-away.ts";

/** What every cloud works with. */
export type Tools<Held extends Credentials> = {
  readonly credentials: Held;
  readonly clock: Clock;
  readonly approver: Approver;
  /** Control plane of a local tenant. */
  readonly control: SandboxControl | undefined;
  /** Tells a person what is being waited for. */
  readonly progress: (line: string) => void;
};

/** What a cloud makes of the plan. Nothing is written to the tenant for it. */
export type Prepared = {
  readonly findings: readonly Finding[];
  readonly cases: readonly PlannedCase[];
  readonly throwAways: Pick<ThrowAways, "dispose">;
  readonly claims: Grounds["claims"];
};

export type Verified = {
  /** Origin of the tenant. */
  readonly tenant: string;
  /** The part of the tenant in words, e.g. `realm alpha`. */
  readonly place: string;
  /** Path below `/__sandbox/` where a local tenant lists what waits for a user. */
  readonly approvals: string;
  /** What is left out on a real tenant, and why. */
  readonly notOnATenant: readonly string[];
};

/**
 * Credentials are asked for before anything is made in the tenant, so that whoever gives up there leaves nothing behind.
 *
 * @throws {VerifyError} when the tenant cannot be reached, or refuses what the run needs: then nothing is proven at all
 */
export async function runVerification<Held extends Credentials>(
  { tenant, place, approvals, notOnATenant }: Verified,
  options: RunOptions & { readonly credentials: Held },
  prepare: (tools: Tools<Held>) => Promise<Prepared>,
): Promise<Report> {
  const { target, cases: only, signal, progress = () => {} } = options;
  const control = await openControlFor(tenant, options);
  try {
    const clock = options.clock ?? control?.clock ?? machineClock(signal);
    const credentials = askingOnce(options.credentials);
    const approver = control?.approver(credentials, approvals) ?? phone(progress);
    const prepared = await prepare({ credentials, clock, approver, control, progress });
    const { findings, throwAways, claims } = prepared;
    const cases = prepared.cases.filter(({ id }) => only?.includes(id) ?? true);
    const rows = findings.map(findingRow);
    await gatherCredentials(cases);
    try {
      await runCases({ target, findings, claims }, cases, signal, rows);
    } finally {
      const left = await throwAways.dispose();
      rows.push(...left.map(leftoverRow));
      for (const path of left) progress(`could not be removed: ${path}`);
    }
    return { tenant, place, target, findings, rows, notes: target === "tenant" ? notOnATenant : [] };
  } finally {
    await control?.release();
  }
}
