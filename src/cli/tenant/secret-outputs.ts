/** What a stack hands out, secrets in clear: for whoever writes or uses them, never to be printed. */

import { askPulumi } from "../pulumi.ts";

/** Outputs of a stack by key in the declaration: client ids that the platform chose, client secrets, private JWKs. */
export type SecretOutputs = Partial<
  Readonly<Record<"clientIds" | "secrets" | "privateKeys", Readonly<Record<string, string>>>>
>;

/**
 * Nothing where there is no such stack.
 *
 * @throws ERR_PULUMI_CLI when the CLI cannot be asked, e.g. without the stack's passphrase
 */
export async function secretOutputs(
  stack: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<SecretOutputs> {
  const args = ["stack", "output", "--json", "--show-secrets", "--stack", stack];
  return ((await askPulumi(args, env)) ?? {}) as SecretOutputs;
}
