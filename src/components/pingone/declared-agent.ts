/** `DeclaredAgent`: an AI agent of the declaration, with everything that its pattern stands for. */

import type * as pulumi from "@pulumi/pulumi";
import { noted, PingOneClient, type Surroundings } from "./client.ts";
import type { PingOneAgent } from "./declaration.ts";
import { agentSettings } from "./patterns.ts";
import { AiAgent } from "./resources.ts";

/**
 * Arguments of {@link DeclaredAgent}: an agent as in a declaration, and where it lives. `actsForUsersOf` has an effect in a
 * declaration only, where the resources are declared, too: in a program the resource says it, by its claim `may_act`. Of `delegates` a
 * program has the grants and grant types, and says the claims `may_act`, `act` and `sub` at the resources as well.
 */
export type DeclaredAgentArgs = PingOneAgent & Surroundings;

/**
 * An AI agent with its grants, policies, claims, owners and secret.
 *
 * Settings that are not declared are what the `pattern` needs; `secret` is kept by PingOne alone.
 *
 * @example
 * const watcher = new pingone.DeclaredAgent("stock-watcher", {
 *   name: "Stock Watcher",
 *   pattern: "autonomous",
 *   access: [{ resource: "Orders API", scopes: ["orders:read"] }],
 *   secret: { output: true },
 * });
 * export const secret = watcher.secret;
 */
export class DeclaredAgent extends PingOneClient {
  constructor(key: string, args: DeclaredAgentArgs, options?: pulumi.ComponentResourceOptions) {
    const { environmentId, resources: _resources, ...agent } = args;
    const settings = { environmentId, adopt: agent.adopt, ...agentSettings(agent) };
    super(
      "ping-agents:pingone:DeclaredAgent",
      key,
      args,
      (owned, own) => new AiAgent(key, { ...settings, ...owned }, own),
      options,
    );
    noted(this, "agents", key, args);
  }
}
