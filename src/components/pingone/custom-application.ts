/** `CustomApplication`: an application of the declaration that is no agent, with what it may reach. */

import type * as pulumi from "@pulumi/pulumi";
import { noted, PingOneClient, type Surroundings } from "./client.ts";
import type { PingOneApplication } from "./declaration.ts";
import { applicationSettingsOf } from "./patterns.ts";
import { Application } from "./resources.ts";

/**
 * Arguments of {@link CustomApplication}: an application as in a declaration, and where it lives. Of `delegates` a program has the grants
 * and grant types, and says the claims at the resources.
 */
export type CustomApplicationArgs = PingOneApplication & Surroundings;

/**
 * An OpenID Connect application with its grants, policies, claims, owners and secret.
 *
 * Settings that are not declared are what the console preselects for the `type`; `secret` is kept by PingOne alone.
 *
 * @example
 * const portal = new pingone.CustomApplication("support-portal", {
 *   name: "Support Portal",
 *   type: "web",
 *   redirectUris: ["https://portal.example.com/callback"],
 *   access: [{ resource: "Support Portal API", scopes: ["portal:use"] }],
 * });
 */
export class CustomApplication extends PingOneClient {
  constructor(key: string, args: CustomApplicationArgs, options?: pulumi.ComponentResourceOptions) {
    const { environmentId, resources: _resources, ...application } = args;
    const { adopt, type } = application;
    const settings = { environmentId, adopt, type, ...applicationSettingsOf(application) };
    super(
      "ping-agents:pingone:CustomApplication",
      key,
      args,
      (owned, own) => new Application(key, { ...settings, ...owned }, own),
      options,
    );
    noted(this, "applications", key, args);
  }
}
