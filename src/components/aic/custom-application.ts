/** `CustomApplication`: what the console calls a custom application, that is a managed application and its OAuth 2.0 client. */

import * as pulumi from "@pulumi/pulumi";
import type { AicApplication } from "./declaration.ts";
import { clientSettings } from "./patterns.ts";
import { Application, OAuth2Client } from "./resources.ts";

/** Arguments of {@link CustomApplication}: an application of the declaration and where it lives. */
export type CustomApplicationArgs = AicApplication & { readonly realm: string; readonly clientId: string };

/** Creates the client first and the application after it, since nothing but the client's id links them (contract aic §4). */
export class CustomApplication extends pulumi.ComponentResource {
  readonly clientId: string;
  readonly applicationId: pulumi.Output<string>;
  /** The client secret, unless the client has none of its own. */
  readonly secret: pulumi.Output<string | undefined>;

  constructor(
    name: string,
    { realm, clientId, ...args }: CustomApplicationArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("ping-agents:aic:CustomApplication", name, {}, options);
    const { adopt } = args;
    const client = new OAuth2Client(name, { realm, clientId, adopt, ...clientSettings(args) }, { parent: this });
    const application = new Application(
      name,
      {
        realm,
        clientId,
        adopt,
        name: args.name,
        description: args.description,
        template: args.type,
        owners: args.owners,
      },
      { parent: this, dependsOn: client },
    );
    this.clientId = clientId;
    this.applicationId = application.applicationId;
    this.secret = client.secret;
    this.registerOutputs({ clientId, applicationId: this.applicationId });
  }
}
