/** `ping-agents explain AGENT [env]`: what a pattern and a base expand to, and why each field is set. Needs no tenant. */

import { Command, Option } from "commander";
import { suggest } from "../declaration/describe.ts";
import { PingAgentsError } from "../errors.ts";
import { explainClient } from "../platforms.ts";
import { type Explanation, FORMATS, type Format, render } from "./explanation-report.ts";
import { type CheckedDeclaration, declarationOf, environments } from "./stacks.ts";

/** @returns the command */
export function explainCommand(): Command {
  return new Command("explain")
    .description("what an agent or application expands to, and why each field is set")
    .argument("<agent>", "client id or key of an agent or application of the declaration")
    .argument("[env]", "environment, that is stacks/<env>.yaml; default: the only one")
    .addOption(new Option("--format <format>").choices(FORMATS).default("text"))
    .action((agent: string, env: string | undefined, { format }: { format: Format }) => {
      process.stdout.write(render(explanationOf(agent, declarationOf(env ?? onlyEnvironment())), format));
    });
}

/** @throws ERR_ENVIRONMENT_UNKNOWN where there are several */
function onlyEnvironment(): string {
  const [only = "", ...others] = environments();
  if (others.length === 0) return only;
  throw new PingAgentsError("ERR_ENVIRONMENT_UNKNOWN", "there are several environments", {
    hint: `name one of ${[only, ...others].join(", ")}`,
  });
}

/** @throws ERR_CLIENT_UNKNOWN */
function explanationOf(key: string, { declaration, files, placeOf }: CheckedDeclaration): Explanation {
  const fields = explainClient(declaration, key);
  const { agents = {}, applications = {} } = declaration;
  if (fields) {
    const placed = fields.map(({ declaredAt, ...field }) => ({
      ...field,
      ...(declaredAt && { place: placeOf(declaredAt) }),
    }));
    return { files, name: `${key in agents ? "agents" : "applications"}.${key}`, fields: placed };
  }
  const known = suggest(key, [...Object.keys(agents), ...Object.keys(applications)]);
  throw new PingAgentsError("ERR_CLIENT_UNKNOWN", `no agent or application "${key}"${known}`, {
    where: { file: files[0] ?? "" },
    hint: "name one that the file declares",
  });
}
