/** From what an environment has to entries of a declaration: the way back from `components/pingone`. Pure. */

import { z } from "zod";
import type { PingOneAgent, PingOneApplication, PingOneDeclaration } from "../../components/pingone/declaration.ts";
import { declaredBelow } from "../../components/pingone/declared-below.ts";
import { delegations, grantsOf } from "../../components/pingone/delegation.ts";
import { agentSettings, applicationSettingsOf, policyProps } from "../../components/pingone/patterns.ts";
import { type PingOnePattern, pingOnePatternSchema } from "../../declaration/shared-fields.ts";
import { grantTypeName } from "../../fields/grant-types.ts";
import { signOnActions } from "../../fields/pingone.ts";
import { OWNER_ROLE } from "../../fields/pingone-access.ts";
import { named } from "../../named.ts";
import { describeMark } from "../../providers/owner.ts";
import { applicationSettings } from "../../providers/pingone/application-settings.ts";
import { resourceSettings } from "../../providers/pingone/resource.ts";
import { clean, type Properties } from "../../providers/pulumi-values.ts";
import type { Resource } from "../candidate.ts";
import { least, listed, size } from "../least.ts";
import { type Acting, accessOf, claimsGiven } from "./delegation.ts";
import type { FoundClient, FoundObject, FoundResource } from "./live.ts";

// The key-rotation policy is an id, and that of the environment by default: not declared, it stays as it is.
const { keyRotationPolicy: _policy, ...ofApplications } = applicationSettings;
const settings = z.strictObject(ofApplications);
const ofResources = z.strictObject(resourceSettings);

/** How the entry of a client names a resource. */
type Naming = (resource: string) => string;

/** Entries for an agent, one a pattern, the shortest first; not all are valid. */
export function agentEntries(agent: FoundClient, nameOf: Naming, acting: Partial<Acting> = {}): Properties[] {
  const { inputs, name } = agent;
  const { sponsor, expires } = inputs;
  const { delegates, actsForUsersOf = [] } = acting;
  // The claims of resources follow from the pattern, so that it is no choice.
  const isOnBehalf = actsForUsersOf.length > 0;
  const patterns = pingOnePatternSchema.options.filter((one) => (one === "on-behalf-of") === isOnBehalf);
  const entries = patterns.map((pattern: PingOnePattern) => {
    const given = agentSettings({ name, pattern, delegates } as unknown as PingOneAgent);
    const { description, ...rest } = written(least(settings, given, inputs));
    return clean({
      ...{ name, description, pattern, owners: ownersOf(agent), sponsor, expires },
      ...(isOnBehalf && { actsForUsersOf }),
      ...{ ...rest, ...below(agent, nameOf, acting) },
    });
  });
  return entries.toSorted((a, b) => size(a) - size(b));
}

/** The entry for an application that is no agent. */
export function applicationEntry(found: FoundClient, nameOf: Naming, acting: Partial<Acting> = {}): Properties {
  const { inputs, name } = found;
  const { type } = inputs;
  const given = applicationSettingsOf({ name, type, delegates: acting.delegates } as unknown as PingOneApplication);
  const { description, ...rest } = written(least(settings, given, inputs));
  return clean({
    ...{ name, description, type, owners: ownersOf(found) },
    ...{ ...rest, ...below(found, nameOf, acting) },
  });
}

/** Settings as one writes them. */
const written = ({ grantTypes, ...rest }: Properties): Properties => ({
  ...(Array.isArray(grantTypes) && { grantTypes: grantTypes.map(grantTypeName) }),
  ...rest,
});

const ownersOf = ({ roles }: FoundClient) => listed(roles.map(({ label }) => label).sort());

