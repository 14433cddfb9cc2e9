/** Static configuration of a tenant that is not written, in a Pulumi program: it must be there already (decision 0006). */

import * as pulumi from "@pulumi/pulumi";
import { fieldOf, type ParsedDeclaration } from "../../declaration/load.ts";
import { PingAgentsError } from "../../errors.ts";
import { locate, together } from "../../providers/together.ts";
import { programProvider } from "../program-provider.ts";
import { stackConfig } from "../stack-config.ts";
import type { AicDeclaration } from "./declaration.ts";
import { staticEntries } from "./static.ts";

/**
 * Proves that a tenant of another tier than development has the static configuration already, so that a preview fails
 * where `pulumi up` would. Reads only; does nothing in development, nor in a preview without an account.
 *
 * @param placeOf where the entries are written, for messages
 * @throws ERR_STATIC_CONFIGURATION, and what the connection throws; several of them as an AggregateError
 */
export async function assertStaticConfiguration(
  declaration: AicDeclaration,
  placeOf?: ParsedDeclaration["placeOf"],
): Promise<void> {
  if (declaration.tier === "development") return;
  await programProvider("aic:Journey").configure({ config: { get: stackConfig } });
  const assertions = staticEntries(declaration).map(async ({ path, type, inputs }) => {
    try {
      await programProvider(type).assert(inputs);
    } catch (error) {
      if (pulumi.runtime.isDryRun() && isWithoutAccount(error)) return;
      locate(error, { ...placeOf?.(path), entry: fieldOf(path) });
      throw error;
    }
  });
  await together(assertions);
}

const isWithoutAccount = (error: unknown) => error instanceof PingAgentsError && error.code === "ERR_SETTING_MISSING";
