/** The declaration schema of AIC, with every OAuth 2.0 setting that the resources know. */

import type { z } from "zod";
import { aicDeclaration } from "../../declaration/aic.ts";
import { oauth2Settings } from "../../providers/aic/oauth2-settings.ts";

const { authMethod, clientType } = oauth2Settings;

export const aicDeclarationSchema = aicDeclaration(
  {
    ...oauth2Settings,
    clientType: clientType.meta({ otherwise: "`Public` for spa and native, else `Confidential`" }),
    authMethod: authMethod.meta({ otherwise: "`none` for spa and native, else `client_secret_basic`" }),
  },
  { ...oauth2Settings, authMethod: authMethod.meta({ default: "client_secret_post" }) },
);

/** A checked AIC declaration. */
export type AicDeclaration = z.infer<typeof aicDeclarationSchema>;
/** An application and an agent as they may be written; a checked one is such an entry, too. */
export type { AgentEntry as AicAgent, ApplicationEntry as AicApplication } from "./types.ts";
