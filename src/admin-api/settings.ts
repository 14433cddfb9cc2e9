/** Reads settings: from the environment first, then from the stack configuration; two that name different tenants are refused. */
import { PingAgentsError, SettingError } from "../errors.ts";

/** The process environment. */
export type Env = Readonly<Record<string, string | undefined>>;
/** Reads the stack configuration by full key, e.g. `ping-agents:tenantUrl`. */
export type Config = (key: string) => string | undefined;

/** What a declaration says, and where for messages, e.g. `tenant in stacks/dev.yaml`. */
export type Declared = { readonly value: string; readonly at: string };

/** Where a setting may stand. */
export type Variable = {
  /** Name in the environment. */
  readonly env: string;
  /** Key in the stack configuration, after `ping-agents:`. */
  readonly config: string;
  readonly secret?: boolean;
  /** Whether the setting may be missing; it is "" then. @default false */
  readonly optional?: boolean;
  /**
   * For a setting that says which tenant: how its values are compared and shown. Nobody wins where two differ.
   * @default the environment wins, and no value is shown
   */
  readonly tenant?: (value: string) => string;
  /** @default no declaration says it */
  readonly declared?: Declared | undefined;
};

/**
 * Reads settings. The environment wins, because what stands in the stack configuration is copied to the state (encrypted),
 * but not over another tenant; blank values count as missing.
 *
 * @throws SettingError `ERR_SETTING_MISSING`, naming every missing setting and both ways to give it
 * @throws ERR_OTHER_TENANT, naming two tenants and where each stands
 */
export function readSettings<Name extends string>(
  variables: Readonly<Record<Name, Variable>>,
  env: Env,
  config: Config,
): Record<Name, string> {
  const found = (Object.entries(variables) as [Name, Variable][]).map(([name, variable]) => {
    return { name, variable, value: saidOf(variable, env, config) };
  });
  const missing = found.filter(({ value, variable }) => !value && !variable.optional);
  if (missing.length) throw missingSettings(missing.map(({ variable }) => variable));
  return Object.fromEntries(found.map(({ name, value }) => [name, value])) as Record<Name, string>;
}

function saidOf(variable: Variable, env: Env, config: Config): string {
  const { tenant, declared } = variable;
  const places = [
    { value: env[variable.env], at: variable.env },
    { value: config(configKey(variable)), at: `the stack configuration ${configKey(variable)}` },
    ...(declared ? [declared] : []),
  ];
  const [first, ...others] = places.flatMap(({ value, at }) => (value?.trim() ? [{ value: value.trim(), at }] : []));
  if (!first) return "";
  const other = tenant && others.find(({ value }) => tenant(value) !== tenant(first.value));
  if (!other) return first.value;
  const said = [first, other].map(({ value, at }) => `${at} says ${tenant(value)}`);
  throw new PingAgentsError("ERR_OTHER_TENANT", `two tenants are named: ${said.join(", ")}`, {
    hint: "change or remove the one that is not meant; nothing was read or written",
  });
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
