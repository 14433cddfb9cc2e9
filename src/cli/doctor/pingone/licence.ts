/** Whether the environment has AI agents, as far as that shows without making one (pingone §1). */

import { PULUMI } from "../../../engine/command.ts";
import type { Check } from "../sheet.ts";
import type { Given } from "./environment.ts";

export const licence: Check<Given> = {
  id: "ai-agents",
  title: "AI agents",
  look: async ({ context, declared: { declaration } }) => {
    const { agents = {}, environment } = declaration;
    if (Object.keys(agents).length === 0) return { found: "no agent is declared", fact: undefined };
    const all = await context.applications(environment);
    if (all.some(({ type }) => type === "AI_AGENT")) return { found: "the environment has agents", fact: undefined };
    return {
      ...{ found: "the environment has no agent yet, and no call shows its licence", fact: undefined },
      open: `${PULUMI} up shows it with the first agent: it needs the licence Agent IAM Core`,
    };
  },
};
