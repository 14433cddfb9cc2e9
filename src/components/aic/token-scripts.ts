/** The scripts that shape the tokens of an agent or application, as resources: there before it, and gone after it. */

import type * as pulumi from "@pulumi/pulumi";
import type { AicAgent, AicApplication, AicDeclaration } from "./declaration.ts";
import { tokenScriptsOf } from "./delegation.ts";
import { Script } from "./resources.ts";

type Holder = Pick<AicDeclaration, "realm"> & {
  readonly tier?: AicDeclaration["tier"] | undefined;
  readonly clientId: string;
  /** Client id of who acts with its tokens. */
  readonly actor: string | undefined;
  readonly options: pulumi.CustomResourceOptions;
};

/** @returns the overrides that refer to the scripts */
export function declareTokenScripts(
  client: Pick<AicAgent | AicApplication, "audience" | "overrides">,
  { realm, tier, clientId, actor, options }: Holder,
): Readonly<Record<string, pulumi.Output<string>>> {
  return Object.fromEntries(
    tokenScriptsOf(clientId, client, actor).map(({ what, field, ...script }) => {
      const { scriptId } = new Script(`${clientId}/${what}`, { realm, tier, ...script }, options);
      return [field, scriptId];
    }),
  );
}
