/** Ping's clouds, one row each: what a declaration may say there, and what becomes of it. */

import { z } from "zod";
import { type AicDeclaration, aicDeclarationSchema } from "./components/aic/declaration.ts";
import type { PingOneDeclaration } from "./components/pingone/declaration.ts";
import { pingOneDeclarationSchema } from "./components/pingone/schema.ts";
import type { StackOutputs } from "./components/stack-outputs.ts";
import { type ParsedDeclaration, parseDeclaration, type Surroundings } from "./declaration/load.ts";

type Declarations = { readonly aic: AicDeclaration; readonly pingone: PingOneDeclaration };

/** What `platform:` says in a declaration. */
export type PlatformName = keyof Declarations;

/** A checked declaration; `platform` tells which. */
export type Declaration = Declarations[PlatformName];

type PlaceOf = ParsedDeclaration["placeOf"];

type Row<Checked> = {
  /** The cloud's name, for people. */
  readonly title: string;
  readonly schema: z.ZodType<Checked>;
  /** Declares every resource. Loads Pulumi when it is called, since commands do without. */
  readonly declare: (declaration: Checked, placeOf?: PlaceOf) => Promise<StackOutputs>;
};

export const platforms: { readonly [Name in PlatformName]: Row<Declarations[Name]> } = {
  aic: {
    title: "Advanced Identity Cloud",
    schema: aicDeclarationSchema,
    declare: async (declaration, placeOf) => {
      const { requireSecrets } = await import("./components/aic/secret-sources.ts");
      requireSecrets(declaration, placeOf);
      const { assertStaticConfiguration } = await import("./components/aic/static.ts");
      const { declareAic } = await import("./components/aic/stack.ts");
      await assertStaticConfiguration(declaration);
      return declareAic(declaration);
    },
  },
  pingone: {
    title: "PingOne",
    schema: pingOneDeclarationSchema,
    declare: async (declaration) => {
      const { declarePingOne } = await import("./components/pingone/stack.ts");
      return declarePingOne(declaration);
    },
  },
};

/** True for the name of a platform. */
export const isPlatform = (name: string): name is PlatformName => Object.hasOwn(platforms, name);

const platformOf = z.looseObject({ platform: z.enum(Object.keys(platforms) as [PlatformName]) });

/**
 * Parses and checks a declaration of any platform. The platform is looked at first, so that mistakes are told in its words
 * and not in those of all platforms.
 *
 * @param text YAML 1.2
 * @param file how messages name the file
 * @throws DeclarationError
 */
export function loadAnyDeclaration(text: string, file: string, surroundings?: Surroundings): Declaration {
  return checkDeclaration(parseDeclaration(text, file, surroundings));
}

/**
 * What a parsed declaration of any platform says.
 *
 * @throws DeclarationError
 */
export function checkDeclaration(parsed: ParsedDeclaration): Declaration {
  const { platform } = parsed.check(platformOf);
  return parsed.check<z.ZodType<Declaration>>(platforms[platform].schema);
}

/**
 * Declares every resource of a checked declaration, in a Pulumi program.
 *
 * @param placeOf where its values are written, for messages
 * @throws ERR_STATIC_CONFIGURATION, ERR_SETTING_MISSING, and what the connection throws
 */
export function declareStack<Name extends PlatformName>(
  declaration: Declarations[Name] & { readonly platform: Name },
  placeOf?: PlaceOf,
): Promise<StackOutputs> {
  return platforms[declaration.platform].declare(declaration, placeOf);
}
