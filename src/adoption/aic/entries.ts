/** From what a realm has to entries of a declaration: the way back from `components/aic`. Pure. */

import { z } from "zod";
import type { AicAgent, AicApplication, AicDeclaration } from "../../components/aic/declaration.ts";
import { scriptIdOf, tokenScriptsOf } from "../../components/aic/delegation.ts";
import { agentSettings, clientSettings } from "../../components/aic/patterns.ts";
import { cibaKeys } from "../../declaration/ciba-keys.ts";
import { secretLabelOf } from "../../declaration/secret-label.ts";
import { type Pattern, patternSchema } from "../../declaration/shared-fields.ts";
import { CIBA, grantTypeName } from "../../fields/grant-types.ts";
import { isOurs } from "../../providers/aic/client-mark.ts";
import { oauth2Settings } from "../../providers/aic/oauth2-settings.ts";
import { describeMark } from "../../providers/owner.ts";
import { clean, type Properties } from "../../providers/pulumi-values.ts";
import type { Part, Resource } from "../candidate.ts";
import { least, listed, size } from "../least.ts";
import type { Following } from "./delegation.ts";
import type { FoundAgent, FoundApplication, FoundPrivilege } from "./live.ts";

const settings = z.strictObject(oauth2Settings);

/** Entries for an agent, one a pattern, the shortest first; not all are valid. */
export function agentEntries(
  { inputs, privileges }: Pick<FoundAgent, "inputs" | "privileges">,
  following: Following = { scripts: {} },
): Properties[] {
  const { actor, audience } = following;
  const { name, description, owners, sponsor, expires, customAttributes } = inputs;
  const access = accessOf(privileges);
  const entries = patternSchema.options.map((pattern: Pattern) => {
    const given = withScripts(agentSettings({ pattern, access, audience } as unknown as AicAgent, actor), following);
    return clean({
      ...{ name, description, pattern, owners: listed(owners), sponsor, expires, customAttributes },
      ...written(least(settings, given, inputs)),
      ...{ audience, access: listed(access) },
    });
  });
  return entries.toSorted((a, b) => size(a) - size(b));
}

/**
 * The entry for an application and its client.
 *
 * @param delegates what it may do with tokens of others
 */
export function applicationEntry(
  application: Properties,
  client: Properties,
  following: Following = { scripts: {} },
  delegates: readonly Properties[] = [],
): Properties {
  const { name, description, template: type, owners } = application;
  const { actor, audience } = following;
  const declared = { name, type, delegates, audience } as unknown as AicApplication;
  return clean({
    ...{ name, description, type, owners: listed(owners) },
    ...written(least(settings, withScripts(clientSettings(declared, actor), following), client)),
    ...{ audience, delegates: listed(delegates) },
  });
}

/** Settings with the scripts that follow, by their ids. */
const withScripts = (given: { readonly overrides?: object | undefined }, { scripts }: Following) =>
  Object.keys(scripts).length > 0 ? { ...given, overrides: { ...given.overrides, ...scripts } } : given;

/** Why no declaration can say what an agent is. */
export function agentProblems({ inputs, mark, privileges }: Omit<FoundAgent, "clientId">): string[] {
  const same = privileges.filter(
    (one, index) => privileges.findIndex((other) => rights(other) === rights(one)) < index,
  );
  return [
    ...(inputs.name === undefined ? ["its identity is gone"] : []),
    ...(privileges.some(({ application }) => typeof application !== "string")
      ? ["a privilege is for an application that has no client"]
      : []),
    ...privileges.flatMap(({ application, mark: its }) =>
      its.whose === "stack" && !(mark.whose === "stack" && mark.stack === its.stack)
        ? [`its privilege on ${String(application)} belongs to ${describeMark(its)}`]
        : [],
    ),
    ...same.map(({ application }) => `two privileges on ${String(application)} allow the same`),
  ];
}

/** Why no declaration can say what an application is. */
export function applicationProblems({ client, linked }: Pick<FoundApplication, "client" | "linked">): string[] {
  return [
    ...(client ? [] : ["its OAuth 2.0 client is gone"]),
    ...(linked.length === 1 ? [] : [`${linked.length || "no"} managed applications are linked with the client`]),
  ];
}

/** Where a client is declared, and what of the declaration counts for it. */
export type Place = Pick<AicDeclaration, "realm" | "tier"> & {
  readonly clientId: string;
  /** Client id of who acts with its tokens. */
  readonly actor: string | undefined;
  /** The id of a script, by its name, where there is one. */
  scriptId(name: string): string | undefined;
};

