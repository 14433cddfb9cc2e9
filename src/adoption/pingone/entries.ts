/** From what an environment has to entries of a declaration: the way back from `components/pingone`. Pure. */

import { z } from "zod";
import type { PingOneAgent, PingOneDeclaration } from "../../components/pingone/declaration.ts";
import { declaredBelow } from "../../components/pingone/declared-below.ts";
import { ACT_EXPRESSION, claimsFrom, delegations, grantsOf, mayActOf } from "../../components/pingone/delegation.ts";
import { agentSettings } from "../../components/pingone/patterns.ts";
import { type Pattern, patternSchema } from "../../declaration/shared-fields.ts";
import { grantTypeName } from "../../fields/grant-types.ts";
import { OWNER_ROLE } from "../../fields/pingone-access.ts";
import { describeMark } from "../../providers/owner.ts";
import { applicationSettings } from "../../providers/pingone/application-settings.ts";
import { resourceSettings } from "../../providers/pingone/resource.ts";
import { clean, type Properties } from "../../providers/pulumi-values.ts";
import type { Resource } from "../candidate.ts";
import { least, listed, size } from "../least.ts";
import type { FoundAgent, FoundResource } from "./live.ts";

// The key-rotation policy is an id, and that of the environment by default: not declared, it stays as it is.
const { keyRotationPolicy: _policy, ...ofApplications } = applicationSettings;
const settings = z.strictObject(ofApplications);
const ofResources = z.strictObject(resourceSettings);

/** How an agent names what it reaches. */
export type Naming = {
  /** The key of a resource, else its name. */
  nameOf(resource: string): string;
  /** Keys of resources whose users it acts for; none for one that cannot be declared as on behalf of users. */
  readonly actsForUsersOf: readonly string[];
};

/** Entries for an agent, one a pattern, the shortest first; not all are valid. */
export function agentEntries(agent: FoundAgent, { nameOf, actsForUsersOf }: Naming): Properties[] {
  const { inputs, name, grants, claims, policies, roles } = agent;
  const { sponsor, expires } = inputs;
  const [kind] = policies.map((one) => one.kind);
  const below = {
    access: listed(grants.map(({ resource, scopes }) => ({ resource: nameOf(resource), scopes }))),
    policies: kind && { kind, names: policies.map((one) => one.name) },
    claims:
      claims.length > 0 ? Object.fromEntries(claims.map((claim) => [claim.name, claimAsWritten(claim)])) : undefined,
  };
  const patterns = patternSchema.options.filter((one) => one !== "on-behalf-of" || actsForUsersOf.length > 0);
  const entries = patterns.map((pattern: Pattern) => {
    const { grantTypes, description, ...rest } = least(settings, agentSettings({ name, pattern }), inputs);
    return clean({
      ...{ name, description, pattern, owners: listed(roles.map(({ label }) => label).sort()), sponsor, expires },
      ...(pattern === "on-behalf-of" && { actsForUsersOf }),
      ...(Array.isArray(grantTypes) && { grantTypes: grantTypes.map(grantTypeName) }),
      ...{ ...rest, ...below },
    });
  });
  return entries.toSorted((a, b) => size(a) - size(b));
}

/** A claim about the user, as one writes it. */
export const claimAsWritten = ({ value, required, idToken, userInfo, scopes }: Properties) => ({
  value,
  ...(required === true && { required }),
  ...(idToken === false && { idToken }),
  ...(userInfo === false && { userInfo }),
  scopes,
});

/**
 * The entry for a resource.
 *
 * @param given claims that agents of the declaration give it
 */
export function resourceEntry({ name, inputs }: FoundResource, given: readonly string[]): Properties {
  const { description, scopes = {}, claims = {} } = inputs as { [key: string]: Properties };
  const own = Object.entries(claims).filter(([claim]) => !given.includes(claim));
  return clean({
    ...{ name, description, ...least(ofResources, {}, inputs) },
    scopes: Object.keys(scopes).length > 0 ? scopes : undefined,
    claims: own.length > 0 ? Object.fromEntries(own.map(([claim, one]) => [claim, written(one)])) : undefined,
  });
}

