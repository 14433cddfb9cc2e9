/** PingOne Advanced Identity Cloud: resources, components, and the declaration. */

export { CustomApplication, type CustomApplicationArgs } from "./components/aic/custom-application.ts";
export { type AicDeclaration, aicDeclarationSchema } from "./components/aic/declaration.ts";
export { DeclaredAgent, type DeclaredAgentArgs } from "./components/aic/declared-agent.ts";
export * from "./components/aic/resources.ts";
export { declareAic } from "./components/aic/stack.ts";
