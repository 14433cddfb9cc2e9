/** How a verification goes on either cloud: preflight, then the cases, then everything that was made is removed. */
import type { PlannedCase } from "./case.ts";
import { type Clock, machineClock } from "./clock.ts";
import { type Approver, askingOnce, type Credentials } from "./credentials.ts";
import { createEnding } from "./ending.ts";
import type { Finding } from "./finding.ts";
import { type Search, sweep } from "./leftovers.ts";
import { createLogins, type Logins } from "./logins.ts";
import type { RunOptions } from "./options.ts";
import { phone } from "./phone.ts";
import { type AskUser, createAskUser } from "./polling.ts";
import type { Report } from "./report/report.ts";
import { findingRow, leftoverRow } from "./report/rows.ts";
import { type Grounds, gatherCredentials, runCases } from "./run.ts";
import { endRun, startRun } from "./run-name.ts";
import { openControlFor, type SandboxControl } from "./sandbox-control.ts";
import { createSend, type Send } from "./send.ts";
import { createThrowAways, type Removal, type Remove, type ThrowAways } from "./throw-away.ts";
import { machineTimer } from "./timer.ts";

/** What every cloud works with. */
export type Tools<Held extends Credentials> = {
  readonly send: Send;
  /** For what is removed: also after an interruption it waits for a tenant that is busy. */
  readonly sendCleaning: Send;
  /** What the names of everything that the run makes begin with, and what marks it. */
  readonly prefix: string;
  readonly logins: Logins;
  readonly credentials: Held;
  readonly clock: Clock;
  readonly approver: Approver;
  readonly askUser: AskUser;
  /** Control plane of a local tenant. */
  readonly control: SandboxControl | undefined;
  /** Tells a person what is being waited for. */
  readonly progress: (line: string) => void;
};

/** What a cloud makes of the plan. Nothing is written to the tenant for it. */
export type Prepared = {
  readonly findings: readonly Finding[];
  readonly cases: readonly PlannedCase[];
  readonly assertions: Report["assertions"];
  readonly claims: Grounds["claims"];
  /** Display names of agents and applications, by id. */
  readonly names: Report["names"];
  /** What is left out so that a run stays short. */
  readonly leftOut: readonly string[];
};

/** What a cloud does with throw-away objects, in the part of the tenant that the plan is about and nowhere else. */
export type Housekeeping = {
  readonly remove: Remove;
  /** Where objects of earlier runs may be, in the order in which they can be removed. */
  readonly searches: readonly Search[];
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
  open: (tools: Tools<Held>) => {
    readonly housekeeping: Housekeeping;
    prepare(throwAways: ThrowAways): Promise<Prepared>;
  },
): Promise<Report> {
  const { target, cases: only, signal, approvalTimeout, progress = () => {}, timer = machineTimer } = options;
  const control = await openControlFor(tenant, options);
  const ending = createEnding(timer, signal);
  const clock = options.clock ?? control?.clock ?? machineClock(signal);
  const prefix = startRun(clock.now());
  try {
    const credentials = askingOnce(options.credentials);
    const logins = createLogins(clock);
    const approver = control?.approver(credentials, logins, approvals) ?? phone(progress);
    const { housekeeping, prepare } = open({
      ...{ credentials, logins, clock, approver, control, progress, prefix },
      askUser: createAskUser({ approver, clock, progress, approvalTimeout }),
      send: createSend(timer, ending.signal, signal),
      sendCleaning: createSend(timer, ending.signal),
    });
    const throwAways = createThrowAways(housekeeping.remove);
    const prepared = await prepare(throwAways);
    const { findings, assertions, claims, names, leftOut } = prepared;
    const cases = prepared.cases.filter(({ id }) => only?.includes(id) ?? true);
    await gatherCredentials(cases);
    signal?.throwIfAborted();
    const rows = findings.map(findingRow);
    const report = ({ left, unknown }: Removal) => {
      rows.push(...left.map((path) => leftoverRow(path, !unknown.includes(path))));
      for (const path of left) progress(`could not be removed: ${path}`);
    };
    const swept = await sweep(housekeeping.searches, {
      ...{ remove: housekeeping.remove, now: clock.now(), timer },
      end: AbortSignal.any([timer.deadline(SWEEPING), ending.signal]),
    });
    for (const path of swept.gone) progress(`removed what an earlier run left behind: ${path}`);
    for (const path of swept.inUse) progress(`left alone, a run that made it may be under way: ${path}`);
    for (const what of swept.unseen) progress(`could not look for what earlier runs left behind: ${what}`);
    report(swept);
    try {
      await runCases({ target, findings, claims }, cases, signal, rows);
    } finally {
      ending.begin();
      const removal = await throwAways.dispose(timer, ending.signal);
      const { gone, left } = removal;
      report(removal);
      if (signal?.aborted && left.length === 0 && gone.length > 0) progress("all throw-away objects are removed");
    }
    const notes = [...(target === "tenant" ? notOnATenant : []), ...leftOut];
    return { tenant, place, target, findings, assertions, names, rows, notes };
  } finally {
    endRun(prefix);
    await control?.release();
  }
}

/** Seconds for what earlier runs left behind. */
const SWEEPING = 60;
