/** Whether the backend of the state answers, and whether the stack is on the tenant that the settings lead to. */

import type { Said } from "../../tenants.ts";
import { introduction } from "../tenant/introduction.ts";
import { type StackState, stackState } from "../tenant/stack-state.ts";
import type { Check } from "./sheet.ts";

/** What the CLI knows of a stack. */
export const state: Check<{ readonly stack: string; readonly env: NodeJS.ProcessEnv }, StackState> = {
  id: "state",
  title: "state of the stack",
  look: async ({ stack, env }) => {
    const fact = await stackState(["--stack", stack], env);
    const { resources, written } = fact;
    const last = written && `last written ${written.toISOString()}`;
    const found = last
      ? `the backend answers; ${resources.length} resources, ${last}`
      : "the backend answers; no state yet";
    return { found, fact };
  },
};

/** That the stack is on this tenant, or on none yet (decision 0002). */
export const binding: Check<{ readonly stack: string; readonly said: Said; readonly state: StackState }> = {
  id: "tenant",
  title: "tenant of the stack",
  look: async ({ stack, said, state: of }) => {
    const [found = ""] = await introduction(stack, said, of);
    return { found, fact: undefined };
  },
};
