/** The verifier for PingOne: the same machinery and report as AIC's, with the flows of PingOne's token service. */
import { machineClock } from "../clock.ts";
import { Unprovable } from "../errors.ts";
import type { RunOptions } from "../options.ts";
import { phone } from "../phone.ts";
import type { Report, Row } from "../report/report.ts";
import { findingRow, leftoverRow } from "../report/rows.ts";
import { runCases } from "../run.ts";
import { openControlFor } from "../sandbox-control.ts";
import { createAdmin, type PingOneAdmin, type Worker } from "./admin.ts";
import { PINGONE_CASES } from "./catalogue.ts";
import { signOn } from "./control.ts";
import { deriveCases } from "./derive.ts";
import type { PingOnePlan, UserTokens } from "./plan.ts";
import { findCauses } from "./preflight.ts";
import { createRig } from "./rig.ts";
import { tokenService } from "./service.ts";
import { takeSnapshot } from "./snapshot.ts";
import { clientIdOf, type PingOneCredentials, type PingOneUser } from "./world.ts";

export type PingOneVerifyOptions = RunOptions & {
  readonly credentials: PingOneCredentials;
  /** The worker application of the environment. */
  readonly worker: Worker;
  /** Base of the token service, e.g. `https://auth.pingone.eu`. */
  readonly authUrl: string;
  /** Name of the user who is acted for, and who is asked. @default nobody: what needs a user is inconclusive */
  readonly user?: string | undefined;
};

/**
 * Runs every case that the plan asks for. On a real tenant only what must work runs, and nothing is changed.
 *
 * @throws {VerifyError} when the environment cannot be reached or refuses the worker: then nothing is proven at all
 */
export async function verifyPingOne(plan: PingOnePlan, options: PingOneVerifyOptions): Promise<Report> {
  const { target, worker, authUrl, credentials, progress = () => {}, signal } = options;
  const { origin } = new URL(authUrl);
  const issuer = `${authUrl}/${worker.environmentId}/as`;
  const control = await openControlFor(origin, options);
  const clock = options.clock ?? control?.clock ?? machineClock(signal);
  try {
    const admin = createAdmin(worker, clock);
    const known = await findUser(admin, options.user);
    const user = () => found(known, options.user);
    const findings = findCauses(plan, await takeSnapshot(admin, plan, (key) => credentials.clientId(key)));
    const rows: Row[] = findings.map(findingRow);
    const rig = createRig(admin);
    try {
      const world = {
        ...{ plan, target, credentials, clock, rig, user, progress, service: tokenService(issuer) },
        approver: control?.approver(credentials, "pingone/approvals") ?? phone(progress),
        async signOn({ application, resource, scopes }: UserTokens) {
          if (!application) throw new Unprovable(`no declared application gets users' tokens of ${resource}`);
          const clientId = await clientIdOf({ credentials }, application);
          if (control) return signOn(control, credentials, { userName: user().name, clientId, scopes });
          throw new Unprovable(`a user's token of ${resource} takes a person in a browser, which verify has not`);
        },
      };
      const court = { target, catalogue: PINGONE_CASES, findings, claims: async () => ({}) };
      await runCases(court, deriveCases(world), options, rows);
    } finally {
      const left = await rig.dispose();
      rows.push(...left.map(leftoverRow));
      for (const path of left) progress(`could not be removed: ${path}`);
    }
    const notes = target === "tenant" ? NOT_ON_A_TENANT : [];
    return { tenant: origin, place: `environment ${worker.environmentId}`, target, findings, rows, notes };
  } finally {
    await control?.release();
  }
}

const NOT_ON_A_TENANT = ["N01 to N53: a real environment is not provoked; run them against the sandbox"];

async function findUser(admin: PingOneAdmin, name: string | undefined): Promise<PingOneUser | undefined> {
  if (name === undefined) return undefined;
  const filter = new URLSearchParams({ filter: `username eq ${JSON.stringify(name)}` });
  const row = (await admin.rows("users", `?${filter}`)).find(({ username }) => username === name);
  return row && { name, id: String(row.id) };
}

function found(user: PingOneUser | undefined, name: string | undefined): PingOneUser {
  if (user) return user;
  throw new Unprovable(name === undefined ? "nobody to act for or to ask: name a user with --user" : `no user ${name}`);
}

export type { PingOneAccess, PingOneAgent, PingOnePlan, UserTokens } from "./plan.ts";
export { clientIdVariable, type PingOneCredentials } from "./world.ts";
