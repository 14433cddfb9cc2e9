/** The verifier: proves against a running tenant that each agent can do what is declared, and nothing more. */
import { createAdmin, type ServiceAccount, withPort } from "./admin.ts";
import { type Clock, machineClock } from "./clock.ts";
import { completePlan } from "./complete.ts";
import { deriveCases, idOf, THROW_AWAY } from "./derive.ts";
import { VerifyError } from "./errors.ts";
import { call, textOf } from "./http.ts";
import type { Target } from "./judge.ts";
import { findKeyCauses } from "./keys.ts";
import { createOAuth, realmPath } from "./oauth.ts";
import type { Plan } from "./plan.ts";
import { type Finding, findCauses } from "./preflight.ts";
import type { Report, Row } from "./report/report.ts";
import { createRig } from "./rig.ts";
import { runCase } from "./run.ts";
import { openControl } from "./sandbox-control.ts";
import { takeSnapshot } from "./snapshot.ts";
import type { Approver, Credentials } from "./world.ts";

export type VerifyOptions = {
  /** Origin of the tenant, e.g. `https://tenant.example.com`. */
  readonly tenant: string;
  /** A local tenant is held to its exact answers and its clock is moved; on a real one only throw-away objects are changed. */
  readonly target: Target;
  readonly serviceAccount: ServiceAccount;
  readonly credentials: Credentials;
  /** Control token of a local tenant; needed for `target` `sandbox`. */
  readonly controlToken?: string | undefined;
  /** @default that of the local tenant, which is moved; on a real one the machine's, which passes */
  readonly clock?: Clock | undefined;
  /** Ids of the only cases to run; findings of the preflight are reported all the same. @default all */
  readonly cases?: readonly string[] | undefined;
  /** Is told what is being waited for. @default nobody is */
  readonly progress?: ((line: string) => void) | undefined;
  /** Ends the run after the case that is running; throw-away objects are removed. */
  readonly signal?: AbortSignal | undefined;
};

/**
 * Runs every case that the plan asks for.
 *
 * @throws {VerifyError} when the tenant cannot be reached or refuses the service account: then nothing is proven at all
 */
export async function verify(given: Plan, options: VerifyOptions): Promise<Report> {
  const { target, credentials, progress = () => {}, signal } = options;
  const origin = new URL(options.tenant).origin;
  const control = target === "sandbox" ? await openControl(origin, controlTokenOf(options)) : undefined;
  const clock = options.clock ?? control?.clock ?? machineClock(signal);
  try {
    const admin = createAdmin(origin, options.serviceAccount, clock);
    const live = await takeSnapshot(admin, given);
    const plan = completePlan(given, live);
    const findings = [
      ...findCauses(plan, live),
      ...(await findKeyCauses(plan, live, (clientId) => credentials.privateKey(clientId))),
    ];
    const rows = findings.map(findingRow);
    const rig = await createRig(admin, plan.realm);
    try {
      const world = {
        plan,
        live,
        target,
        admin,
        clock,
        credentials,
        rig,
        progress,
        oauth: createOAuth(origin + realmPath(plan.realm)),
        otherRealm: createOAuth(origin + realmPath(rig.namesakeRealm)),
        issuer: await issuerOf(origin, plan.realm),
        approver: control?.approver(credentials) ?? phone(progress),
      };
      for (const derived of await deriveCases(world)) {
        if (options.cases && !options.cases.includes(idOf(derived))) continue;
        signal?.throwIfAborted();
        rows.push(await runCase(world, derived, findings));
      }
    } finally {
      const left = await rig.dispose();
      rows.push(...left.map(leftoverRow));
      for (const path of left) progress(`could not be removed: ${path}`);
    }
    const notes = target === "tenant" ? NOT_ON_A_TENANT : [];
    return { tenant: origin, realm: plan.realm, target, findings, rows, notes };
  } finally {
    await control?.release();
  }
}

const NOT_ON_A_TENANT = [
  "C05, and B12 with a journey that is gone: they change the OAuth2 provider, which the whole realm shares",
  "B18: it would wait until a request expires",
];

/** A cause is a failure of its own: also one that no flow happens to run into. */
function findingRow({ agent, flows, message, code }: Finding): Row {
  return {
    agent,
    flow: flows.join(", "),
    case: "preflight",
    title: code,
    expected: "as declared",
    got: message,
    verdict: "fail",
    evidence: "D",
    core: false,
    at: new Date().toISOString(),
  };
}

/** What a run made and could not take away again has to be seen. */
function leftoverRow(path: string): Row {
  return {
    agent: THROW_AWAY,
    flow: "",
    case: "cleanup",
    title: "throw-away objects removed",
    expected: "removed",
    got: path,
    verdict: "fail",
    cause: `remove it by hand: ${path}`,
    evidence: "",
    core: false,
    at: new Date().toISOString(),
  };
}

function controlTokenOf({ controlToken }: VerifyOptions): string {
  if (controlToken) return controlToken;
  throw new VerifyError(
    "ERR_VERIFY_CONTROL",
    "no control token of the local tenant: set PING_AGENTS_SANDBOX_CONTROL_TOKEN, or load the sandbox.env of its data folder",
  );
}

/** The issuer as the tenant itself writes it: with the port, as a text (flows contract §1). */
async function issuerOf(origin: string, realm: string): Promise<string> {
  const base = origin + realmPath(realm);
  const { status, body } = await call(`${base}/.well-known/openid-configuration`);
  const issuer = textOf(body.issuer);
  if (status === 200 && issuer) return issuer;
  return withPort(origin) + realmPath(realm);
}

/** On a real tenant the user decides on the phone; polling waits for it. */
function phone(progress: (line: string) => void): Approver {
  return {
    async decide({ userName, message }, decision) {
      progress(`${userName}: please ${decision} "${message}" on your phone`);
    },
  };
}

export { VerifyError } from "./errors.ts";
export type { Target } from "./judge.ts";
export type { AccessPlan, AgentPlan, CibaPlan, ClientPlan, Plan } from "./plan.ts";
export { FORMATS, type Format, render } from "./report/render.ts";
export { exitCode, type Report, type Row, summary } from "./report/report.ts";
export { type Credentials, jwkVariable, passwordVariable, secretVariable } from "./world.ts";
