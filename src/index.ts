/** What a Pulumi program of one's own uses: resources, components, and the declaration. */

export { CustomApplication, type CustomApplicationArgs } from "./components/aic/custom-application.ts";
export { type AicDeclaration, aicDeclarationSchema } from "./components/aic/declaration.ts";
export { DeclaredAgent, type DeclaredAgentArgs } from "./components/aic/declared-agent.ts";
export * from "./components/aic/resources.ts";
export { type AicStack, declareAic } from "./components/aic/stack.ts";
export { DeclarationError, loadDeclaration, type Mistake } from "./declaration/load.ts";
export { PingAgentsError, type Where } from "./errors.ts";
