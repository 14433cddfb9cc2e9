/** The local tenant: what the command line and tests start it with. */
export { createClock } from "./clock.ts";
export { type Fault, type FaultPlan, faultPlanSchema } from "./faults.ts";
export { promotableIn, promote } from "./promotion.ts";
export { createSandbox, type RsaKeys, type Sandbox, type SandboxOptions } from "./sandbox.ts";
export { type RunningSandbox, startSandbox } from "./server.ts";
