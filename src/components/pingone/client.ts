/** What agents and other applications of PingOne get beside their settings: grants, policies, claims, a secret and owners. */

import type * as pulumi from "@pulumi/pulumi";
import type { PingOneAgent, PingOneApplication } from "./declaration.ts";
import { AttributeMapping, Owner, PolicyAssignments, type Resource, ScopeGrant, Secret } from "./resources.ts";

/** A resource of this stack, by the key under which it is declared. */
export type DeclaredResources = Readonly<Record<string, { readonly name: string; readonly resource: Resource }>>;

/** The application that everything hangs below. */
export type Client = {
  readonly environmentId: string | undefined;
  readonly name: string;
  readonly applicationId: pulumi.Output<string>;
};

type Beside = Pick<PingOneAgent | PingOneApplication, "access" | "policies" | "claims" | "secret" | "owners" | "adopt">;

/**
 * Declares what hangs below an application, in the order in which it works (pingone §6).
 *
 * @param label prefix of the names of all resources, unique in the stack
 * @returns the client secret, where the declaration asks for it
 */
export function declareBelow(
  label: string,
  { environmentId, name, applicationId }: Client,
  { access = [], policies, claims = {}, secret, owners = [], adopt }: Beside,
  resources: DeclaredResources,
  parent: pulumi.Resource,
): pulumi.Output<string | undefined> | undefined {
  const common = { environmentId, application: name, applicationId, adopt };
  const grants = access.map(({ resource, scopes }) => {
    const declared = resources[resource];
    const target = declared
      ? { resource: declared.name, resourceId: declared.resource.resourceId }
      : { resource, resourceId: undefined };
    return new ScopeGrant(`${label}/${resource}`, { ...common, ...target, scopes }, { parent });
  });
  for (const [claim, mapping] of Object.entries(claims)) {
    new AttributeMapping(`${label}/${claim}`, { ...common, name: claim, ...mapping }, { parent, dependsOn: grants });
  }
  if (policies) new PolicyAssignments(`${label}/policies`, { ...common, policies }, { parent });
  for (const user of owners) new Owner(`${label}/${user}`, { ...common, user }, { parent });
  return secret && new Secret(`${label}/secret`, { ...common, ...secret }, { parent }).secret;
}
