/** How many calls the AIC providers make: creations and a refresh against a local tenant, as the engine asks for them. */

import { connectAic } from "../../src/admin-api/aic/tenant.ts";
import { aicContexts } from "../../src/providers/aic/context.ts";
import { aicKinds } from "../../src/providers/aic/platform.ts";
import { connectedPlatform } from "../../src/providers/coalescing.ts";
import { lifecycle } from "../../src/providers/lifecycle.ts";
import { type Properties, revealSecret } from "../../src/providers/pulumi-values.ts";
import { startSandbox } from "../../src/sandbox/index.ts";

/** Who owns what is made here. */
const OWNER = { stack: "k3v9x0q1w2e4", name: "bench/bench", resource: "bench", tenant: "local" };
const REALM = "alpha";
const APPLICATIONS = 5;

/** A resource after its creation. */
type Made = { readonly type: string; readonly id: string; readonly outs: Properties };

type Application = { readonly application: string; readonly applicationId: unknown };

/** A local tenant and a counter. */
export async function startCounting() {
  const { url, controlToken, serviceAccount, stop } = await startSandbox({});
  const settings = {
    ...{ tenantUrl: url, serviceAccountId: serviceAccount.id },
    serviceAccountKey: JSON.stringify(serviceAccount.jwk),
  };

  async function control<T>(method: string, name: string): Promise<T | undefined> {
    const headers = { authorization: `Bearer ${controlToken}` };
    const response = await fetch(`${url}/__sandbox/${name}`, { method, headers });
    return response.status === 204 ? undefined : ((await response.json()) as T);
  }

  /** The providers of one run of the engine: they share a connection, and remember nothing of runs before. */
  function run() {
    const contexts = aicContexts(connectAic(settings));
    const identity = async () => OWNER.tenant;
    const platform = connectedPlatform(contexts, { origin: url, adopt: "never", bindTo: undefined, identity });
    return (type: string) => {
      const kind = aicKinds.find((candidate) => candidate.type === type);
      if (!kind) throw new Error(`no kind ${type}`);
      return lifecycle(kind, async () => platform);
    };
  }

  /** Calls that a piece of work makes, without the one for the process's token. */
  async function count(work: () => Promise<unknown>): Promise<number> {
    await control("POST", "requests/clear");
    await work();
    const seen = await control<{ requests: { path: string }[] }>("GET", "requests");
    return (seen?.requests ?? []).filter(({ path }) => !path.endsWith("/access_token")).length;
  }

  return { run, count, stop };
}

type Run = ReturnType<Awaited<ReturnType<typeof startCounting>>["run"]>;

async function create(run: Run, type: string, inputs: Properties): Promise<Made> {
  const checked = await run(type).check(undefined, {
    ...inputs,
    __owner: { ...OWNER, resource: String(inputs.clientId ?? type) },
  });
  const { id, outs } = await run(type).create(plain(checked.inputs));
  return { type, id, outs: plain(outs) };
}

const plain = (props: Properties) =>
  Object.fromEntries(Object.entries(props).map(([key, value]) => [key, revealSecret(value)]));

/** The applications that agents reach, by their ids, as a program that declares both hands them on. */
export async function createApplications(run: Run): Promise<Application[]> {
  const applications: Application[] = [];
  for (let number = 1; number <= APPLICATIONS; number += 1) {
    const application = `api-${number}`;
    const common = { realm: REALM, clientId: application };
    await create(run, "aic:OAuth2Client", { ...common, scopes: ["read"] });
    const { outs } = await create(run, "aic:Application", { ...common, name: `API ${number}`, template: "service" });
    applications.push({ application, applicationId: outs.applicationId });
  }
  return applications;
}

/** An agent with an owner, then its privileges side by side. */
export async function createAgent(run: Run, clientId: string, reach: readonly Application[]): Promise<Made[]> {
  const agent = await create(run, "aic:AiAgent", { realm: REALM, clientId, name: clientId, owners: ["demo.owner"] });
  const agentIdentityId = agent.outs.identityId;
  const entries = reach.map((known) =>
    create(run, "aic:AgentPrivilege", {
      ...{ realm: REALM, agent: clientId, agentIdentityId, ...known },
      ...{ scopes: ["read"], subjects: ["barbara.jensen"] },
    }),
  );
  return [agent, ...(await Promise.all(entries))];
}

/** Reads everything that was made, as `pulumi refresh` does. */
export const refresh = (run: Run, made: readonly Made[]) =>
  Promise.all(made.map(({ type, id, outs }) => run(type).read(id, outs)));
