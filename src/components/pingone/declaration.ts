/** The grammar of a PingOne declaration, with every setting that the resources know. `schema.ts` adds the rules between fields. */

import type { z } from "zod";
import { pingOneDeclaration } from "../../declaration/pingone.ts";
import { applicationSettings } from "../../providers/pingone/application-settings.ts";
import { iconSchema } from "../../providers/pingone/icon.ts";
import { resourceSettings } from "../../providers/pingone/resource.ts";

export const pingOneGrammar = pingOneDeclaration(
  { ...applicationSettings, icon: iconSchema.optional() },
  resourceSettings,
);

/** A checked PingOne declaration. */
export type PingOneDeclaration = z.infer<typeof pingOneGrammar>;
export type PingOneApplication = NonNullable<PingOneDeclaration["applications"]>[string];
export type PingOneAgent = NonNullable<PingOneDeclaration["agents"]>[string];
