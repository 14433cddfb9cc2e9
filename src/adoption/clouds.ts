/** Ping's clouds, one row each: what a tenant has that a declaration can take in, and how a declared resource stands to it. */

import { aicSettings } from "../admin-api/aic/settings.ts";
import { connectAic } from "../admin-api/aic/tenant.ts";
import { pingOneSettings } from "../admin-api/pingone/settings.ts";
import { connectPingOne } from "../admin-api/pingone/tenant.ts";
import type { AicDeclaration } from "../components/aic/declaration.ts";
import { actorsOf } from "../components/aic/delegation.ts";
import type { PingOneDeclaration } from "../components/pingone/declaration.ts";
import { aicContexts } from "../providers/aic/context.ts";
import { aicKinds } from "../providers/aic/platform.ts";
import type { Owner } from "../providers/owner.ts";
import { pingOneContexts } from "../providers/pingone/context.ts";
import { pingOneKinds } from "../providers/pingone/platform.ts";
import { declaredAddress, type Said } from "../tenants.ts";
import { aicCandidates } from "./aic/candidates.ts";
import * as aic from "./aic/entries.ts";
import { type Exported, exportedRealm } from "./aic/frodo.ts";
import * as aicLive from "./aic/live.ts";
import type { EntryId, Found, Resource } from "./candidate.ts";
import { pingOneCandidates, plainOf } from "./pingone/candidates.ts";
import * as pingOne from "./pingone/entries.ts";
import * as pingOneLive from "./pingone/live.ts";
import { type Standing, standingOf } from "./standing.ts";

type Declarations = { readonly aic: AicDeclaration; readonly pingone: PingOneDeclaration };

/** A tenant whose objects can be taken in. */
export type Adoptable<Declaration> = {
  /**
   * What it has; found before anything else is asked.
   *
   * @param applications client ids, names or keys of those that are asked for. @default none
   * @throws AdminApiError
   */
  found(applications?: readonly string[]): Promise<Found>;
  /** The resources of an entry of a checked declaration. */
  resources(declaration: Declaration, id: EntryId): readonly Resource[];
  standing(resource: Resource): Promise<Standing>;
};

type Rows = {
  readonly [Name in keyof Declarations]: (
    declaration: Declarations[Name],
    said: Said,
    stack: Omit<Owner, "resource">,
  ) => Adoptable<Declarations[Name]>;
};

const rows: Rows = {
  aic({ realm, applications }, { env, config, ...said }, stack) {
    const { coalesced } = aicContexts(connectAic(aicSettings(env, config, declaredAddress(said))));
    const scriptIds = new Map<string, string>();
    return {
      found: async (asked) => {
        const found = await aicLive.foundIn(coalesced, realm, asked);
        for (const { id, inputs } of found.scripts) scriptIds.set(String(inputs.name), id);
        return aicCandidates(found, applications);
      },
      resources: (declaration, id) => aicResources(declaration, id, scriptIds),
      standing: (resource) => standingOf(aicKinds, coalesced, resource, stack),
    };
  },
  pingone({ environment, ...declared }, { env, config }, stack) {
    const { coalesced } = pingOneContexts(connectPingOne(pingOneSettings(env, config)));
    let clientIds: ReadonlyMap<string, string> = new Map();
    return {
      found: async (asked = []) => {
        const known = new Set(Object.values(declared.applications ?? {}).map(({ name }) => name));
        const found = await pingOneLive.foundIn(
          coalesced,
          environment,
          ({ name, clientId }) => known.has(name) || [name, clientId, plainOf(name)].some((one) => asked.includes(one)),
        );
        clientIds = found.clientIds;
        return pingOneCandidates(found, declared, stack.stack);
      },
      resources: (declaration, id) => pingOneResources(declaration, id, clientIds),
      standing: (resource) => standingOf(pingOneKinds, coalesced, resource, stack),
    };
  },
};

/** @param scriptIds ids of the realm's scripts, by their names */
function aicResources(
  declaration: AicDeclaration,
  id: EntryId,
  scriptIds: ReadonlyMap<string, string> = new Map(),
): Resource[] {
  const { realm, tier, agents = {}, applications = {} } = declaration;
  const [section, clientId] = partsOf(id);
  const [agent, application] = [agents[clientId], applications[clientId]];
  const actor = actorsOf(declaration).get(clientId);
  const place = { realm, tier, clientId, actor, scriptId: (name: string) => scriptIds.get(name) };
  if (section === "agents") return agent ? aic.agentResources(place, agent) : [];
  return application ? aic.applicationResources(place, application) : [];
}

/** @param clientIds of the environment's clients, by their names */
function pingOneResources(
  declaration: PingOneDeclaration,
  id: EntryId,
  clientIds: ReadonlyMap<string, string>,
): Resource[] {
  const { agents = {}, applications = {} } = declaration;
  const [section, key] = partsOf(id);
  const [agent, application] = [agents[key], applications[key]];
  const clientIdOf = (one: string) => clientIds.get((applications[one] ?? agents[one])?.name ?? "");
  if (section === "agents") return agent ? pingOne.agentResources(declaration, key, agent) : [];
  if (section === "applications") return application ? pingOne.applicationResources(declaration, key, application) : [];
  if (section === "resources") return pingOne.resourceResources(declaration, key, clientIdOf);
  return pingOne.policyResources(declaration, id);
}

const partsOf = (id: EntryId) => [id.slice(0, id.indexOf("/")), id.slice(id.indexOf("/") + 1)] as const;

/**
 * The tenant that a declaration is for. Makes no call.
 *
 * @param stack what the marks of its objects say
 * @throws SettingError
 */
export function adoptable<Name extends keyof Declarations>(
  declaration: Declarations[Name] & { readonly platform: Name },
  said: Said,
  stack: Omit<Owner, "resource">,
): Adoptable<Declarations[Name]> {
  return rows[declaration.platform](declaration, said, stack);
}

/**
 * What frodo exported of a realm, in the place of a tenant: nothing is compared, since nothing is taken over.
 *
 * @throws ERR_FILE for a file that is no such export
 */
export function exported(
  { realm }: Pick<AicDeclaration, "realm">,
  files: readonly Exported[],
): Adoptable<AicDeclaration> {
  const context = exportedRealm(files, realm);
  return {
    found: async (asked) => aicCandidates(await aicLive.foundIn(context, realm, asked)),
    resources: (declaration, id) => aicResources(declaration, id),
    standing: async () => ({ is: "own" }),
  };
}
