/** The outputs of a stack: what agents and applications need to get tokens. */

import * as pulumi from "@pulumi/pulumi";
import { namedTenant, type Whereabouts } from "../tenants.ts";
import type { ClientOutputs } from "./client-outputs.ts";
import { mapValues } from "./settings.ts";
import { stackConfig } from "./stack-config.ts";

/** Outputs of a stack on any platform, by the keys of agents and applications in the declaration. */
export type StackOutputs = {
  /** Everything that an agent's code needs and that is no secret: endpoints, scopes, tools, where its secrets are. */
  readonly clients: pulumi.Output<Record<string, ClientOutputs>>;
  /** OAuth 2.0 client ids. */
  readonly clientIds: pulumi.Output<Record<string, string>>;
  /** Client secrets, where there is one and it is known here. Secret. */
  readonly secrets: pulumi.Output<Record<string, string | undefined>>;
  /** Private JWKs that were generated here, as JSON text. Secret. */
  readonly privateKeys: pulumi.Output<Record<string, string | undefined>>;
};

/** An agent or application with what it gives out. */
type Client = {
  readonly clientId: pulumi.Input<string>;
  readonly secret: pulumi.Output<string | undefined> | undefined;
  readonly privateKey?: pulumi.Output<string> | undefined;
};

/**
 * The outputs of a stack that has these agents and applications.
 *
 * @param clientsOf what is no secret, by key
 */
export function stackOutputs(
  clients: Readonly<Record<string, Client>>,
  clientsOf: Readonly<Record<string, pulumi.Output<ClientOutputs>>>,
): StackOutputs {
  return {
    clients: pulumi.output(clientsOf) as StackOutputs["clients"],
    clientIds: pulumi.output(mapValues(clients, (_key, { clientId }) => clientId)),
    secrets: pulumi.secret(pulumi.output(mapValues(clients, (_key, { secret }) => secret))),
    privateKeys: pulumi.secret(pulumi.output(mapValues(clients, (_key, { privateKey }) => privateKey))),
  };
}

/**
 * Where tokens of the stack are asked for; unknown in a preview that nobody told a tenant.
 *
 * @throws ERR_OTHER_TENANT where two tenants are said, ERR_SETTING_INVALID
 */
export function tokenServiceOf(declaration: Whereabouts): pulumi.Output<string> {
  const declared = { ...declaration, file: "the declaration" };
  const { tokenService } = namedTenant(declaration.platform, { env: process.env, config: stackConfig, declared });
  return pulumi.output<unknown>(tokenService ?? pulumi.unknown) as pulumi.Output<string>;
}
