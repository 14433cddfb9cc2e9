/** Where the secrets of a declaration come from: the environment or the stack configuration, looked at before anything is made. */

import * as pulumi from "@pulumi/pulumi";
import type { SecretValue } from "../../declaration/aic.ts";
import type { ParsedDeclaration } from "../../declaration/load.ts";
import { stackConfig } from "../stack-config.ts";
import type { AicDeclaration } from "./declaration.ts";
import { fullKey, secretReferences, secretsMissing } from "./secret-references.ts";

/** What a reference leads to; empty or undefined where it is not set. */
export const secretAt = (reference: SecretValue): string | undefined =>
  "env" in reference ? process.env[reference.env] : stackConfig(fullKey(reference.config, pulumi.getProject()));

/**
 * Looks whether every secret is set. A preview goes on without, and says so.
 *
 * @param placeOf where each is declared, for messages
 * @throws SettingError `ERR_SETTING_MISSING`, naming all that are not set
 */
export function requireSecrets(declaration: AicDeclaration, placeOf?: ParsedDeclaration["placeOf"]): void {
  const missing = secretReferences(declaration).filter(({ reference }) => !secretAt(reference));
  if (missing.length === 0) return;
  const error = secretsMissing(missing, placeOf);
  if (!pulumi.runtime.isDryRun()) throw error;
  void pulumi.log.warn(`an up would fail\n${error.message}`);
}
