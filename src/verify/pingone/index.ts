/** The verifier for PingOne: the same machinery and report as AIC's, with the flows of PingOne's token service. */
import { planAssertions } from "../assertions.ts";
import { planCases } from "../case.ts";
import type { KeyedCredentials } from "../credentials.ts";
import { Unprovable } from "../errors.ts";
import { leftOut } from "../excess-scopes.ts";
import type { RunOptions } from "../options.ts";
import { displayNames, type Report } from "../report/report.ts";
import { machineTimer } from "../timer.ts";
import { runVerification } from "../verification.ts";
import { createAdmin, type PingOneAdmin, type Worker } from "./admin.ts";
import { waysOf } from "./assertions.ts";
import { GROUPS } from "./catalogue.ts";
import { createConsents } from "./consents.ts";
import { housekeepingOf } from "./housekeeping.ts";
import { excessOf, type PingOnePlan, withStops } from "./plan.ts";
import { findCauses } from "./preflight.ts";
import { createRig } from "./rig.ts";
import { tokenService } from "./service.ts";
import type { PingOneUser } from "./session.ts";
import { createSignOns } from "./sign-on.ts";
import { takeSnapshot } from "./snapshot.ts";
import { findWidenings } from "./widening.ts";

export type PingOneVerifyOptions = RunOptions & {
  readonly credentials: KeyedCredentials;
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
export async function verifyPingOne(given: PingOnePlan, options: PingOneVerifyOptions): Promise<Report> {
  const { target, worker, authUrl } = options;
  const about = {
    tenant: new URL(authUrl).origin,
    place: `environment ${worker.environmentId}`,
    approvals: "pingone/approvals",
    notOnATenant: ["N01 to N80: a real environment is not provoked; run them against the sandbox"],
  } as const;
  const { approvalTimeout, signal, isAttended = true, timer = machineTimer } = options;
  return runVerification(about, options, ({ control, ...tools }) => {
    const waiting = { approvalTimeout, signal, isAttended, timer, progress: tools.progress };
    const { credentials, clock, send, sendCleaning, prefix } = tools;
    const admin = createAdmin(send, worker, clock);
    const consents = control && createConsents(control);
    return {
      housekeeping: housekeepingOf(createAdmin(sendCleaning, worker, clock), consents),
      async prepare(throwAways) {
        const known = await findUser(admin, options.user);
        const user = () => found(known, options.user);
        const live = await takeSnapshot(admin, given, (key) => credentials.clientId(key));
        const plan = withStops(given, live.clients);
        const service = tokenService(send, `${authUrl}/${worker.environmentId}/as`);
        const signOns = createSignOns(
          { ...{ control, consents, plan, service, user, note: throwAways.note }, ...tools },
          { ...waiting, userName: () => user().name },
        );
        const session = {
          ...tools,
          ...{ plan, user, userName: options.user ?? "a user", hasUser: known !== undefined },
          rig: createRig({ admin, prefix }, throwAways),
          ...{ service, ...signOns },
        };
        const agents = plan.agents.filter(({ enabled }) => enabled);
        const switchedOff = [...plan.agents, ...plan.applications].filter(({ enabled }) => !enabled);
        const asserted = await planAssertions(plan.assertions ?? [], waysOf(session));
        const cases = [...asserted.cases, ...(await planCases(GROUPS, session, { agents, switchedOff }))];
        return {
          findings: [...findCauses(plan, live, clock.now()), ...findWidenings(plan, live, clock.now())],
          assertions: asserted.assertions,
          // A real tenant is not provoked: only what must work runs there, and what is asserted.
          cases: target === "tenant" ? cases.filter((one) => "prove" in one) : cases,
          claims: async () => ({}),
          names: displayNames([...plan.agents, ...plan.applications].map(({ key, name }) => [key, name])),
          leftOut: [
            ...live.unseen,
            ...plan.applications
              .filter(({ key }) => !live.clients.has(key))
              .map(({ key }) => `what ${key} may do: its client id is not known, run pulumi up`),
            ...(target === "tenant"
              ? []
              : agents.flatMap((agent) => leftOut(agent.key, "each flow", excessOf(plan, agent)))),
          ],
        };
      },
    };
  });
}

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

export type {
  PingOneAccess,
  PingOneAgent,
  PingOneClient,
  PingOneDelegate,
  PingOnePlan,
  PingOneResource,
  PingOneSource,
  UserTokens,
} from "./plan.ts";
export { signsUsersIn } from "./plan.ts";
export { WATCHED, WATCHED_OF_RESOURCES } from "./settings.ts";
