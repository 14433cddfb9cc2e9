/** Access that nobody declared, at agents, applications and resources: a finding for each, with the sentence of the access. Pure. */
import { type Allowance, allowanceFor } from "../allowance.ts";
import { called, type Finding } from "../finding.ts";
import type { Flow } from "../grants.ts";
import { type Settings, shown, widenedSettings } from "../widened.ts";
import type { PingOneClient, PingOnePlan, PingOneResource } from "./plan.ts";
import { WATCHED, WATCHED_OF_RESOURCES } from "./settings.ts";
import type { LiveClaim, LiveClient, LiveResource, Snapshot } from "./snapshot.ts";

const REPAIR = "run pulumi up --refresh";
const ALL_FLOWS: readonly Flow[] = ["client-credentials", "code", "exchange", "ciba"];

/** @param now seconds since 1970 @returns no finding for an environment that gives nobody more than the plan says */
export function findWidenings(plan: PingOnePlan, live: Snapshot, now: number): Finding[] {
  return [
    ...[...plan.agents, ...plan.applications].flatMap((client) => {
      const found = live.clients.get(client.key);
      return found ? clientWidenings(client, found, live, now) : [];
    }),
    ...plan.resources.flatMap((resource) => {
      const found = live.resources.get(resource.name);
      return found ? resourceWidenings(resource, found, now) : [];
    }),
  ];
}

/** Something undeclared. @param access how it is allowed, where it can be */
type Add = (code: string, what: string, flows: readonly Flow[], access?: string) => Finding[];

/** What it is about: an agent or application by its key, or a resource by its name. */
type About = {
  readonly key: string;
  readonly name?: string | undefined;
  readonly allow?: readonly Allowance[] | undefined;
};

function adder({ key: agent, name, allow }: About, now: number): Add {
  return (code, what, flows, access) => {
    const message = `${called(agent, name)}: ${what}`;
    const finding = (advice: string): Finding => ({ code, agent, flows, message: message + advice });
    if (access === undefined) return [finding(`; ${REPAIR}`)];
    const { isAllowed, remark } = allowanceFor(allow, access, now);
    return isAllowed ? [] : [finding(`${remark}; ${REPAIR}, or allow ${access}`)];
  };
}

function clientWidenings(client: PingOneClient, found: LiveClient, live: Snapshot, now: number): Finding[] {
  const { grantTypes, authMethod, enabled, policies = [], owners = [], claims = {} } = client;
  const add = adder(client, now);
  const declared = { ...client.settings, grantTypes, authMethod };
  const isOn = !enabled && found.enabled;
  return [
    ...(isOn
      ? add("agent-enabled", `it is switched on, and ${client.stopped ? "stopped" : "declared off"}`, ALL_FLOWS)
      : []),
    ...grantWidenings(client, found, live, add),
    ...claimWidenings(claims, found.claims, add),
    ...minus(found.policies, policies).flatMap((name) =>
      add("policy-undeclared", `users sign on by the policy ${name}, which nobody declared`, [], `policy/${name}`),
    ),
    ...minus(found.owners, owners).flatMap((owner) =>
      add("owner-undeclared", `${owner} may manage it, which nobody declared`, [], `owner/${owner}`),
    ),
    ...settingWidenings(WATCHED, declared, found.settings, add),
  ];
}

/** Scopes that it may ask for: of a resource that it does not reach as declared, and of one that it does. */
function grantWidenings({ access, openid }: PingOneClient, found: LiveClient, live: Snapshot, add: Add): Finding[] {
  const declared = new Map([["openid", openid], ...access.map(({ resource, scopes }) => [resource, scopes] as const)]);
  return [...new Set(found.reaches)].flatMap((resource) => {
    const scopes = declared.get(resource) ?? [];
    const names = [...(live.resources.get(resource)?.scopes ?? [])].flatMap(([name, id]) => {
      return found.granted.has(id) ? [name] : [];
    });
    if (scopes.length === 0) {
      const what = `it may ask for scopes of ${resource}, which the declaration does not say: ${names.join(", ")}`;
      return add("resource-surplus", what, ALL_FLOWS, `grant/${resource}`);
    }
    return minus(names, scopes).flatMap((name) =>
      add("scope-surplus", `${resource} grants it ${name} beyond the declaration`, ALL_FLOWS, `scope/${name}`),
    );
  });
}

function resourceWidenings(resource: PingOneResource, found: LiveResource, now: number): Finding[] {
  const { name, scopes, claims, settings = {}, allow } = resource;
  const add = adder({ key: name, allow }, now);
  return [
    ...minus([...found.scopes.keys()], scopes).flatMap((scope) =>
      add("scope-undeclared", `it has the scope ${scope}, which nobody declared`, [], `scope/${scope}`),
    ),
    ...claimWidenings(claims, found.claims, add),
    ...settingWidenings(WATCHED_OF_RESOURCES, settings, found.settings, add),
  ];
}

function settingWidenings(watched: typeof WATCHED, declared: Settings, live: Settings, add: Add): Finding[] {
  return widenedSettings(watched, declared, live).flatMap((what) =>
    add("setting-widened", `${what}, which nobody declared`, []),
  );
}

/** What every `sub` says from the start (pingone §5.5). */
const USUAL = ["$", "{user.id}"].join("");

/** Claims that are not declared, or say something else. */
function claimWidenings(
  declared: Readonly<Record<string, string | undefined>>,
  live: ReadonlyMap<string, LiveClaim>,
  add: Add,
): Finding[] {
  return [...live].flatMap(([name, { value, isBuiltIn }]) => {
    const isUsual = isBuiltIn && (name !== "sub" || value === USUAL);
    if (!Object.hasOwn(declared, name)) {
      const what = `its tokens have the claim ${name} = ${shown(value)}, which nobody declared`;
      return isUsual ? [] : add("claim-undeclared", what, [], `claim/${name}`);
    }
    const wanted = declared[name];
    if (wanted === undefined || compact(wanted) === compact(value)) return [];
    return add("claim-differs", `the claim ${name} of its tokens is ${shown(value)}, declared is ${shown(wanted)}`, []);
  });
}

/** Spaces outside of texts mean nothing in expressions and JSON, and texts that differ by spaces alone are no claims to tell apart. */
const compact = (value: string): string => value.replaceAll(/\s/g, "");

const minus = (all: readonly string[], some: readonly string[]) => all.filter((one) => !some.includes(one));
