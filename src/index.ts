/**
 * What a Pulumi program of one's own uses.
 *
 * @example
 * import { aic } from "ping-agents";
 * new aic.AiAgent("support-agent", { realm: "alpha", clientId: "support-agent", name: "Support agent" });
 */

export * as aic from "./aic.ts";
export { type Declaration, loadAnyDeclaration } from "./components/declaration.ts";
export { DeclarationError, type Mistake } from "./declaration/load.ts";
export { PingAgentsError, type Where } from "./errors.ts";
export * as pingone from "./pingone.ts";