/** A claim of a resource as one writes it. */
const written = (claim: unknown): unknown =>
  typeof claim === "string"
    ? jsonOf(claim)
    : { ...(claim as Properties), value: jsonOf(String((claim as Properties).value)) };

/** JSON as what it means. */
function jsonOf(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : text;
  } catch {
    return text;
  }
}

/** Why no declaration can say what an agent is. */
export function agentProblems({ policies, roles, others }: FoundAgent): string[] {
  const unsaid = roles.filter(({ holder, role }) => holder === "groups" || role !== OWNER_ROLE);
  return [
    ...(new Set(policies.map(({ kind }) => kind)).size > 1 ? ["it has policies of both kinds"] : []),
    ...others.map((mark) => `something below it belongs to ${describeMark(mark)}`),
    ...unsaid.map(({ label, role }) => `${label} has the role ${role}, and an entry names users as owners only`),
  ];
}

/** The claims that say of an agent that it acts for the users of a resource, as a pattern writes them. */
export const isMayAct = (claim: unknown, clientId: string) => claim === JSON.stringify(mayActOf([clientId], false));
export const isAct = (claim: unknown) => claim === ACT_EXPRESSION;

/**
 * The resources of an agent, but for the secret, which PingOne keeps.
 *
 * @param key of the agent
 */
export function agentResources(declaration: PingOneDeclaration, key: string, agent: PingOneAgent): Resource[] {
  const { environment: environmentId, resources = {}, undeclaredAccess: ofAll } = declaration;
  const { claims = {}, policies, owners = [], allow, undeclaredAccess = ofAll, adopt, name } = agent;
  const rules = { undeclared: {}, undeclaredAccess, allow };
  const common = { environmentId, application: name, adopt };
  const declaredAccess = declaredBelow(agent, resources);
  const below = (label: string, type: string, props: Properties): Resource => ({
    ...{ type: `pingone:${type}`, name: `${key}/${label}`, props: { ...common, ...props } },
  });
  return [
    {
      ...{ type: "pingone:AiAgent", name: key },
      props: { environmentId, adopt, ...agentSettings(agent), declaredAccess, ...rules },
    },
    ...grantsOf(agent, resources).map(({ resource, scopes }) =>
      below(resource, "ScopeGrant", { resource: resources[resource]?.name ?? resource, scopes, ...rules }),
    ),
    ...Object.entries(claims).map(([claim, mapping]) => below(claim, "AttributeMapping", { name: claim, ...mapping })),
    ...(policies ? [below("policies", "PolicyAssignments", { policies, ...rules })] : []),
    ...owners.map((user) => below(user, "Owner", { user })),
  ];
}

/**
 * The resource of an entry.
 *
 * @param clientIdOf the client id of a declared agent, by its key
 */
export function resourceResources(
  declaration: PingOneDeclaration,
  key: string,
  clientIdOf: (agent: string) => string | undefined,
): Resource[] {
  const { environment: environmentId, resources = {}, undeclaredAccess: ofAll } = declaration;
  const {
    claims: own,
    protect: _protect,
    allow,
    undeclaredAccess = ofAll,
    ...declared
  } = resources[key] ?? { name: key };
  const { actors = [], isForUsers = false, ...delegation } = delegations(declaration)[key] ?? {};
  const ids = actors.flatMap((actor) => clientIdOf(actor) ?? []);
  const mayAct = mayActOf(ids, isForUsers);
  const claims = { ...(mayAct && { may_act: mayAct }), ...claimsFrom(delegation), ...own };
  const props = { environmentId, ...declared, ...(Object.keys(claims).length > 0 && { claims }) };
  return [{ type: "pingone:Resource", name: key, props: { ...props, undeclared: {}, undeclaredAccess, allow } }];
}
