/** PingOne: resources, components, and the declaration. */

export { CustomApplication, type CustomApplicationArgs } from "./components/pingone/custom-application.ts";
export type { PingOneDeclaration } from "./components/pingone/declaration.ts";
export { DeclaredAgent, type DeclaredAgentArgs } from "./components/pingone/declared-agent.ts";
export * from "./components/pingone/resources.ts";
export { pingOneDeclarationSchema } from "./components/pingone/schema.ts";
export { declarePingOne } from "./components/pingone/stack.ts";
