/** Turns the declaration of any platform into resources. */

import { type AicStack, declareAic } from "./aic/stack.ts";
import { assertStaticConfiguration } from "./aic/static.ts";
import type { Declaration } from "./declaration.ts";
import { declarePingOne, type PingOneStack } from "./pingone/stack.ts";

/** Outputs of a stack, whatever the platform. */
export type DeclaredStack = Partial<AicStack & PingOneStack>;

/**
 * Declares every resource of an environment.
 *
 * @throws ERR_STATIC_CONFIGURATION when a tenant in which static configuration cannot be written lacks what is declared
 */
export async function declareStack(declaration: Declaration): Promise<DeclaredStack> {
  if (declaration.platform === "pingone") return declarePingOne(declaration);
  await assertStaticConfiguration(declaration);
  return declareAic(declaration);
}
