/** Access that nobody declared, at agents, applications and resources: a finding for each, with the sentence of the access. Pure. */
import { allowanceFor } from "../allowance.ts";
import type { Finding } from "../finding.ts";
import type { Flow } from "../grants.ts";
import { shown, widenedSettings } from "../widened.ts";
import type { PingOneClient, PingOnePlan, PingOneResource } from "./plan.ts";
import { WATCHED, WATCHED_OF_RESOURCES } from "./settings.ts";
import type { LiveClaim, LiveClient, LiveResource, Snapshot } from "./snapshot.ts";

const REPAIR = "run pulumi up --refresh";
const ALL_FLOWS: readonly Flow[] = ["client-credentials", "exchange", "ciba"];

/** @param now seconds since 1970 @returns no finding for an environment that gives nobody more than the plan says */
export function findWidenings(plan: PingOnePlan, live: Snapshot, now: number): Finding[] {
  return [
    ...[...plan.agents, ...plan.applications].flatMap((client) => {
      const found = live.clients.get(client.key);
      return found ? clientWidenings(client, found, live, now) : [];
    }),
    ...plan.resources.flatMap((resource) => {
      const found = live.resources.get(resource.name);
      return found ? resourceWidenings(resource, found) : [];
    }),
  ];
}

/** Something undeclared of a client, under the words by which it is allowed. */
type Add = (code: string, access: readonly string[], flows: readonly Flow[], what: string) => Finding[];

function clientWidenings(client: PingOneClient, found: LiveClient, live: Snapshot, now: number): Finding[] {
  const { key, grantTypes, authMethod, enabled, policies = [], claims = {} } = client;
  const add: Add = (code, access, flows, what) => {
    const { isAllowed, remark } = allowanceFor(client.allow, access, now);
    const advice = access.length ? `${remark}; ${REPAIR}, or allow ${access[0]}` : `; ${REPAIR}`;
    return isAllowed ? [] : [{ code, agent: key, flows, message: `${key}: ${what}${advice}` }];
  };
  const declared = { ...client.settings, grantTypes, authMethod };
  return [
    ...(!enabled && found.enabled ? add("agent-enabled", [], ALL_FLOWS, "it is switched on, and declared off") : []),
    ...grantWidenings(client, found, live, add),
    ...claimWidenings(claims, found.claims).flatMap(([name, what]) =>
      add("claim-undeclared", [`claim/${name}`], [], what),
    ),
    ...found.policies
      .filter((name) => !policies.includes(name))
      .flatMap((name) =>
        add("policy-undeclared", [`policy/${name}`], [], `users sign on by the policy ${name}, which nobody declared`),
      ),
    ...widenedSettings(WATCHED, declared, found.settings).flatMap((what) =>
      add("setting-widened", [], [], `${what}, which nobody declared`),
    ),
  ];
}

/** Scopes that it may ask for: of a resource that it does not reach as declared, and of one that it does. */
function grantWidenings({ access, openid }: PingOneClient, found: LiveClient, live: Snapshot, add: Add): Finding[] {
  const declared = new Map([["openid", openid], ...access.map(({ resource, scopes }) => [resource, scopes] as const)]);
  return [...new Set(found.reaches)].flatMap((resource) => {
    const grant = `grant/${resource}`;
    const names = [...(live.resources.get(resource)?.scopes ?? [])].flatMap(([name, id]) => {
      return found.granted.has(id) ? [name] : [];
    });
    const scopes = declared.get(resource);
    if (!scopes?.length) {
      const what = `it may ask for scopes of ${resource}, which the declaration does not say: ${names.join(", ")}`;
      return add("resource-surplus", [grant], ALL_FLOWS, what);
    }
    return names
      .filter((name) => !scopes.includes(name))
      .flatMap((name) =>
        add(
          "scope-surplus",
          [`scope/${name}`, grant],
          ALL_FLOWS,
          `${resource} grants it ${name} beyond the declaration`,
        ),
      );
  });
}

function resourceWidenings({ name, scopes, claims, settings = {} }: PingOneResource, found: LiveResource): Finding[] {
  const add = (code: string, what: string): Finding => {
    return { code, agent: name, flows: [], message: `${name}: ${what}; ${REPAIR}` };
  };
  return [
    ...[...found.scopes.keys()]
      .filter((scope) => !scopes.includes(scope))
      .map((scope) => add("scope-undeclared", `it has the scope ${scope}, which nobody declared`)),
    ...claimWidenings(claims, found.claims).map(([, what]) => add("claim-undeclared", what)),
    ...widenedSettings(WATCHED_OF_RESOURCES, settings, found.settings).map((what) =>
      add("setting-widened", `${what}, which nobody declared`),
    ),
  ];
}

/** What every `sub` says from the start (pingone §5.5). */
const USUAL = { sub: ["$", "{user.id}"].join("") } as const;

/** Claims that are not declared or say something else, with a sentence each. */
function claimWidenings(
  declared: Readonly<Record<string, string | undefined>>,
  live: ReadonlyMap<string, LiveClaim>,
): (readonly [name: string, what: string])[] {
  return [...live].flatMap(([name, { value, isBuiltIn }]) => {
    const wanted = { ...(isBuiltIn && name === "sub" ? USUAL : {}), ...declared };
    if (!(name in wanted))
      return isBuiltIn ? [] : [[name, `its tokens have the claim ${name} = ${shown(value)}, which nobody declared`]];
    const said = wanted[name as keyof typeof wanted] as string | undefined;
    if (said === undefined || compact(said) === compact(value)) return [];
    return [[name, `the claim ${name} of its tokens is ${shown(value)}, declared is ${shown(said)}`]];
  });
}

/** Spaces outside of texts mean nothing in expressions and JSON, and texts with spaces are no claims to tell apart. */
const compact = (value: string): string => value.replaceAll(/\s/g, "");
