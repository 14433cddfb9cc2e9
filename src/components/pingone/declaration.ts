/** The grammar of a PingOne declaration, with every setting that the resources know. `schema.ts` adds the rules between fields. */

import type { z } from "zod";
import { pingOneDeclaration } from "../../declaration/pingone.ts";
import { applicationSettings } from "../../providers/pingone/application-settings.ts";
import { iconSchema } from "../../providers/pingone/icon.ts";
import { resourceSettings } from "../../providers/pingone/resource.ts";

const settings = { ...applicationSettings, icon: iconSchema.optional() };
const { authMethod, responseTypes } = settings;

export const pingOneGrammar = pingOneDeclaration(
  {
    ...settings,
    responseTypes: responseTypes.meta({ otherwise: "`code`; of a service none" }),
    authMethod: authMethod.meta({ otherwise: "`none` for spa and native, else `client_secret_basic`" }),
  },
  settings,
  resourceSettings,
);

/** A checked PingOne declaration. */
export type PingOneDeclaration = z.infer<typeof pingOneGrammar>;
/** An application and an agent as they may be written; a checked one is such an entry, too. */
export type { AgentEntry as PingOneAgent, ApplicationEntry as PingOneApplication } from "./types.ts";
