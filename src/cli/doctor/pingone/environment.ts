/** Whether the environment that is declared is there for the worker application, which holds roles on each it may manage. */

import type { PingOneContext } from "../../../providers/pingone/context.ts";
import type { Declared } from "../declaration.ts";
import type { Check } from "../sheet.ts";

/** What the checks of an environment go by. */
export type Given = { readonly context: PingOneContext; readonly declared: Declared<"pingone"> };

export const environment: Check<Given> = {
  id: "environment",
  title: "environment",
  look: async ({ context, declared: { declaration, placeOf } }) => {
    const { id } = context.environment(declaration.environment);
    const { file, line } = placeOf(["environment"]);
    const said = declaration.environment ? `${file}:${line}` : "the settings";
    await context.applications(declaration.environment);
    return { found: `${id}, as ${said} say; its applications can be read`, fact: undefined };
  },
};
