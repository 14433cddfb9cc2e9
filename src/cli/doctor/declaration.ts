/** Whether the declaration of an environment can be read, and which tenant it says. */

import { z } from "zod";
import { DeclarationError, type ParsedDeclaration } from "../../declaration/load.ts";
import { type Declaration, inspectDeclaration } from "../../platforms.ts";
import { isCloud, type Said, type Whereabouts } from "../../tenants.ts";
import type { CheckedDeclaration } from "../stacks.ts";
import type { Check } from "./sheet.ts";

/** A declaration for one cloud. */
export type Declared<Platform extends Declaration["platform"] = Declaration["platform"]> = Omit<
  CheckedDeclaration,
  "declaration"
> & { readonly declaration: Extract<Declaration, { platform: Platform }> };

/** That it can be parsed. */
export const file: Check<() => ParsedDeclaration, ParsedDeclaration> = {
  id: "file",
  title: "declaration file",
  look: (read) => {
    const parsed = read();
    return { found: parsed.files.join(", which extends "), fact: parsed };
  },
};

/** That it has no mistake. */
export const declaration: Check<ParsedDeclaration, Declared> = {
  id: "declaration",
  title: "declaration",
  look: (parsed) => {
    const { declaration, mistakes } = inspectDeclaration(parsed);
    if (!declaration) throw new DeclarationError(mistakes);
    const count = ["agents", "applications"].map((section) => countOf(declaration, section)).join(", ");
    return { found: `no mistake; ${count}`, fact: { ...parsed, declaration } };
  },
};

const countOf = (declaration: object, section: string) =>
  `${Object.keys((declaration as Readonly<Record<string, object>>)[section] ?? {}).length} ${section}`;

const text = z.string().optional().catch(undefined);
const head = z.looseObject({ platform: z.string(), tenant: text, realm: text, tier: text, environment: text });

/** Where it says that it belongs, also where it has mistakes elsewhere; undefined where it does not say its platform. */
export function whereaboutsIn({ value, placeOf }: ParsedDeclaration): Said["declared"] {
  const { platform, ...rest } = head.safeParse(value).data ?? { platform: "" };
  return isCloud(platform) ? { ...(rest as Partial<Whereabouts>), platform, ...placeOf(["tenant"]) } : undefined;
}
