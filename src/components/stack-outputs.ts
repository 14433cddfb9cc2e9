/** The outputs of a stack: what agents and applications need to get tokens. */

import * as pulumi from "@pulumi/pulumi";
import { mapValues } from "./settings.ts";

/** Outputs of a stack on any platform, by the keys of agents and applications in the declaration. */
export type StackOutputs = {
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

/** The outputs of a stack that has these agents and applications. */
export function stackOutputs(clients: Readonly<Record<string, Client>>): StackOutputs {
  return {
    clientIds: pulumi.output(mapValues(clients, (_key, { clientId }) => clientId)),
    secrets: pulumi.secret(pulumi.output(mapValues(clients, (_key, { secret }) => secret))),
    privateKeys: pulumi.secret(pulumi.output(mapValues(clients, (_key, { privateKey }) => privateKey))),
  };
}
