/** Ping's clouds, one row each: what a declaration may say there, and what becomes of it. */

import { z } from "zod";
import type { Access } from "./access/access.ts";
import type { World } from "./access/rules/rule.ts";
import { type AicDeclaration, aicDeclarationSchema } from "./components/aic/declaration.ts";
import * as aicWorld from "./components/aic/declared-world.ts";
import { aicEntries } from "./components/aic/entries.ts";
import { expandAic } from "./components/aic/explain.ts";
import * as aic from "./components/aic/patterns.ts";
import type { AccessWarnings, Written } from "./components/declared-world.ts";
import { type Entries, type EntryPath, entryIn, type Located } from "./components/entries.ts";
import { type Expansion, type Explained, explained } from "./components/explanation.ts";
import type { PingOneDeclaration } from "./components/pingone/declaration.ts";
import * as pingOneWorld from "./components/pingone/declared-world.ts";
import { pingOneEntries } from "./components/pingone/entries.ts";
import { expandPingOne } from "./components/pingone/explain.ts";
import * as pingone from "./components/pingone/patterns.ts";
import { pingOneDeclarationSchema } from "./components/pingone/schema.ts";
import type { StackOutputs } from "./components/stack-outputs.ts";
import {
  DeclarationError,
  type Mistake,
  type ParsedDeclaration,
  type PlaceOf,
  parseDeclaration,
  type Surroundings,
} from "./declaration/load.ts";
import { aicDelegates } from "./declaration/rules/aic-delegates.ts";
import { aicTools } from "./declaration/rules/aic-tools.ts";
import { repeatedEntries } from "./declaration/rules/lists.ts";
import { pingOneFields } from "./declaration/rules/pingone.ts";
import { pingOneDelegates } from "./declaration/rules/pingone-delegates.ts";
import { pingOneTools } from "./declaration/rules/pingone-tools.ts";
import { aicProvider } from "./declaration/rules/provider.ts";
import { redirectUris } from "./declaration/rules/redirects.ts";
import { aicReferences, pingOneReferences } from "./declaration/rules/references.ts";
import { type Rule, ruled } from "./declaration/rules/rule.ts";
import { aicScopes, pingOneScopes } from "./declaration/rules/scopes.ts";
import { toolNeeds } from "./declaration/rules/tools.ts";
import { aicWords, jwtRefreshTokens, pingOneWords } from "./declaration/rules/warnings.ts";
import { patternSchema, pingOnePatternSchema } from "./declaration/shared-fields.ts";

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
  /** What may be meant as it is, and is worth a look. */
  readonly warnings: readonly ((now: Date) => Rule)[];
  /** The same, of what rules over access stand for, by their names. */
  readonly accessWarnings: AccessWarnings;
  /** What an agent or application expands to; undefined for one that is not declared. */
  readonly expand: (declaration: Checked, key: string) => Expansion | undefined;
  /** Who may do what. */
  readonly declaredAccess: (declaration: Checked, placeOf: PlaceOf) => Access;
  /** What the rules over access look at. */
  readonly declaredWorld: (declaration: Checked, written: Written, now?: Date) => World;
  /** Which entry a resource comes from. */
  readonly entries: Entries;
  /** Declares every resource. Loads Pulumi when it is called, since commands do without. */
  readonly declare: (declaration: Checked, written?: Written) => Promise<StackOutputs>;
};

export const platforms: { readonly [Name in PlatformName]: Row<Declarations[Name]> } = {
  aic: {
    title: "Advanced Identity Cloud",
    schema: aicDeclarationSchema,
    rules: [
      ...[aicReferences, aicScopes, aicProvider, aicDelegates, redirectUris, repeatedEntries],
      toolNeeds(aicTools, {
        patterns: patternSchema,
        agent: aic.agentGrantTypes,
        application: aic.applicationGrantTypes,
      }),
    ],
    warnings: [aicWords],
    accessWarnings: aicWorld.accessWarnings,
    declaredAccess: aicWorld.declaredAccess,
    declaredWorld: aicWorld.declaredWorld,
    entries: aicEntries,
    expand: expandAic,
    declare: async (declaration, written) => {
      const { requireSecrets } = await import("./components/aic/secret-sources.ts");
      requireSecrets(declaration, written?.placeOf);
      const { assertStaticConfiguration } = await import("./components/aic/asserted.ts");
      const { declareAic } = await import("./components/aic/stack.ts");
      await assertStaticConfiguration(declaration, written?.placeOf);
      return declareAic(declaration, written);
    },
  },
  pingone: {
    title: "PingOne",
    schema: pingOneDeclarationSchema,
    rules: [
      ...[pingOneReferences, pingOneScopes, pingOneFields, pingOneDelegates, redirectUris, repeatedEntries],
      toolNeeds(pingOneTools, {
        patterns: pingOnePatternSchema,
        agent: pingone.agentGrantTypes,
        application: pingone.applicationGrantTypes,
      }),
    ],
    warnings: [pingOneWords, jwtRefreshTokens],
    accessWarnings: pingOneWorld.accessWarnings,
    declaredAccess: pingOneWorld.declaredAccess,
    declaredWorld: pingOneWorld.declaredWorld,
    entries: pingOneEntries,
    expand: expandPingOne,
    declare: async (declaration, written) => {
      const { declarePingOne } = await import("./components/pingone/stack.ts");
      return declarePingOne(declaration, written);
    },
  },
};

