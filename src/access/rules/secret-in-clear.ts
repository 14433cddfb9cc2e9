/** A secret that stands in the declaration. No finding shows it. Pure. */

import { type Rule, written } from "./rule.ts";

/** Values that are secrets whatever they are called: private keys, JSON Web Tokens, keys of well-known services. */
const VALUES = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\./,
  /\b(AKIA[0-9A-Z]{16}|gh[opsu]_\w{36}|sk-[\w-]{20,}|xox[abp]-[\w-]{10,})/,
];

/** Names of what should be none of the texts that everybody may read. */
const NAMES = /(^|[^a-z])(secret|password|passwd|api[-_]?key|private[-_]?key)([^a-z]|$)/i;
/** Mappings of free texts by free names. */
const FREE = ["customAttributes", "extra", "esvVariables", "customProperties", "claims"];

const isFree = (path: readonly PropertyKey[]) => path.some((step) => FREE.includes(String(step)));

/** The names that a value goes by: `name=value` of custom properties, or its keys. */
function namesOf(path: readonly PropertyKey[], value: string): string[] {
  const property = path.includes("customProperties") ? (value.split("=")[0] ?? "") : "";
  const at = path.findIndex((step) => FREE.includes(String(step)));
  const last = path.at(-1);
  return [property, ...path.slice(at + 1).map(String)].filter((one) => one !== "value" || last === "value");
}

/** The id of an ESV secret is no secret, nor is an expression. */
const isReference = (value: string) => /^esv-|[$&]\{/.test(value);

export const secretInClear: Rule = {
  id: "secret-in-clear",
  severity: "high",
  reason: "everybody who reads the repository has it, and its history keeps it",
  fix: "change the secret, and keep it in an ESV secret, the environment or the stack configuration",
  source: "CWE-798",
  find: ({ written: all, clients }) =>
    written(all).flatMap(({ path, value }) => {
      if (typeof value !== "string" || isReference(value)) return [];
      const isNamed =
        isFree(path) && path.at(-1) !== "description" && namesOf(path, value).some((name) => NAMES.test(name));
      if (!isNamed && !VALUES.some((pattern) => pattern.test(value))) return [];
      const [, key = path[0]] = path;
      const name = String(key);
      const about = clients.find(({ id }) => id === name) ?? { id: name, name };
      return [{ about, what: "holds what looks like a secret", path }];
    }),
};
