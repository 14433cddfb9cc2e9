/** The verifier: proves against a running tenant that each agent can do what is declared, and nothing more. */
import { planAssertions } from "../assertions.ts";
import { planCases } from "../case.ts";
import { textOf } from "../http.ts";
import type { RunOptions } from "../options.ts";
import { displayNames, type Report } from "../report/report.ts";
import type { Send } from "../send.ts";
import { runVerification } from "../verification.ts";
import { createAdmin, type ServiceAccount, withPort } from "./admin.ts";
import { waysOf } from "./assertions.ts";
import { GROUPS } from "./catalogue.ts";
import { createOAuth, realmPath } from "./endpoints.ts";
import { leftOutOf } from "./excess.ts";
import { housekeepingOf } from "./housekeeping.ts";
import { completePlan } from "./known-applications.ts";
import { declaredClients, isEnabled, type Plan } from "./plan.ts";
import { findCauses } from "./preflight.ts";
import { findKeyCauses } from "./published-keys.ts";
import { createRig, otherRealmOf } from "./rig.ts";
import { takeSnapshot } from "./snapshot.ts";
import { findWidenings } from "./widening.ts";

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
  const { realm } = given;
  const { origin } = new URL(options.tenant);
  const about = {
    tenant: origin,
    place: `realm ${realm}`,
    approvals: "ciba",
    notOnATenant: NOT_ON_A_TENANT,
  } as const;
  const otherRealm = otherRealmOf(realm);
  return runVerification(about, options, (tools) => {
    const { send, sendCleaning, clock, credentials, prefix } = tools;
    const adminBy = (by: Send) => createAdmin(by, origin, options.serviceAccount, clock);
    const admin = adminBy(send);
    return {
      housekeeping: housekeepingOf(adminBy(sendCleaning), options.target === "tenant" ? [realm] : [realm, otherRealm]),
      async prepare(throwAways) {
        const live = await takeSnapshot(admin, given);
        const plan = completePlan(given, live);
        const keyCauses = await findKeyCauses(plan, live, (clientId) => credentials.privateKey(clientId));
        const oauth = createOAuth(send, origin + realmPath(realm));
        const session = {
          ...tools,
          ...{ plan, live, admin, oauth, target: options.target },
          rig: createRig({ admin, prefix }, throwAways, realm),
          otherRealm: createOAuth(send, origin + realmPath(otherRealm)),
          issuer: await issuerOf(send, origin, realm),
        };
        const now = clock.now();
        const agents = plan.agents.filter(isEnabled);
        const asserted = await planAssertions(plan.assertions ?? [], waysOf(session));
        const switchedOff = declaredClients(plan).filter((client) => !isEnabled(client));
        return {
          findings: [...findCauses(plan, live, now), ...keyCauses, ...findWidenings(plan, live, now)],
          names: displayNames(declaredClients(plan).map(({ clientId, name }) => [clientId, name])),
          cases: [...asserted.cases, ...(await planCases(GROUPS, session, { agents, switchedOff }))],
          assertions: asserted.assertions,
          leftOut: agents.flatMap((agent) => leftOutOf(plan, agent)),
          claims: async (token) => (await oauth.tokeninfo(token)).body,
        };
      },
    };
  });
}

const NOT_ON_A_TENANT = [
  "C05, and B12 with a journey that is gone: they change the OAuth2 provider, which the whole realm shares",
  "B18: it would wait until a request expires",
  "X32: it changes the OAuth2 provider, too",
  "X13: it takes an agent in a realm that the plan is not about",
];

/** The issuer as the tenant itself writes it: with the port, as a text (oauth-flows §1). */
async function issuerOf(send: Send, origin: string, realm: string): Promise<string> {
  const base = origin + realmPath(realm);
  const { status, body } = await send(`${base}/.well-known/openid-configuration`);
  const issuer = textOf(body.issuer);
  if (status === 200 && issuer) return issuer;
  return withPort(origin) + realmPath(realm);
}

export type { AccessPlan, AgentPlan, CibaPlan, ClientPlan, DelegatePlan, Plan } from "./plan.ts";
export { WATCHED } from "./settings.ts";
