/**
 * What a Pulumi program of one's own uses.
 *
 * @example
 * import { aic } from "ping-agents";
 * new aic.AiAgent("support-agent", { realm: "alpha", clientId: "support-agent", name: "Support agent" });
 */

export { AdminApiError, type AdminApiErrorCode, type PolicyFailure } from "./admin-api/http/errors.ts";
export * as aic from "./aic.ts";
export { accessPolicy } from "./components/held.ts";
export type { StackOutputs } from "./components/stack-outputs.ts";
export { DeclarationError, type Mistake } from "./declaration/load.ts";
export { ERROR_CODES, type ErrorCode } from "./error-codes.ts";
export { PingAgentsError, SettingError, type Where } from "./errors.ts";
export * as pingone from "./pingone.ts";
export { type Declaration, declareStack, loadAnyDeclaration } from "./platforms.ts";
export { declareProject } from "./program.ts";
export { SandboxError } from "./sandbox/errors.ts";
export { VerifyError } from "./verify/errors.ts";
