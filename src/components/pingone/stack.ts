/** Turns a PingOne declaration into resources. */

import * as pulumi from "@pulumi/pulumi";
import { CustomApplication } from "./custom-application.ts";
import type { PingOneDeclaration } from "./declaration.ts";
import { DeclaredAgent } from "./declared-agent.ts";
import { ACT_EXPRESSION } from "./patterns.ts";
import { Resource } from "./resources.ts";

/** Outputs of a stack: what agents and applications need to get tokens. */
export type PingOneStack = {
  /** Client ids, which PingOne chooses, by the keys of the declaration. */
  readonly clientIds: pulumi.Output<Record<string, string>>;
  /** Client secrets by key, where the declaration asks for them. Secret. */
  readonly secrets: pulumi.Output<Record<string, string | undefined>>;
};

/** Declares every resource of an environment. */
export function declarePingOne(declaration: PingOneDeclaration): PingOneStack {
  const { environment: environmentId, resources = {}, applications = {}, agents = {} } = declaration;
  const claims = delegationClaims(declaration);
  const identities = map(agents, (key, agent) => new DeclaredAgent(key, { environmentId, ...agent }));
  const declared = map(resources, (key, { claims: own = {}, ...resource }) => {
    const delegate = claims.mayAct[key];
    const all = {
      ...(delegate && { may_act: { sub: identities[delegate]?.clientId ?? "" } }),
      ...(claims.act.has(key) && { act: ACT_EXPRESSION }),
      ...own,
    };
    const more = Object.keys(all).length ? { claims: all } : {};
    return { name: resource.name, resource: new Resource(key, { environmentId, ...resource, ...more }) };
  });
  const clients = {
    ...map(applications, (key, application) => new CustomApplication(key, { environmentId, ...application })),
    ...identities,
  };
  const secrets = map(clients, (_key, client) => client.reach(declared));
  return {
    clientIds: pulumi.output(map(clients, (_key, { clientId }) => clientId)),
    secrets: pulumi.secret(pulumi.output(secrets)),
  };
}

/**
 * Which claims the resources need for delegation: `may_act` where users' tokens may be exchanged, with the key of the agent
 * that may, and `act` where agents on behalf of users arrive.
 */
function delegationClaims({ agents = {}, resources = {} }: PingOneDeclaration) {
  const acting = Object.entries(agents).filter(([, { pattern }]) => pattern === "on-behalf-of");
  const mayAct = Object.fromEntries(
    acting.flatMap(([key, { actsForUsersOf = [] }]) => actsForUsersOf.map((resource) => [resource, key] as const)),
  );
  const reached = acting.flatMap(([, { access = [] }]) => access.map(({ resource }) => resource));
  return { mayAct, act: new Set(reached.filter((resource) => resource in resources)) };
}

function map<In, Out>(
  entries: Readonly<Record<string, In>>,
  each: (key: string, value: In) => Out,
): Record<string, Out> {
  return Object.fromEntries(Object.entries(entries).map(([key, value]) => [key, each(key, value)]));
}
