/** The secrets that a declaration refers to, and which of them are not set. Pure. */

import type { ClientSecret, SecretValue } from "../../declaration/aic.ts";
import type { ParsedDeclaration } from "../../declaration/load.ts";
import { PULUMI } from "../../engine/command.ts";
import { SettingError } from "../../errors.ts";
import type { AicDeclaration } from "./declaration.ts";

/** A reference in words, and how what it names is set. */
export const sourceText = (reference: SecretValue): { readonly what: string; readonly hint: string } =>
  "env" in reference
    ? { what: `environment variable ${reference.env}`, hint: `export ${reference.env}=…` }
    : {
        what: `stack configuration ${reference.config}`,
        hint: `${PULUMI} config set --secret ${reference.config}`,
      };

/**
 * A key of the stack configuration with its namespace, which is the project's where it has none: as `pulumi config` reads it.
 *
 * @example fullKey("demoPassword", "shop") // "shop:demoPassword"
 */
export const fullKey = (key: string, project: string): string => (key.includes(":") ? key : `${project}:${key}`);

/** A secret of a declaration that stands elsewhere. */
export type Reference = { readonly path: readonly string[]; readonly reference: SecretValue };

/** All of them. */
export function secretReferences({ applications, agents, users, esvSecrets }: AicDeclaration): Reference[] {
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

/**
 * That secrets are not set.
 *
 * @param missing at least one
 * @param placeOf where each is declared, for messages
 * @returns SettingError `ERR_SETTING_MISSING`, naming all of them
 */
export function secretsMissing(
  missing: readonly Reference[],
  placeOf: ParsedDeclaration["placeOf"] | undefined,
): SettingError {
  const lines = missing.map(({ path, reference }) => {
    const place = placeOf?.(path);
    const at = place ? `${place.file}:${place.line}:${place.column} ` : "";
    return `${at}${path.join(".")}: ${sourceText(reference).what} is not set`;
  });
  const what = [missing.length === 1 ? "a secret is missing" : `${missing.length} secrets are missing`];
  const hints = [...new Set(missing.map(({ reference }) => sourceText(reference).hint))];
  return new SettingError("ERR_SETTING_MISSING", [...what, ...lines].join("\n  "), { hint: hints.join(" && ") });
}
