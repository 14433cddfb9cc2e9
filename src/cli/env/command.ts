/** `ping-agents env AGENT [env]`: what the agent's own code needs, as environment variables, from the state of the stack. */

import { Command, Option } from "commander";
import { type ClientOutputs, clientOutputs } from "../../components/client-outputs.ts";
import { PULUMI } from "../../engine/command.ts";
import { PingAgentsError } from "../../errors.ts";
import { writePrivate } from "../private-file.ts";
import { declarationOf, defaultEnvironment } from "../stacks.ts";
import { introduction } from "../tenant/introduction.ts";
import { secretOutputs } from "../tenant/secret-outputs.ts";
import { stackState } from "../tenant/stack-state.ts";
import { FORMATS, type Format, render } from "./render.ts";
import { describeReference, PATHS, type Path, type Variable, variablesOf } from "./variables.ts";

type Options = { format: Format; path: Path; showSecrets: boolean; out?: string };

/** @returns the command; prints the variables alone on stdout, what is said of them on stderr */
export function envCommand(): Command {
  return new Command("env")
    .description("what the code of an agent needs: endpoints, client id, scopes, tools, and where its secrets are")
    .argument("<agent>", "key of an agent or application in the declaration")
    .argument("[env]", "environment, that is stacks/<env>.yaml; default: the only one, else dev")
    .addOption(
      new Option("--format <format>", "dotenv: lines for a shell or --env-file").choices(FORMATS).default("dotenv"),
    )
    .addOption(new Option("--path <form>", "path of the realm in the endpoints of AIC").choices(PATHS).default("long"))
    .option("--show-secrets", "the values of secrets in place of where they are; needs --out", false)
    .option("--out <file>", "writes to a new file that only its owner may read, instead of printing")
    .action(run);
}

async function run(agent: string, environment: string | undefined, options: Options): Promise<void> {
  const { format, path, showSecrets, out } = options;
  if (showSecrets && out === undefined) {
    throw new PingAgentsError("ERR_SECRETS_PRINTED", "secrets are not printed", { hint: "add --out FILE" });
  }
  const stack = environment ?? defaultEnvironment();
  const { declaration, placeOf } = declarationOf(stack);
  const { env } = process;
  const state = await stackState(["--stack", stack], env);
  const declared = { ...declaration, file: placeOf(["tenant"]).file };
  for (const line of await introduction(stack, { env, config: state.config, declared }, state)) console.error(line);
  const known = { ...declaration.applications, ...declaration.agents };
  const client = clientOf(state.outputs.clients, agent, { stack, declared: Object.keys(known) });
  const variables = variablesOf(client, path);
  const given = showSecrets ? await withSecrets(variables, agent, stack) : variables;
  const text = render(given, agent, format);
  if (out === undefined) return void process.stdout.write(text);
  writePrivate(out, text);
  console.error(`${out}: the variables of ${agent}`);
  for (const variable of given) {
    if ("reference" in variable)
      console.error(`${variable.name} is not in it: ${describeReference(variable.reference, agent)}`);
  }
}

type Known = { readonly stack: string; readonly declared: readonly string[] };

/**
 * What the state knows of a client.
 *
 * @throws ERR_AGENT_UNKNOWN, ERR_OUTPUT_MISSING
 */
function clientOf(outputs: unknown, key: string, { stack, declared }: Known): ClientOutputs {
  const all = typeof outputs === "object" && outputs !== null ? outputs : {};
  const known = Object.hasOwn(all, key) ? clientOutputs.safeParse(all[key as keyof typeof all]).data : undefined;
  if (known) return known;
  if (!declared.includes(key)) {
    throw new PingAgentsError("ERR_AGENT_UNKNOWN", `the declaration has no agent "${key}"`, {
      hint: declared.length > 0 ? `use one of ${declared.join(", ")}` : "declare it first",
    });
  }
  throw new PingAgentsError("ERR_OUTPUT_MISSING", `the state of ${stack} does not say what ${key} needs`, {
    hint: `${PULUMI} up --stack ${stack}, which also writes it for a stack that an earlier version made`,
  });
}

/**
 * The variables with the secrets that the state has.
 *
 * @throws ERR_OUTPUT_MISSING where it does not show them
 */
async function withSecrets(variables: readonly Variable[], key: string, stack: string): Promise<Variable[]> {
  const outputs = await secretOutputs(stack, process.env);
  return variables.map((variable) => {
    if ("value" in variable || !("output" in variable.reference)) return variable;
    const { name, reference } = variable;
    const value = outputs[reference.output]?.[key];
    if (value) return { name, value };
    throw new PingAgentsError("ERR_OUTPUT_MISSING", `${name} cannot be read: ${describeReference(reference, key)}`, {
      hint: `see whether ${PULUMI} stack output --show-secrets --stack ${stack} shows it: the passphrase may be another one`,
    });
  });
}
