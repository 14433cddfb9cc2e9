/** `CustomApplication`: what the console calls a custom application, that is a managed application and its OAuth 2.0 client. */

import * as pulumi from "@pulumi/pulumi";
import type { Realm } from "../../fields/aic.ts";
import { takeNote } from "../held.ts";
import { PingComponent } from "../quiet.ts";
import { shown } from "../resource.ts";
import { cibaKeys, clientSecretArgs } from "./credentials.ts";
import type { AicApplication, AicDeclaration } from "./declaration.ts";
import { homeOf } from "./declared-world.ts";
import { clientSettings } from "./patterns.ts";
import { Application, OAuth2Client } from "./resources.ts";
import { declareTokenScripts } from "./token-scripts.ts";

/** Arguments of {@link CustomApplication}: an application as in a declaration, and where it lives. */
export type CustomApplicationArgs = AicApplication & {
  /** Realm of the tenant. */
  readonly realm: Realm;
  /** OAuth 2.0 client id: letters, digits, dash, underscore. Another one is another application. */
  readonly clientId: string;
  /** Grant types that the realm did not offer before the program: its clients carry them (decision 0002). @default none */
  readonly addedGrantTypes?: pulumi.Input<readonly string[]> | undefined;
  /** Client id of whoever may act with its tokens: a script names it in `may_act` (RFC 8693 §4.4). @default nobody */
  readonly mayAct?: string | undefined;
  /** Tier of the environment: scripts are written in development alone (decision 0006). @default "development" */
  readonly tier?: AicDeclaration["tier"] | undefined;
};

/**
 * An OAuth 2.0 client and the managed application after it, since nothing but the client's id links them (aic §4).
 *
 * Settings that are not declared are what the console preselects for the `type`; a `secret` is generated, where the client
 * needs one.
 *
 * @throws ERR_SETTING_MISSING when the secret is to come from where there is none
 * @example
 * const logs = new aic.CustomApplication("web-server-logs", {
 *   realm: "alpha",
 *   clientId: "web-server-logs",
 *   name: "Web Server Logs",
 *   type: "service",
 *   scopes: ["logs-read", "logs-search"],
 * });
 */
export class CustomApplication extends PingComponent {
  readonly clientId: string;
  /** The managed application. */
  readonly application: Application;
  /** Id of the managed application in IDM. */
  readonly applicationId: pulumi.Output<string>;
  /** The client secret, unless the client has none of its own. */
  readonly secret: pulumi.Output<string | undefined>;
  /** Private JWK that signs CIBA requests, where it was generated here. */
  readonly privateKey: pulumi.Output<string> | undefined;
  /** Name of the key that signs CIBA requests, where one is declared. */
  readonly kid: pulumi.Output<string | undefined>;

  constructor(name: string, args: CustomApplicationArgs, options?: pulumi.ComponentResourceOptions) {
    super("ping-agents:aic:CustomApplication", name, options);
    const { realm, clientId, adopt, protect, addedGrantTypes, mayAct, tier, ...declared } = args;
    const { description, type, owners, secret, ciba, ...settings } = declared;
    takeNote(this, { section: "applications", key: clientId, entry: declared }, homeOf(realm));
    const own = { parent: this, ...(protect && { protect }) };
    const keys = cibaKeys(ciba, clientId, this);
    const { overrides, ...given } = clientSettings({ ...settings, type }, mayAct);
    const scripts = declareTokenScripts(settings, { realm, tier, clientId, actor: mayAct, options: { parent: this } });
    const { authentication, ...credential } = clientSecretArgs(secret, { realm, clientId, options: { parent: this } });
    const client = new OAuth2Client(
      name,
      {
        ...{ realm, clientId, adopt },
        ...given,
        ...(overrides && { overrides: { ...overrides, ...scripts } }),
        addedGrantTypes,
        ...{ ...credential, ...keys.args },
        ...(authentication && { authentication: { ...settings.authentication, ...authentication } }),
      },
      own,
    );
    const application = new Application(
      name,
      { realm, clientId, adopt, name: args.name, description, template: type, owners },
      shown({ ...own, dependsOn: client }),
    );
    this.clientId = clientId;
    this.application = application;
    this.applicationId = application.applicationId;
    this.secret = client.secret;
    this.privateKey = keys.privateKey;
    this.kid = pulumi.output(keys.kid);
    this.registerOutputs({ clientId, applicationId: this.applicationId });
  }
}
