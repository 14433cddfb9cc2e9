/** The declaration of any platform: the file says which one it is for, and so which words it may use. */

import { z } from "zod";
import { loadDeclaration } from "../declaration/load.ts";
import { type AicDeclaration, aicDeclarationSchema } from "./aic/declaration.ts";
import { type PingOneDeclaration, pingOneDeclarationSchema } from "./pingone/declaration.ts";

/** A checked declaration; `platform` tells which. */
export type Declaration = AicDeclaration | PingOneDeclaration;

const schemas = { aic: aicDeclarationSchema, pingone: pingOneDeclarationSchema };
const platformOf = z.looseObject({ platform: z.enum(Object.keys(schemas) as [keyof typeof schemas]) });

/**
 * Parses and checks a declaration of any platform. The platform is looked at first, so that mistakes are told in its words
 * and not in those of all platforms.
 *
 * @param text YAML 1.2
 * @param file how messages name the file
 * @throws DeclarationError
 */
export function loadAnyDeclaration(text: string, file: string): Declaration {
  const { platform } = loadDeclaration(platformOf, text, file);
  return loadDeclaration<z.ZodType<Declaration>>(schemas[platform], text, file);
}
