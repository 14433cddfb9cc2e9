/** Environment variables as text: for a shell, `node --env-file` and their like, or as JSON. Pure. */

import { PingAgentsError } from "../../errors.ts";
import { describeReference, type Variable } from "./variables.ts";

export const FORMATS = ["dotenv", "json"] as const;
export type Format = (typeof FORMATS)[number];

/**
 * Variables as text. A secret that is not given is a comment that says where it is; in JSON an object in place of its value.
 *
 * @param key of the client in the declaration
 * @throws ERR_DOTENV for a value that no such file can hold
 */
export function render(variables: readonly Variable[], key: string, format: Format): string {
  return { dotenv, json }[format](variables, key);
}

function dotenv(variables: readonly Variable[], key: string): string {
  const lines = variables.map((variable) =>
    "value" in variable
      ? `${variable.name}=${quoted(variable.name, variable.value)}`
      : `# ${variable.name} is ${describeReference(variable.reference, key)}`,
  );
  return lines.map((line) => `${line}\n`).join("");
}

function json(variables: readonly Variable[], key: string): string {
  const members = variables.map((variable) => [
    variable.name,
    "value" in variable ? variable.value : { ...variable.reference, key },
  ]);
  return `${JSON.stringify(Object.fromEntries(members), undefined, 2)}\n`;
}

/** As it stands where nothing reads anything into it, else between marks that the value does not have. */
function quoted(name: string, value: string): string {
  if (/^[\w@%+=:,./-]*$/.test(value)) return value;
  if (!value.includes("'")) return `'${value}'`;
  if (!/["$`\\]/.test(value)) return `"${value}"`;
  throw new PingAgentsError("ERR_DOTENV", `the value of ${name} has quotation marks of both kinds`, {
    hint: "use --format json",
  });
}
