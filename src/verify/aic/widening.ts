/** Access that nobody declared, at agents, applications and the realm: a finding for each, with the sentence of the access. Pure. */
import { allowanceFor } from "../allowance.ts";
import { called, type Finding } from "../finding.ts";
import { widenedSettings } from "../widened.ts";
import { type ClientPlan, declaredClients, isEnabled, type Plan } from "./plan.ts";
import { undeclaredPrivileges } from "./privileges.ts";
import { WATCHED } from "./settings.ts";
import type { Snapshot } from "./snapshot.ts";

const REPAIR = "run pulumi up --refresh";

/** @param now seconds since 1970 @returns no finding for a realm that gives nobody more than the plan says */
export function findWidenings(plan: Plan, live: Snapshot, now: number): Finding[] {
  return [
    ...plan.agents.flatMap((agent) => undeclaredPrivileges(agent, live, now)),
    ...declaredClients(plan).flatMap((client) => clientWidenings(client, live)),
    ...declaredClients(plan).flatMap((client) => linkedApplications(plan, client, live)),
    ...realmWidenings(plan, live, now),
  ];
}

/** Settings of the OAuth 2.0 client that are wider than declared. */
function clientWidenings(client: ClientPlan, { clients, provider }: Snapshot): Finding[] {
  const { clientId, name, scopes, grantTypes } = client;
  const found = clients.get(clientId);
  if (!found) return [];
  const add = (code: string, what: string): Finding => {
    return { code, agent: clientId, flows: [], message: `${called(clientId, name)}: ${what}: ${REPAIR}` };
  };
  const declared = { ...client.settings, scopes, grantTypes };
  const realm = {
    "tokens.accessTokenLifetime": provider.accessTokenLifetime,
    "tokens.refreshTokenLifetime": provider.refreshTokenLifetime,
  };
  const isOn = !isEnabled(client) && found.active;
  return [
    ...(isOn ? [add("client-enabled", `it is switched on, and ${client.stopped ? "stopped" : "declared off"}`)] : []),
    ...widenedSettings(WATCHED, declared, found.settings, realm).map((what) =>
      add("setting-widened", `${what}, which nobody declared`),
    ),
  ];
}

/** A privilege on any managed application that is linked with a client opens that client. */
function linkedApplications({ agents }: Plan, { clientId, name }: ClientPlan, { applications }: Snapshot): Finding[] {
  const isAgent = agents.some((agent) => agent.clientId === clientId && agent.type === "AIAgent");
  const linked = applications.filter((one) => one.clientId === clientId);
  const own = isAgent ? undefined : (linked.find((one) => one.name === name) ?? linked[0]);
  return linked
    .filter((one) => one !== own)
    .map((one) => ({
      code: "application-undeclared",
      agent: clientId,
      flows: ["exchange"],
      message: `${called(clientId, name)}: the managed application ${one.name} (${one.id}) is linked with its client, too, so that privileges on it lead there: delete it, or link it with another client`,
    }));
}

/** What AIC's scope allow-list has from the start (aic §6.2). */
const USUAL_SCOPES = ["email", "openid", "address", "phone", "profile", "fr:idm:*", "am-introspect-all-tokens"];

/** What the OAuth2 provider, which the whole realm shares, lets others be or ask for. */
function realmWidenings(plan: Plan, { provider }: Snapshot, now: number): Finding[] {
  const { realm, acr } = plan;
  const add = (code: string, access: string, message: string): Finding[] => {
    const { isAllowed, remark } = allowanceFor(plan.allow, access, now);
    const advice = `; undo it at the OAuth2 provider, or allow ${access} under provider${remark}`;
    return isAllowed ? [] : [{ code, agent: `realm ${realm}`, flows: [], message: message + advice }];
  };
  const asking = plan.agents.filter(({ ciba }) => ciba).map(({ clientId, name }) => called(clientId, name));
  const moreScopes = provider.supportedScopes.filter((scope) => !USUAL_SCOPES.includes(scope));
  // Another acr value is others' own affair, unless it gives an agent of the plan a second way to its users' approval.
  const moreAcr = asking.length ? Object.entries(provider.acr).filter(([value]) => !acr.includes(value)) : [];
  return [
    ...moreAcr.flatMap(([value, journey]) =>
      add(
        "acr-undeclared",
        `acr/${value}`,
        `${asking.join(", ")} may have users asked by the journey ${journey}: the acr value ${value} is mapped to it, and nobody declared it`,
      ),
    ),
    ...(provider.openRegistration
      ? add("registration-open", "registration", "anybody may register a client or an agent in the realm")
      : []),
    ...moreScopes.flatMap((scope) =>
      add("scope-listed", `scope/${scope}`, `registered clients may ask for the scope ${scope}`),
    ),
    ...Object.entries(provider.scripts)
      .filter(([, script]) => script !== "[Empty]" && script !== "")
      .flatMap(([name, script]) =>
        add("script-undeclared", `script/${name}`, `${name} is the script ${script}, which decides about access`),
      ),
  ];
}
