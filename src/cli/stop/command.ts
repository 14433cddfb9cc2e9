/** `ping-agents stop AGENT [env]`: the kill switch. Disables an agent at once, and so that no later run enables it (decision 0012). */

import { Command } from "commander";
import { z } from "zod";
import { mapping } from "../../declaration/rules/rule.ts";
import { PingAgentsError } from "../../errors.ts";
import { platforms } from "../../platforms.ts";
import { describeMark } from "../../providers/owner.ts";
import { type CloudName, namedTenant, type Said } from "../../tenants.ts";
import { confirmTenant } from "../prompts.ts";
import { defaultEnvironment, parsedDeclaration } from "../stacks.ts";
import { introduction } from "../tenant/introduction.ts";
import { NO_STATE, type StackState, stackState } from "../tenant/stack-state.ts";
import { credentialsFor } from "../verify/credentials.ts";
import type { Agent, Cloud } from "./agent.ts";
import { aicAgents } from "./aic.ts";
import { pingOneAgents } from "./pingone.ts";
import { tokenEnds } from "./token-ends.ts";

/** The clouds on which agents can be stopped. */
const CLOUDS: Readonly<Record<CloudName, Cloud>> = { aic: aicAgents, pingone: pingOneAgents };

const names = Object.keys(CLOUDS) as [CloudName];

type Options = { undo: boolean; yes: boolean; others: boolean };

/** @returns the command; exit code 1 when it was not confirmed, there is no such agent, or it is not the stack's */
export function stopCommand(): Command {
  return new Command("stop")
    .description(
      "disable an agent at once; neither up nor a repair enables it until --undo, or enabled: false is declared",
    )
    .argument("<agent>", "key in the declaration, or client id")
    .argument("[env]", "environment, that is stacks/<env>.yaml; default: the only one, else dev")
    .option("--undo", "end the stop: the agent is enabled again", false)
    .option("--others", "also an agent that is not this stack's", false)
    .option("--yes", "do not ask in tier production", false)
    .action(run);
}

async function run(key: string, given: string | undefined, options: Options): Promise<void> {
  const stack = given ?? defaultEnvironment();
  const { env } = process;
  const parsed = parsedDeclaration(stack);
  const { platform } = parsed.check(z.looseObject({ platform: z.enum(names) }));
  const cloud = CLOUDS[platform];
  const where = parsed.check(cloud.where, platforms[platform].schema);
  const { file } = parsed.placeOf(["platform"]);
  const state = await stateOf(stack, options);
  const said = { env, config: state.config, declared: { ...where, file } };
  for (const line of await introduction(stack, said, state)) console.error(line);
  const isDeclared = key in mapping(where.agents);
  const { name, enabled } = mapping(mapping(where.agents)[key]);
  const { origin = "" } = namedTenant(platform, said);
  const agent =
    (await cloud.find({ agent: key, name: typeof name === "string" ? name : undefined, said })) ??
    (await knownToState(cloud, key, stack, said));
  if (!agent) {
    throw new PingAgentsError("ERR_NAME_NOT_FOUND", `there is no AI agent "${key}"`, {
      where: { tenant: origin },
      hint: "name its key in the declaration, or its client id",
    });
  }
  if (!options.others) requireOwn(agent, stack, state, origin);
  if (where.tier === "production") await confirmTenant(origin, options);
  const again = `npx ping-agents stop ${key} ${stack} --undo`;
  if (options.undo) return undo(agent, enabled !== false);
  const since = await stop(agent);
  for (const line of tokenEnds(await agent.lifetimes(), since, agent.ofTokens)) console.log(line);
  const { file: at, line } = parsed.placeOf(["agents", key]);
  const next = isDeclared ? `declare enabled: false at ${at}:${line} (agents.${key}), or ` : "";
  console.log(`Neither up nor a repair enables it. Next: ${next}end the stop: ${again}`);
}

/**
 * What is known of the stack. An agent that need not be the stack's can be stopped where its state cannot be read.
 *
 * @throws ERR_PULUMI_CLI
 */
async function stateOf(stack: string, { others }: Options): Promise<StackState> {
  try {
    return await stackState(["--stack", stack], process.env);
  } catch (error) {
    if (!others || !(error instanceof PingAgentsError) || error.code !== "ERR_PULUMI_CLI") throw error;
    console.error(`${error.message}\nThe tenant is not compared with the stack's, since --others is said`);
    return NO_STATE;
  }
}

/** The agent under the client id that the stack knows of its key: its name may have changed since the last up. */
async function knownToState(cloud: Cloud, key: string, stack: string, said: Said): Promise<Agent | undefined> {
  const clientId = await credentialsFor(stack, said.env).clientId(key);
  return clientId === undefined || clientId === key
    ? undefined
    : cloud.find({ agent: clientId, name: undefined, said });
}

/** Stops an agent, unless it is stopped. @returns since when it is */
async function stop(agent: Agent): Promise<string> {
  const { what, stopped, isOn } = agent;
  const since = stopped !== undefined && !isOn ? stopped : new Date().toISOString();
  if (since !== stopped) await agent.stop(since);
  console.log(`${what} is stopped since ${since}${since === stopped ? ", as before" : ""}: it gets no token.`);
  return since;
}

/** @param enables whether the agent is not declared as switched off */
async function undo({ what, stopped, isOn, undo }: Agent, enables: boolean): Promise<void> {
  if (stopped === undefined) return console.log(`${what} is not stopped${isOn ? "" : ", and switched off otherwise"}.`);
  await undo(enables);
  const then = enables ? "switched on" : "declared as enabled: false, so it stays switched off";
  console.log(`${what} is stopped no more; it is ${then}.`);
}

/** @throws ERR_NOT_OWN for an agent of another stack, or of nobody */
function requireOwn({ what, mark }: Agent, stack: string, { bindings }: StackState, origin: string): void {
  const ids = bindings.map(({ stackId }) => stackId);
  // Without its state the stack is known by its name alone.
  const isNamed =
    mark.whose === "stack" && (ids.length > 0 ? ids.includes(mark.stack) : mark.name.endsWith(`/${stack}`));
  if (isNamed || mark.whose === "kit") return;
  throw new PingAgentsError("ERR_NOT_OWN", `${what} is not of stack ${stack}: it belongs to ${describeMark(mark)}`, {
    where: { tenant: origin },
    hint: "name the stack's own environment, or say --others",
  });
}
