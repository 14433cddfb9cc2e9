/** `CustomApplication`: an application of the declaration that is no agent, with everything that belongs to it. */

import * as pulumi from "@pulumi/pulumi";
import { type DeclaredResources, declareBelow } from "./client.ts";
import type { PingOneApplication } from "./declaration.ts";
import { applicationSettingsOf } from "./patterns.ts";
import { Application } from "./resources.ts";

/** Arguments of {@link CustomApplication}: an application of the declaration and where it lives. */
export type CustomApplicationArgs = PingOneApplication & { readonly environmentId: string | undefined };

export class CustomApplication extends pulumi.ComponentResource {
  readonly applicationId: pulumi.Output<string>;
  readonly clientId: pulumi.Output<string>;
  readonly #key: string;
  readonly #args: CustomApplicationArgs;

  constructor(key: string, args: CustomApplicationArgs, options?: pulumi.ComponentResourceOptions) {
    super("ping-agents:pingone:CustomApplication", key, {}, options);
    const { environmentId, adopt, type } = args;
    const settings = applicationSettingsOf(args);
    const application = new Application(key, { environmentId, adopt, type, ...settings }, { parent: this });
    this.#key = key;
    this.#args = args;
    this.applicationId = application.applicationId;
    this.clientId = application.clientId;
    this.registerOutputs({ applicationId: this.applicationId, clientId: this.clientId });
  }

  /** Grants, policies, claims, secret and owners, once the resources are there. @returns the secret, where it is asked for */
  reach(resources: DeclaredResources): pulumi.Output<string | undefined> | undefined {
    const { environmentId, name } = this.#args;
    const client = { environmentId, name, applicationId: this.applicationId };
    return declareBelow(this.#key, client, this.#args, resources, this);
  }
}
