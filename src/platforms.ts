/** Ping's clouds, one row each: what a declaration may say there, and what becomes of it. */

import { z } from "zod";
import { type AicDeclaration, aicDeclarationSchema } from "./components/aic/declaration.ts";
import type { PingOneDeclaration } from "./components/pingone/declaration.ts";
import { pingOneDeclarationSchema } from "./components/pingone/schema.ts";
import type { StackOutputs } from "./components/stack-outputs.ts";
import { DeclarationError, type Mistake, type ParsedDeclaration, parseDeclaration } from "./declaration/load.ts";
import { aicProvider } from "./declaration/rules/provider.ts";
import { aicReferences, pingOneReferences } from "./declaration/rules/references.ts";
import { type Rule, ruled } from "./declaration/rules/rule.ts";
import { aicScopes, pingOneScopes } from "./declaration/rules/scopes.ts";

type Declarations = { readonly aic: AicDeclaration; readonly pingone: PingOneDeclaration };

/** What `platform:` says in a declaration. */
export type PlatformName = keyof Declarations;

/** A checked declaration; `platform` tells which. */
export type Declaration = Declarations[PlatformName];

type Row<Checked> = {
  /** The cloud's name, for people. */
  readonly title: string;
  readonly schema: z.ZodType<Checked>;
  /** What holds over the whole declaration, beside the schema. */
  readonly rules: readonly Rule[];
  /** Declares every resource. Loads Pulumi when it is called, since commands do without. */
  readonly declare: (declaration: Checked) => Promise<StackOutputs>;
};

export const platforms: { readonly [Name in PlatformName]: Row<Declarations[Name]> } = {
  aic: {
    title: "Advanced Identity Cloud",
    schema: aicDeclarationSchema,
    rules: [aicReferences, aicScopes, aicProvider],
    declare: async (declaration) => {
      const { assertStaticConfiguration } = await import("./components/aic/static.ts");
      const { declareAic } = await import("./components/aic/stack.ts");
      await assertStaticConfiguration(declaration);
      return declareAic(declaration);
    },
  },
  pingone: {
    title: "PingOne",
    schema: pingOneDeclarationSchema,
    rules: [pingOneReferences, pingOneScopes],
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
export function loadAnyDeclaration(text: string, file: string): Declaration {
  const parsed = parseDeclaration(text, file);
  const { platform } = parsed.check(platformOf);
  const { schema, rules } = platforms[platform];
  const broken = mistakesIn(parsed, ruled(...rules));
  if (broken.length === 0) return parsed.check<z.ZodType<Declaration>>(schema);
  const all = [...mistakesIn(parsed, schema), ...broken];
  throw new DeclarationError(
    file,
    all.toSorted((a, b) => a.line - b.line || a.column - b.column),
  );
}

/** What a schema finds wrong. */
function mistakesIn(parsed: ParsedDeclaration, schema: z.ZodType): readonly Mistake[] {
  try {
    parsed.check(schema);
    return [];
  } catch (error) {
    if (error instanceof DeclarationError) return error.mistakes;
    throw error;
  }
}

/**
 * Declares every resource of a checked declaration, in a Pulumi program.
 *
 * @throws ERR_STATIC_CONFIGURATION, ERR_SETTING_MISSING, and what the connection throws
 */
export function declareStack<Name extends PlatformName>(
  declaration: Declarations[Name] & { readonly platform: Name },
): Promise<StackOutputs> {
  return platforms[declaration.platform].declare(declaration);
}
