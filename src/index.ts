/**
 * What a Pulumi program of one's own uses.
 *
 * @example
 * import { aic } from "ping-agents";
 * new aic.AiAgent("support-agent", { realm: "alpha", clientId: "support-agent", name: "Support agent" });
 */

export * as aic from "./aic.ts";
export type { StackOutputs } from "./components/stack-outputs.ts";
export { DeclarationError, type Mistake } from "./declaration/load.ts";
export { PingAgentsError, type Where } from "./errors.ts";
export * as pingone from "./pingone.ts";
export { type Declaration, declareStack, loadAnyDeclaration } from "./platforms.ts";