/** What hangs below a client, as one writes it. */
function below(client: FoundClient, nameOf: Naming, { delegates = [] }: Partial<Acting>): Properties {
  const { claims, policies } = client;
  const [kind] = policies.map((one) => one.kind);
  return {
    ...{ access: listed(accessOf(client, nameOf, delegates)), delegates: listed(delegates) },
    policies: kind && { kind, names: policies.map((one) => one.name) },
    claims:
      claims.length > 0 ? Object.fromEntries(claims.map((claim) => [claim.name, claimAsWritten(claim)])) : undefined,
  };
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
 * @param following claims that follow from what the declaration says of its clients
 */
export function resourceEntry({ name, inputs }: FoundResource, following: readonly string[] = []): Properties {
  const { description, scopes = {}, claims = {} } = inputs as { [key: string]: Properties };
  const own = Object.entries(claims).filter(([claim]) => !following.includes(claim));
  return clean({
    ...{ name, description, ...least(ofResources, {}, inputs) },
    scopes: Object.keys(scopes).length > 0 ? scopes : undefined,
    claims: own.length > 0 ? Object.fromEntries(own.map(([claim, one]) => [claim, claimWritten(one)])) : undefined,
  });
}

/** The entry for an agreement. */
export function agreementEntry({ name, inputs }: FoundObject): Properties {
  const { description, enabled, reconsentPeriodDays, languages } = inputs;
  return clean({ name, description, ...(enabled === false && { enabled }), reconsentPeriodDays, languages });
}

/** Why no declaration can say what an agreement is. */
export const agreementProblems = ({ inputs }: FoundObject): string[] =>
  Object.keys(inputs.languages as Properties).length > 0 ? [] : ["it has no text in any language"];

/**
 * The entry for a sign-on policy.
 *
 * @param nameOf how it names an agreement
 */
export function policyEntry({ name, inputs }: FoundObject, nameOf: (agreement: string) => string): Properties {
  const { description, actions } = inputs;
  const written = (actions as Properties[]).map(({ agreement, ...action }) =>
    typeof agreement === "string" ? { ...action, agreement: nameOf(agreement) } : action,
  );
  return clean({ name, description, actions: written });
}

/** Why no declaration can say what a sign-on policy asks. */
export function policyProblems({ inputs }: FoundObject): string[] {
  const { error } = signOnActions().safeParse(inputs.actions);
  return error ? [`its actions are not to be declared: ${error.issues.map(({ message }) => message).join("; ")}`] : [];
}

/** A claim of a resource as one writes it. */
const claimWritten = (claim: unknown): unknown =>
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

/** Why no declaration can say what a client is. */
export function clientProblems({ policies, roles, others }: FoundClient): string[] {
  const unsaid = roles.filter(({ holder, role }) => holder === "groups" || role !== OWNER_ROLE);
  return [
    ...(new Set(policies.map(({ kind }) => kind)).size > 1 ? ["it has policies of both kinds"] : []),
    ...others.map((mark) => `something below it belongs to ${describeMark(mark)}`),
    ...unsaid.map(({ label, role }) => `${label} has the role ${role}, and an entry names users as owners only`),
  ];
}

/** The resources of an agent, but for the secret, which PingOne keeps. */
export function agentResources(declaration: PingOneDeclaration, key: string, agent: PingOneAgent): Resource[] {
  return clientResources(declaration, key, agent, { type: "pingone:AiAgent", props: agentSettings(agent) });
}

/** The same of an application that is no agent. */
export function applicationResources(
  declaration: PingOneDeclaration,
  key: string,
  application: PingOneApplication,
): Resource[] {
  const props = { type: application.type, ...applicationSettingsOf(application) };
  return clientResources(declaration, key, application, { type: "pingone:Application", props });
}

/** @param own the application itself, without the access below it */
function clientResources(
  declaration: PingOneDeclaration,
  key: string,
  client: PingOneAgent | PingOneApplication,
  own: Omit<Resource, "name">,
): Resource[] {
  const { environment: environmentId, resources = {}, undeclaredAccess: ofAll } = declaration;
  const { claims = {}, policies, owners = [], allow, undeclaredAccess = ofAll, adopt, name } = client;
  const rules = { undeclared: {}, undeclaredAccess, allow };
  const common = { environmentId, application: name, adopt };
  const declaredAccess = declaredBelow(client, resources);
  const made = (label: string, type: string, props: Properties): Resource => ({
    ...{ type: `pingone:${type}`, name: `${key}/${label}`, props: { ...common, ...props } },
  });
  return [
    { type: own.type, name: key, props: { environmentId, adopt, ...own.props, declaredAccess, ...rules } },
    ...grantsOf(client, resources).map(({ resource, scopes }) =>
      made(resource, "ScopeGrant", { resource: resources[resource]?.name ?? resource, scopes, ...rules }),
    ),
    ...Object.entries(claims).map(([claim, mapping]) => made(claim, "AttributeMapping", { name: claim, ...mapping })),
    ...(policies ? [made("policies", "PolicyAssignments", { policies, ...rules })] : []),
    ...owners.map((user) => made(user, "Owner", { user })),
  ];
}

/** The agreement or sign-on policy of an entry. */
export function policyResources(declaration: PingOneDeclaration, id: string): Resource[] {
  const { environment: environmentId, agreements = {}, signOnPolicies = {} } = declaration;
  const key = id.slice(id.indexOf("/") + 1);
  const agreement = id.startsWith("agreements/") ? agreements[key] : undefined;
  const policy = id.startsWith("signOnPolicies/") ? signOnPolicies[key] : undefined;
  const made = (type: string, { protect: _protect, ...props }: Properties): Resource => ({
    ...{ type: `pingone:${type}`, name: key, props: { environmentId, ...props } },
  });
  return [
    ...(agreement ? [made("Agreement", agreement)] : []),
    ...(policy ? [made("SignOnPolicy", policyProps(policy, agreements))] : []),
  ];
}

/**
 * The resource of an entry.
 *
 * @param clientIdOf the client id of a declared client, by its key
 */
export function resourceResources(
  declaration: PingOneDeclaration,
  key: string,
  clientIdOf: (client: string) => string | undefined,
): Resource[] {
  const { environment: environmentId, resources = {}, undeclaredAccess: ofAll } = declaration;
  const {
    claims: own,
    protect: _protect,
    allow,
    undeclaredAccess = ofAll,
    ...declared
  } = resources[key] ?? { name: key };
  const claims = { ...claimsGiven(named(delegations(declaration), key), clientIdOf), ...own };
  const props = { environmentId, ...declared, ...(Object.keys(claims).length > 0 && { claims }) };
  return [{ type: "pingone:Resource", name: key, props: { ...props, undeclared: {}, undeclaredAccess, allow } }];
}
