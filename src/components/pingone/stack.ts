/** Turns a PingOne declaration into resources. */

import * as pulumi from "@pulumi/pulumi";
import { fieldOf, type PlaceOf } from "../../declaration/load.ts";
import { PingAgentsError } from "../../errors.ts";
import { named } from "../../named.ts";
import { requireEnforced } from "../../providers/pingone/required-claims.ts";
import type { Written } from "../declared-world.ts";
import { held } from "../held.ts";
import { type Path, writtenAt } from "../place.ts";
import { mapValues } from "../settings.ts";
import { stackConfig } from "../stack-config.ts";
import { type StackOutputs, stackOutputs, tokenServiceOf } from "../stack-outputs.ts";
import { CustomApplication } from "./custom-application.ts";
import type { PingOneDeclaration } from "./declaration.ts";
import { DeclaredAgent } from "./declared-agent.ts";
import { declaredWorld } from "./declared-world.ts";
import { claimsFrom, delegations, mayActOf, requiredClaims } from "./delegation.ts";
import { pingOneClientOutputs } from "./outputs.ts";
import { policyProps } from "./patterns.ts";
import { Agreement, Resource, SignOnPolicy } from "./resources.ts";

/** Options that say where a resource is written. */
type At = (...path: Path) => pulumi.ComponentResourceOptions;

/**
 * Declares every resource of an environment.
 *
 * @param written where its values are written, for messages
 * @throws ERR_ACCESS_POLICY; ERR_UNENFORCED; ERR_NAME_NOT_FOUND when an agent acts for users of a resource that is not declared
 */
export function declarePingOne(declaration: PingOneDeclaration, written: Partial<Written> = {}): StackOutputs {
  const { placeOf } = written;
  const world = declaredWorld(declaration, written);
  requireAllEnforced(declaration, placeOf);
  return held(world, declaration.accessPolicy, placeOf, () => declareAll(declaration, placeOf));
}

function declareAll(declaration: PingOneDeclaration, placeOf: PlaceOf | undefined): StackOutputs {
  const { environment: environmentId, undeclaredAccess, applications = {}, agents = {} } = declaration;
  const at: At = (...path) => writtenAt(path, placeOf);
  const signOnPolicies = declarePolicies(declaration, at);
  const common = { environmentId, undeclaredAccess, signOnPolicies };
  const identities = mapValues({ ...applications, ...agents }, () => {
    // A resource names a client in its claims, and the client is granted the resource's scopes: one of them has to come first.
    const [clientId, setClientId] = pulumi.deferredOutput<string>();
    return { clientId, setClientId };
  });
  const resources = declareResources(declaration, identities, at);
  const all = {
    ...mapValues(
      applications,
      (key, one) => new CustomApplication(key, { ...common, resources, ...one }, at("applications", key)),
    ),
    ...mapValues(agents, (key, one) => new DeclaredAgent(key, { ...common, resources, ...one }, at("agents", key))),
  };
  for (const [key, { clientId }] of Object.entries(all)) identities[key]?.setClientId(clientId);
  const issuer = tokenServiceOf(declaration);
  const outputs = mapValues({ ...applications, ...agents }, (key, client) =>
    pulumi
      .all([issuer, all[key]?.clientId])
      .apply(([at, clientId = ""]) => pingOneClientOutputs(client, { ...declaration, issuer: at, clientId })),
  );
  return stackOutputs(all, outputs);
}

/** Declares the agreements, and the policies that prompt for them, by the names of the policies. */
function declarePolicies(declaration: PingOneDeclaration, at: At): Record<string, pulumi.Resource> {
  const { environment: environmentId, agreements = {}, signOnPolicies = {} } = declaration;
  const declared = mapValues(agreements, (key, { protect = false, ...agreement }) => {
    const options = { protect, ...at("agreements", key) };
    return new Agreement(key, { environmentId, ...agreement }, options);
  });
  const policies = Object.entries(signOnPolicies).map(([key, { protect = false, ...policy }]) => {
    const props = { environmentId, ...policyProps(policy, agreements) };
    // By name, so that a preview knows the order; an agreement that others manage is there already.
    const dependsOn = policy.actions.flatMap((action) =>
      action.type === "agreement" ? (named(declared, action.agreement) ?? []) : [],
    );
    return [policy.name, new SignOnPolicy(key, props, { protect, dependsOn, ...at("signOnPolicies", key) })] as const;
  });
  return Object.fromEntries(policies);
}

/** The client id that a client is going to have. */
type Identity = { readonly clientId: pulumi.Output<string> };

/** Declares the resources, with the claims that delegation needs. */
function declareResources(declaration: PingOneDeclaration, identities: Readonly<Record<string, Identity>>, at: At) {
  const { environment: environmentId, undeclaredAccess: ofAll, resources = {}, agents = {} } = declaration;
  for (const [key, { actsForUsersOf = [] }] of Object.entries(agents)) {
    for (const resource of actsForUsersOf.filter((one) => !named(resources, one))) {
      throw new PingAgentsError("ERR_NAME_NOT_FOUND", `no resource "${resource}" is declared`, {
        where: { field: `agents.${key}.actsForUsersOf` },
        hint: "declare it under resources, so that its tokens can name the agent",
      });
    }
  }
  const delegated = delegations(declaration);
  return mapValues(resources, (key, declared) => {
    const { claims: own, protect = false, undeclaredAccess = ofAll, allow, ...resource } = declared;
    const { actors = [], isForUsers = false, ...delegation } = named(delegated, key) ?? {};
    const ids = actors.flatMap((actor) => named(identities, actor)?.clientId ?? []);
    const mayAct = mayActFor(ids, isForUsers);
    const claims = { ...(mayAct && { may_act: mayAct }), ...claimsFrom(delegation), ...own };
    const more = Object.keys(claims).length ? { claims } : {};
    const owned = { undeclared: {}, undeclaredAccess, allow };
    const options = { protect, ...at("resources", key) };
    const { resourceId } = new Resource(key, { environmentId, ...resource, ...more, ...owned }, options);
    return { name: resource.name, resourceId };
  });
}

/** The claim that names clients: a literal where it is one, undefined where it is none. */
function mayActFor(clientIds: pulumi.Output<string>[], isForUsers: boolean) {
  const [sub, ...others] = clientIds;
  if (others.length > 0 || (sub && isForUsers))
    return pulumi.all(clientIds).apply((ids) => mayActOf(ids, isForUsers) ?? "");
  return sub && { sub };
}

/** @throws ERR_UNENFORCED where a claim is required and the environment cannot be told so */
function requireAllEnforced(declaration: PingOneDeclaration, placeOf: PlaceOf | undefined): void {
  for (const { claim, resource, path } of requiredClaims(declaration))
    requireEnforced(stackConfig, claim, resource, { ...placeOf?.(path), entry: fieldOf(path) });
}
