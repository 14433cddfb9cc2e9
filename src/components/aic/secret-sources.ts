/** Where the secrets of a declaration come from: the environment or the stack configuration, looked at before anything is made. */

import * as pulumi from "@pulumi/pulumi";
import type { ClientSecret, SecretValue } from "../../declaration/aic.ts";
import type { ParsedDeclaration } from "../../declaration/load.ts";
import { SettingError } from "../../errors.ts";
import type { AicDeclaration } from "./declaration.ts";

/** What a reference leads to. */
export type SecretSource = {
  /** Empty or undefined where it is not set. */
  readonly value: string | undefined;
  /** The source, in words. */
  readonly what: string;
  /** How it is set. */
  readonly hint: string;
};

/** What a reference leads to. */
export function sourceOf(reference: SecretValue): SecretSource {
  if ("env" in reference) {
    const { env } = reference;
    return { value: process.env[env], what: `environment variable ${env}`, hint: `export ${env}=…` };
  }
  const { config } = reference;
  return {
    value: new pulumi.Config().get(config),
    what: `stack configuration ${config}`,
    hint: `npx pulumi config set --secret ${config}`,
  };
}

/**
 * Looks whether every secret is set. A preview goes on without, and says so.
 *
 * @param placeOf where each is declared, for messages
 * @throws SettingError `ERR_SETTING_MISSING`, naming all that are not set
 */
export function requireSecrets(declaration: AicDeclaration, placeOf?: ParsedDeclaration["placeOf"]): void {
  const missing = referencesIn(declaration).flatMap(({ path, reference }) => {
    const { value, what, hint } = sourceOf(reference);
    const place = placeOf?.(path);
    const at = place ? `${place.file}:${place.line}:${place.column} ` : "";
    return value ? [] : [{ line: `${at}${path.join(".")}: ${what} is not set`, hint }];
  });
  if (missing.length === 0) return;
  const what = [missing.length === 1 ? "a secret is missing" : `${missing.length} secrets are missing`];
  const hints = [...new Set(missing.map(({ hint }) => hint))];
  const error = new SettingError("ERR_SETTING_MISSING", [...what, ...missing.map(({ line }) => line)].join("\n  "), {
    hint: hints.join(" && "),
  });
  if (!pulumi.runtime.isDryRun()) throw error;
  void pulumi.log.warn(`an up would fail\n${error.message}`);
}

type Reference = { readonly path: readonly string[]; readonly reference: SecretValue };

function referencesIn({ applications, agents, users, esvSecrets }: AicDeclaration): Reference[] {
  return [
    ...under("users", "password", users),
    ...under("esvSecrets", "value", esvSecrets),
    ...under("applications", "secret", applications),
    ...under("agents", "secret", agents),
  ];
}

function under<Field extends string>(
  kind: string,
  field: Field,
  entries: Readonly<Record<string, { readonly [Name in Field]?: ClientSecret | undefined }>> = {},
): Reference[] {
  return Object.entries(entries).flatMap(([id, { [field]: reference }]) =>
    isReference(reference) ? [{ path: [kind, id, field], reference }] : [],
  );
}

const isReference = (secret: ClientSecret | undefined): secret is SecretValue =>
  typeof secret === "object" && ("env" in secret || "config" in secret);
