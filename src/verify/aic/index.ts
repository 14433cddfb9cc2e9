/** The verifier: proves against a running tenant that each agent can do what is declared, and nothing more. */

export { type Credentials, jwkVariable, passwordVariable, secretVariable } from "../credentials.ts";

import { machineClock } from "../clock.ts";
import { call, textOf } from "../http.ts";
import type { RunOptions } from "../options.ts";
import { phone } from "../phone.ts";
import type { Report } from "../report/report.ts";
import { findingRow, leftoverRow } from "../report/rows.ts";
import { runCases } from "../run.ts";
import { openControlFor } from "../sandbox-control.ts";
import { createAdmin, type ServiceAccount, withPort } from "./admin.ts";
import { CASES } from "./catalogue.ts";
import { completePlan } from "./complete.ts";
import { deriveCases } from "./derive.ts";
import { createOAuth, realmPath } from "./endpoints.ts";
import { findKeyCauses } from "./keys.ts";
import type { Plan } from "./plan.ts";
import { findCauses } from "./preflight.ts";
import { createRig } from "./rig.ts";
import { takeSnapshot } from "./snapshot.ts";

export type VerifyOptions = RunOptions & {
  /** Origin of the tenant, e.g. `https://tenant.example.com`. */
  readonly tenant: string;
  readonly serviceAccount: ServiceAccount;
};

/**
 * Runs every case that the plan asks for.
 *
 * @throws {VerifyError} when the tenant cannot be reached or refuses the service account: then nothing is proven at all
 */
export async function verify(given: Plan, options: VerifyOptions): Promise<Report> {
  const { target, credentials, progress = () => {}, signal } = options;
  const origin = new URL(options.tenant).origin;
  const control = await openControlFor(origin, options);
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
        approver: control?.approver(credentials, "ciba") ?? phone(progress),
      };
      const claims = async (token: string) => (await world.oauth.tokeninfo(token)).body;
      await runCases({ target, catalogue: CASES, findings, claims }, await deriveCases(world), options, rows);
    } finally {
      const left = await rig.dispose();
      rows.push(...left.map(leftoverRow));
      for (const path of left) progress(`could not be removed: ${path}`);
    }
    const notes = target === "tenant" ? NOT_ON_A_TENANT : [];
    return { tenant: origin, place: `realm ${plan.realm}`, target, findings, rows, notes };
  } finally {
    await control?.release();
  }
}

const NOT_ON_A_TENANT = [
  "C05, and B12 with a journey that is gone: they change the OAuth2 provider, which the whole realm shares",
  "B18: it would wait until a request expires",
];

/** The issuer as the tenant itself writes it: with the port, as a text (oauth-flows §1). */
async function issuerOf(origin: string, realm: string): Promise<string> {
  const base = origin + realmPath(realm);
  const { status, body } = await call(`${base}/.well-known/openid-configuration`);
  const issuer = textOf(body.issuer);
  if (status === 200 && issuer) return issuer;
  return withPort(origin) + realmPath(realm);
}

export { VerifyError } from "../errors.ts";
export type { Target } from "../judge.ts";
export { FORMATS, type Format, render } from "../report/render.ts";
export { exitCode, type Report, type Row, summary } from "../report/report.ts";
export type { AccessPlan, AgentPlan, CibaPlan, ClientPlan, Plan } from "./plan.ts";
