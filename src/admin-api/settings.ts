/** Reads settings: from the environment first, then from the stack configuration. */
import { SettingError } from "../errors.ts";

/** The process environment. */
export type Env = Readonly<Record<string, string | undefined>>;
/** Reads the stack configuration by full key, e.g. `ping-agents:tenantUrl`. */
export type Config = (key: string) => string | undefined;

/** Where a setting may stand. */
export type Variable = {
  /** Name in the environment. */
  readonly env: string;
  /** Key in the stack configuration, after `ping-agents:`. */
  readonly config: string;
  readonly secret?: boolean;
  /** Whether the setting may be missing; it is "" then. @default false */
  readonly optional?: boolean;
};

/**
 * Reads settings. The environment wins, because what stands in the stack configuration is copied to the state (encrypted);
 * blank values count as missing.
 *
 * @throws SettingError `ERR_SETTING_MISSING`, naming every missing setting and both ways to give it
 */
export function readSettings<Name extends string>(
  variables: Readonly<Record<Name, Variable>>,
  env: Env,
  config: Config,
): Record<Name, string> {
  const found = (Object.entries(variables) as [Name, Variable][]).map(([name, variable]) => {
    const value = env[variable.env]?.trim() || config(configKey(variable))?.trim() || "";
    return { name, variable, value };
  });
  const missing = found.filter(({ value, variable }) => !value && !variable.optional);
  if (missing.length) throw missingSettings(missing.map(({ variable }) => variable));
  return Object.fromEntries(found.map(({ name, value }) => [name, value])) as Record<Name, string>;
}

function missingSettings(missing: readonly Variable[]): SettingError {
  const names = missing.map((variable) => `${variable.env} (or stack configuration ${configKey(variable)})`);
  const commands = missing.map((variable) => {
    const secret = variable.secret ? "--secret " : "";
    return `export ${variable.env}=…  or  pulumi config set ${secret}${configKey(variable)}`;
  });
  return new SettingError("ERR_SETTING_MISSING", `not set: ${names.join(", ")}`, {
    hint: commands.join("\n        "),
  });
}

function configKey({ config }: Variable): string {
  return `ping-agents:${config}`;
}
