/** Turns a PingOne declaration into resources. */

import * as pulumi from "@pulumi/pulumi";
import { PingAgentsError } from "../../errors.ts";
import { mapValues } from "../settings.ts";
import { type StackOutputs, stackOutputs, tokenServiceOf } from "../stack-outputs.ts";
import { CustomApplication } from "./custom-application.ts";
import type { PingOneAgent, PingOneDeclaration } from "./declaration.ts";
import { DeclaredAgent } from "./declared-agent.ts";
import { pingOneClientOutputs } from "./outputs.ts";
import { ACT_EXPRESSION } from "./patterns.ts";
import { Resource } from "./resources.ts";

/**
 * Declares every resource of an environment.
 *
 * @throws ERR_NAME_NOT_FOUND when an agent acts for users of a resource that is not declared
 */
export function declarePingOne(declaration: PingOneDeclaration): StackOutputs {
  const { environment: environmentId, undeclaredAccess, applications = {}, agents = {} } = declaration;
  const common = { environmentId, undeclaredAccess };
  const identities = mapValues(agents, (_key, agent) => {
    // A resource names the agent in its claims, and the agent is granted the resource's scopes: one of them has to come first.
    const [clientId, setClientId] = pulumi.deferredOutput<string>();
    return { agent, clientId, setClientId };
  });
  const resources = declareResources(declaration, identities);
  const clients = mapValues(
    applications,
    (key, application) => new CustomApplication(key, { ...common, resources, ...application }),
  );
  const acting = mapValues(identities, (key, { agent, setClientId }) => {
    const declared = new DeclaredAgent(key, { ...common, resources, ...agent });
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

/** An agent and the client id that it is going to have. */
type Identity = { readonly agent: PingOneAgent; readonly clientId: pulumi.Output<string> };

/** Declares the resources, with the claims that delegation needs. */
function declareResources(
  { environment: environmentId, undeclaredAccess: ofAll, resources = {} }: PingOneDeclaration,
  identities: Readonly<Record<string, Identity>>,
) {
  const onBehalf = Object.entries(identities).filter(([, { agent }]) => agent.pattern === "on-behalf-of");
  const mayAct = new Map(
    onBehalf.flatMap(([key, { agent, clientId }]) =>
      (agent.actsForUsersOf ?? []).map((resource) => {
        if (resource in resources) return [resource, clientId] as const;
        throw new PingAgentsError("ERR_NAME_NOT_FOUND", `no resource "${resource}" is declared`, {
          where: { field: `agents.${key}.actsForUsersOf` },
          hint: "declare it under resources, so that its tokens can name the agent",
        });
      }),
    ),
  );
  const reached = new Set(onBehalf.flatMap(([, { agent }]) => (agent.access ?? []).map(({ resource }) => resource)));
  return mapValues(resources, (key, declared) => {
    const { claims: own, protect = false, undeclaredAccess = ofAll, allow, ...resource } = declared;
    const sub = mayAct.get(key);
    const claims = { ...(sub && { may_act: { sub } }), ...(reached.has(key) && { act: ACT_EXPRESSION }), ...own };
    const more = Object.keys(claims).length ? { claims } : {};
    const owned = { undeclared: {}, undeclaredAccess, allow };
    const { resourceId } = new Resource(key, { environmentId, ...resource, ...more, ...owned }, { protect });
    return { name: resource.name, resourceId };
  });
}