/** The resources of an agent, but for secrets: what they are the tenant does not show. */
export function agentResources(place: Place, agent: AicAgent): Resource[] {
  const { realm, clientId, actor } = place;
  const { adopt, allow, undeclaredAccess, access = [] } = agent;
  const privileges = access.map(({ ...entry }) => {
    return [[clientId, entry.application, ...(entry.name ? [entry.name] : [])].join("/"), entry] as const;
  });
  const owned = { allow, undeclaredAccess, privileges: Object.fromEntries(privileges), undeclared: {} };
  const { scripts, ids } = scriptResources(place, agent);
  const { overrides, ...given } = agentSettings(agent, actor);
  const props = { realm, clientId, adopt, ...owned, ...given, overrides: { ...overrides, ...ids } };
  return [
    ...scripts,
    { type: "aic:AiAgent", name: clientId, props: { ...props, ...credentialsOf(clientId, agent) } },
    ...privileges.map(([name, entry]) => ({
      ...{ type: "aic:AgentPrivilege", name },
      props: { realm, agent: clientId, adopt, ...entry },
    })),
  ];
}

/** The same of an application. */
export function applicationResources(place: Place, application: AicApplication): Resource[] {
  const { realm, clientId, actor } = place;
  const { adopt, name, description, type: template, owners } = application;
  const key = { realm, clientId, adopt };
  const { scripts, ids } = scriptResources(place, application);
  const { overrides, ...given } = clientSettings(application, actor);
  const own = { ...given, ...(overrides && { overrides: { ...overrides, ...ids } }) };
  const client = { ...key, ...own, ...credentialsOf(clientId, application) };
  return [
    ...scripts,
    { type: "aic:OAuth2Client", name: clientId, props: client },
    { type: "aic:Application", name: clientId, props: { ...key, name, description, template, owners } },
  ];
}

/** The scripts that follow for a client, and the overrides that refer to them. */
function scriptResources({ realm, tier, clientId, actor, scriptId }: Place, client: AicAgent | AicApplication) {
  const all = tokenScriptsOf(clientId, client, actor);
  return {
    ids: Object.fromEntries(all.map((one) => [one.field, scriptId(one.name) ?? scriptIdOf(realm, one)])),
    scripts: all.map(({ what, field: _field, ...script }): Resource => {
      return { type: "aic:Script", name: `${clientId}/${what}`, props: { realm, tier, ...script } };
    }),
  };
}

/** What of the credentials of a client the tenant shows: published keys, and the label of a secret in the secret store. */
const credentialsOf = (clientId: string, { ciba, secret, authentication }: AicAgent | AicApplication) => ({
  ...(ciba && ciba.keys !== "generated" && { keys: { location: "jwks", jwks: ciba.keys } }),
  ...(typeof secret === "object" &&
    "esv" in secret && { authentication: { ...authentication, secretLabel: secretLabelOf(clientId) } }),
});

/** Settings as one writes them. */
function written({ keys, grantTypes, metadata = {}, ...rest }: Properties): Properties {
  const own = Object.fromEntries(Object.entries(metadata as Properties).filter(([, text]) => !isOurs(text)));
  return {
    ...(Array.isArray(grantTypes) && { grantTypes: grantTypes.map(grantTypeName) }),
    ...rest,
    ...(Object.keys(own).length > 0 && { metadata: own }),
    ...(keys !== undefined && keysOf(keys as Properties)),
  };
}

/** Keys that can sign CIBA requests are declared as such: `keys rotate` and `verify` know them then. */
function keysOf(keys: Properties): Properties {
  const { location, jwks, ...others } = keys;
  const published = cibaKeys.safeParse(jwks).data;
  const isAlone = location === "jwks" && Object.keys(others).length === 0;
  return published && isAlone ? { ciba: { keys: published } } : { keys };
}

/** What the privileges of an agent are as `access`, with names where there are several for an application. */
function accessOf(privileges: readonly FoundPrivilege[]): Properties[] {
  const counts = new Map<unknown, number>();
  return privileges
    .toSorted((a, b) => (rights(a) < rights(b) ? -1 : 1))
    .map((privilege) => {
      const { application } = privilege;
      const count = (counts.get(application) ?? 0) + 1;
      counts.set(application, count);
      return accessEntry(privilege, count > 1 ? String(count) : undefined);
    });
}

/** A privilege as an item of `access`. @param name where there are several for its application */
const accessEntry = (
  { application, description, scopes, subjects, subjectGroups }: FoundPrivilege,
  name?: string,
): Properties =>
  clean({
    ...{ application, name, description, scopes },
    ...{ subjects: listed(subjects), subjectGroups: listed(subjectGroups) },
  });

/** The privileges of an agent, one by one. */
export function agentParts({ privileges }: Pick<FoundAgent, "privileges">): Record<string, Part> {
  const free = privileges.filter(({ mark, application }) => mark.whose !== "stack" && typeof application === "string");
  return Object.fromEntries(
    free.map((one) => {
      const values = [accessEntry(one), accessEntry(one, one.id.slice(0, 8))];
      return [one.id, { path: ["access"], isItem: true, values }];
    }),
  );
}

/** What a privilege allows, to be compared. */
const rights = ({ application, scopes, subjects, subjectGroups }: FoundPrivilege) =>
  JSON.stringify([application, scopes, subjects, subjectGroups]);

/** True where a client asks users for approval. */
export const asksUsers = ({ grantTypes }: Properties) => Array.isArray(grantTypes) && grantTypes.includes(CIBA);
