// The arguments of the Pulumi CLI, as far as they say which stack a command is about.

/** Options of the CLI's commands that have a value and matter here, by every spelling. */
const values = /** @type {const} */ ({
  "-s": "stack",
  "--stack": "stack",
  "-C": "cwd",
  "--cwd": "cwd",
  "--config-file": "configFile",
  "-c": "config",
  "--config": "config",
});

/** Options before the command that have a value and do not matter. */
const others = ["--color", "--memprofilerate", "--otel-traces", "--profiling", "--tracing", "-v", "--verbose"];

/** Commands that read or write a tenant, by every name. */
const commands = ["preview", "pre", "up", "update", "refresh", "destroy", "down", "dn", "watch"];

/**
 * What a command line says.
 *
 * @param {readonly string[]} args
 */
export function argumentsOf(args) {
  /** @type {{ command: string | undefined, stack?: string, cwd?: string, configFile?: string, config: string[] }} */
  const said = { command: undefined, config: [] };
  let isHelp = false;
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? "";
    if (arg === "--") break;
    if (["-h", "--help"].includes(arg)) isHelp = true;
    const { option, value } = split(arg);
    const name = Object.hasOwn(values, option) ? values[/** @type {keyof typeof values} */ (option)] : undefined;
    if (name !== undefined) {
      const given = value ?? args[++index] ?? "";
      if (name === "config") said.config.push(given);
      else said[name] = given;
    } else if (others.includes(arg)) index += 1;
    else if (!arg.startsWith("-")) said.command ??= arg;
  }
  return { ...said, isAboutTenant: !isHelp && commands.includes(said.command ?? "") };
}

/**
 * `--stack=dev` and `-sdev` in two.
 *
 * @param {string} arg
 * @returns {{ option: string, value?: string }}
 */
function split(arg) {
  if (/^-[sCc]./.test(arg)) return { option: arg.slice(0, 2), value: arg.slice(2).replace(/^=/, "") };
  const [, option = arg, value] = /^(--[^=]+)=(.*)$/s.exec(arg) ?? [];
  return { option, ...(value !== undefined && { value }) };
}