/** True for the name of a platform. */
export const isPlatform = (name: string): name is PlatformName => Object.hasOwn(platforms, name);

const names = Object.keys(platforms) as [PlatformName];

/** The sections that a declaration of a platform can have. */
function sectionsOf(name: PlatformName): string[] {
  const schema: z.ZodType = platforms[name].schema;
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}

/** A file of another platform is one mistake, not one for every section that this platform does not know. */
const platformOf = z.looseObject({ platform: z.enum(names) }).superRefine((written, { addIssue }) => {
  const { platform } = written;
  const strange = Object.keys(written).filter((section) => !sectionsOf(platform).includes(section));
  for (const other of names) {
    const its = strange.filter((section) => sectionsOf(other).includes(section));
    if (its.length < 2) continue;
    const message = `says ${platform}, but ${its.join(", ")} are sections of ${other}`;
    addIssue({ code: "custom", path: ["platform"], message });
  }
});

/** What a look at a declaration finds. */
export type Inspection = {
  /** Undefined where there are mistakes. */
  readonly declaration: Declaration | undefined;
  readonly mistakes: readonly Mistake[];
  readonly warnings: readonly Mistake[];
};

/**
 * Looks at a parsed declaration of any platform. The platform is looked at first, so that mistakes are told in its words and
 * not in those of all platforms.
 *
 * @param now decides what ends soon. @default the time of the call
 */
export function inspectDeclaration(parsed: ParsedDeclaration, now = new Date()): Inspection {
  const { result: head, ...unclear } = attempt(() => parsed.check(platformOf));
  if (!head) return { declaration: undefined, ...unclear, warnings: [] };
  const { schema, rules, warnings: others, accessWarnings } = platforms[head.platform];
  const warnings = [...others, ...Object.values(accessWarnings)];
  const checked = attempt(() => parsed.check<z.ZodType<Declaration>>(schema));
  const ruling = attempt(() => parsed.check(ruled(...rules), schema));
  const advice = attempt(() => parsed.check(ruled(...warnings.map((warning) => warning(now))), schema));
  const mistakes = [...checked.mistakes, ...ruling.mistakes].toSorted(inOrderOf(parsed.files));
  return {
    declaration: mistakes.length === 0 ? checked.result : undefined,
    ...{ mistakes, warnings: advice.mistakes },
  };
}

const inOrderOf = (files: readonly string[]) => (a: Mistake, b: Mistake) =>
  files.indexOf(a.file) - files.indexOf(b.file) || a.line - b.line || a.column - b.column;

/** A result, or the mistakes that are in its place. */
function attempt<T>(check: () => T): { readonly result?: T; readonly mistakes: readonly Mistake[] } {
  try {
    return { result: check(), mistakes: [] };
  } catch (error) {
    if (error instanceof DeclarationError) return { mistakes: error.mistakes };
    throw error;
  }
}

/**
 * A declaration of any platform that has no mistake.
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
  const { declaration, mistakes } = inspectDeclaration(parsed);
  if (!declaration) throw new DeclarationError(mistakes);
  return declaration;
}

/**
 * Every field of an agent or application, and why it is as it is.
 *
 * @returns undefined for one that is not declared
 */
export function explainClient<Name extends PlatformName>(
  declaration: Declarations[Name] & { readonly platform: Name },
  key: string,
): readonly Explained[] | undefined {
  const { expand, schema } = platforms[declaration.platform];
  const expansion = expand(declaration, key);
  return expansion && explained(expansion, declaration, schema);
}

/**
 * Who may do what after a checked declaration: its agents and the applications that act as one.
 *
 * @param placeOf where its values are written
 */
export function declaredAccess<Name extends PlatformName>(
  declaration: Declarations[Name] & { readonly platform: Name },
  placeOf: PlaceOf,
): Access {
  return platforms[declaration.platform].declaredAccess(declaration, placeOf);
}

/**
 * What the rules over access look at in a checked declaration.
 *
 * @param now decides what is over. @default the time of the call
 */
export function declaredWorld<Name extends PlatformName>(
  declaration: Declarations[Name] & { readonly platform: Name },
  written: Written,
  now?: Date,
): World {
  return platforms[declaration.platform].declaredWorld(declaration, written, now);
}

/** The keys that lead to what a resource was declared as, e.g. `agents`, `bot`, `access`, `shop`; undefined for what no declaration makes. */
export function declaredEntry(resource: Located): EntryPath | undefined {
  const cloud = /\bdynamic\/(\w+):\w+::/.exec(resource.urn)?.[1] ?? "";
  return isPlatform(cloud) ? entryIn(resource, platforms[cloud].entries, sectionsOf(cloud)) : undefined;
}

/** What stands for an item of `access` in the name of its resource. */
export const accessName = (platform: PlatformName, item: Readonly<Record<string, unknown>>): string =>
  platforms[platform].entries.accessName(item);

/**
 * Declares every resource of a checked declaration, in a Pulumi program.
 *
 * @param written where its values are written, for messages
 * @throws ERR_ACCESS_POLICY, ERR_STATIC_CONFIGURATION, ERR_SETTING_MISSING, and what the connection throws
 */
export function declareStack<Name extends PlatformName>(
  declaration: Declarations[Name] & { readonly platform: Name },
  written?: Written,
): Promise<StackOutputs> {
  return platforms[declaration.platform].declare(declaration, written);
}
