/** `DeclaredAgent`: an AI agent of the declaration, with everything that its pattern stands for. */

import * as pulumi from "@pulumi/pulumi";
import { type DeclaredResources, declareBelow } from "./client.ts";
import type { PingOneAgent } from "./declaration.ts";
import { agentSettings } from "./patterns.ts";
import { AiAgent } from "./resources.ts";

/** Arguments of {@link DeclaredAgent}: an agent of the declaration and where it lives. */
export type DeclaredAgentArgs = PingOneAgent & { readonly environmentId: string | undefined };

/** The agent first: resources name its client id in `may_act`, and only then can it be granted their scopes. */
export class DeclaredAgent extends pulumi.ComponentResource {
  readonly applicationId: pulumi.Output<string>;
  readonly clientId: pulumi.Output<string>;
  readonly #key: string;
  readonly #args: DeclaredAgentArgs;

  constructor(key: string, args: DeclaredAgentArgs, options?: pulumi.ComponentResourceOptions) {
    super("ping-agents:pingone:DeclaredAgent", key, {}, options);
    const { environmentId, adopt } = args;
    const agent = new AiAgent(key, { environmentId, adopt, ...agentSettings(args) }, { parent: this });
    this.#key = key;
    this.#args = args;
    this.applicationId = agent.applicationId;
    this.clientId = agent.clientId;
    this.registerOutputs({ applicationId: this.applicationId, clientId: this.clientId });
  }

  /** Grants, policies, claims, secret and owners, once the resources are there. @returns the secret, where it is asked for */
  reach(resources: DeclaredResources): pulumi.Output<string | undefined> | undefined {
    const { environmentId, name } = this.#args;
    const client = { environmentId, name, applicationId: this.applicationId };
    return declareBelow(this.#key, client, this.#args, resources, this);
  }
}
