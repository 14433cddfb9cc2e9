/** Turns an AIC declaration into resources. */

import * as pulumi from "@pulumi/pulumi";
import { CustomApplication } from "./custom-application.ts";
import type { AicDeclaration } from "./declaration.ts";
import { agentSettings } from "./patterns.ts";
import { AgentPrivilege, AiAgent, GrantTypes, ProviderBaseline } from "./resources.ts";

/** Outputs of a stack: what agents and applications need to get tokens. */
export type AicStack = { readonly secrets: pulumi.Output<Record<string, string | undefined>> };

/** Declares every resource of an environment. */
export function declareAic(declaration: AicDeclaration): AicStack {
  const { realm, provider, applications = {}, agents = {} } = declaration;
  if (provider?.grantTypes) {
    const baseline = new ProviderBaseline(realm, { realm });
    new GrantTypes(realm, { realm, grantTypes: provider.grantTypes, baseline: baseline.grantTypes });
  }
  const declared = Object.fromEntries(
    Object.entries(applications).map(([clientId, args]) => [
      clientId,
      new CustomApplication(clientId, { realm, clientId, ...args }),
    ]),
  );
  const identities = Object.fromEntries(
    Object.entries(agents).map(([clientId, agent]) => {
      const identity = new AiAgent(clientId, { realm, clientId, adopt: agent.adopt, ...agentSettings(agent) });
      for (const entry of agent.access ?? []) {
        const label = [clientId, entry.application, ...(entry.name ? [entry.name] : [])].join("/");
        const known = {
          agentIdentityId: identity.identityId,
          applicationId: declared[entry.application]?.applicationId,
        };
        new AgentPrivilege(
          label,
          { realm, agent: clientId, adopt: agent.adopt, ...entry, ...known },
          { parent: identity },
        );
      }
      return [clientId, identity];
    }),
  );
  const secrets = Object.fromEntries(
    Object.entries({ ...declared, ...identities }).map(([id, { secret }]) => [id, secret]),
  );
  return { secrets: pulumi.secret(pulumi.output(secrets)) };
}
