/** `DeclaredAgent`: an AI agent of the declaration with everything it may reach. */

import * as pulumi from "@pulumi/pulumi";
import { cibaKeys, clientSecretArgs } from "./credentials.ts";
import type { AicAgent } from "./declaration.ts";
import { agentSettings } from "./patterns.ts";
import { AgentPrivilege, AiAgent } from "./resources.ts";

/** Arguments of {@link DeclaredAgent}: an agent of the declaration and where it lives. */
export type DeclaredAgentArgs = AicAgent & {
  readonly realm: string;
  readonly clientId: string;
  /** Ids of the managed applications of this stack, by client id: saves a look-up and orders the run. */
  readonly applicationIds?: Readonly<Record<string, pulumi.Output<string>>>;
};

/** Creates the agent, then one privilege per access entry. */
export class DeclaredAgent extends pulumi.ComponentResource {
  readonly identityId: pulumi.Output<string>;
  /** The client secret, unless the agent has none of its own. */
  readonly secret: pulumi.Output<string | undefined>;
  /** Private JWK that signs CIBA requests, where it was generated here. */
  readonly privateKey: pulumi.Output<string> | undefined;

  constructor(name: string, args: DeclaredAgentArgs, options?: pulumi.ComponentResourceOptions) {
    super("ping-agents:aic:DeclaredAgent", name, {}, options);
    const { realm, clientId, applicationIds = {}, ...agent } = args;
    const { adopt, access = [] } = agent;
    const keys = cibaKeys(agent.ciba, clientId, this);
    const { authentication, ...credential } = clientSecretArgs(agent.secret, { realm, clientId, parent: this });
    const identity = new AiAgent(
      name,
      {
        ...{ realm, clientId, adopt },
        ...agentSettings(agent),
        ...{ ...credential, ...keys.args },
        ...(authentication && { authentication: { ...agent.authentication, ...authentication } }),
      },
      { parent: this },
    );
    for (const entry of access) {
      const label = [clientId, entry.application, ...(entry.name ? [entry.name] : [])].join("/");
      const known = { agentIdentityId: identity.identityId, applicationId: applicationIds[entry.application] };
      new AgentPrivilege(label, { realm, agent: clientId, adopt, ...entry, ...known }, { parent: this });
    }
    this.identityId = identity.identityId;
    this.secret = identity.secret;
    this.privateKey = keys.privateKey;
    this.registerOutputs({ clientId, identityId: this.identityId });
  }
}
