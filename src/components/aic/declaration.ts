/** The declaration schema of AIC, with every OAuth 2.0 setting that the resources know. */

import type { z } from "zod";
import { aicDeclaration } from "../../declaration/aic.ts";
import { oauth2Settings } from "../../providers/aic/oauth2-settings.ts";

export const aicDeclarationSchema = aicDeclaration(oauth2Settings);

/** A checked AIC declaration. */
export type AicDeclaration = z.infer<typeof aicDeclarationSchema>;
export type AicApplication = NonNullable<AicDeclaration["applications"]>[string];
export type AicAgent = NonNullable<AicDeclaration["agents"]>[string];
