/** Turns a PingOne declaration into resources. */

import * as pulumi from "@pulumi/pulumi";
import type { PlaceOf } from "../../declaration/load.ts";
import { PingAgentsError } from "../../errors.ts";
import { named } from "../../named.ts";
import type { Written } from "../declared-world.ts";
import { held } from "../held.ts";
import { type Path, writtenAt } from "../place.ts";
import { mapValues } from "../settings.ts";
import { type StackOutputs, stackOutputs, tokenServiceOf } from "../stack-outputs.ts";
import { CustomApplication } from "./custom-application.ts";
import type { PingOneAgent, PingOneDeclaration } from "./declaration.ts";
import { DeclaredAgent } from "./declared-agent.ts";
import { declaredWorld } from "./declared-world.ts";
import { pingOneClientOutputs } from "./outputs.ts";
import { ACT_EXPRESSION, delegations, policyProps } from "./patterns.ts";
import { Agreement, Resource, SignOnPolicy } from "./resources.ts";

/** Options that say where a resource is written. */
type At = (...path: Path) => pulumi.ComponentResourceOptions;

/**
 * Declares every resource of an environment.
 *
 * @param written where its values are written, for messages
 * @throws ERR_ACCESS_POLICY; ERR_NAME_NOT_FOUND when an agent acts for users of a resource that is not declared
 */
export function declarePingOne(declaration: PingOneDeclaration, written: Partial<Written> = {}): StackOutputs {
  const { placeOf } = written;
  const world = declaredWorld(declaration, written);
  return held(world, declaration.accessPolicy, placeOf, () => declareAll(declaration, placeOf));
}

function declareAll(declaration: PingOneDeclaration, placeOf: PlaceOf | undefined): StackOutputs {
  const { environment: environmentId, undeclaredAccess, applications = {}, agents = {} } = declaration;
  const at: At = (...path) => writtenAt(path, placeOf);
  const signOnPolicies = declarePolicies(declaration, at);
  const common = { environmentId, undeclaredAccess, signOnPolicies };
  const identities = mapValues(agents, (_key, agent) => {
    // A resource names the agent in its claims, and the agent is granted the resource's scopes: one of them has to come first.
    const [clientId, setClientId] = pulumi.deferredOutput<string>();
    return { agent, clientId, setClientId };
  });
  const resources = declareResources(declaration, identities, at);
  const clients = mapValues(
    applications,
    (key, application) => new CustomApplication(key, { ...common, resources, ...application }, at("applications", key)),
  );
  const acting = mapValues(identities, (key, { agent, setClientId }) => {
    const declared = new DeclaredAgent(key, { ...common, resources, ...agent }, at("agents", key));
    setClientId(declared.clientId);
    return declared;
  });
  const all = { ...clients, ...acting };
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

/** An agent and the client id that it is going to have. */
type Identity = { readonly agent: PingOneAgent; readonly clientId: pulumi.Output<string> };

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
    const { mayAct = "", isReached } = named(delegated, key) ?? {};
    const sub = named(identities, mayAct)?.clientId;
    const claims = { ...(sub && { may_act: { sub } }), ...(isReached && { act: ACT_EXPRESSION }), ...own };
    const more = Object.keys(claims).length ? { claims } : {};
    const owned = { undeclared: {}, undeclaredAccess, allow };
    const options = { protect, ...at("resources", key) };
    const { resourceId } = new Resource(key, { environmentId, ...resource, ...more, ...owned }, options);
    return { name: resource.name, resourceId };
  });
}
