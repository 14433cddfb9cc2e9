/** What TypeScript users have on each cloud: resources, and what a declaration says of agents and applications. */

import { z } from "zod";
import { type PlatformName, platforms } from "../../src/platforms.ts";
import { aicKinds } from "../../src/providers/aic/platform.ts";
import type { Immutable } from "../../src/providers/immutable.ts";
import { pingOneKinds } from "../../src/providers/pingone/platform.ts";

/** A kind as far as its users see it. */
export type Kind = {
  /** Of the class, e.g. `AiAgent`. */
  readonly name: string;
  /** What it is, for its users: the description of its inputs. */
  readonly summary: string;
  readonly inputs: z.ZodObject;
  readonly outputs: z.ZodObject;
  /** Inputs whose change is another object. */
  readonly replaces: readonly string[];
};

/** A cloud as far as TypeScript users see it. */
export type Cloud = {
  readonly wing: PlatformName;
  readonly title: string;
  readonly kinds: readonly Kind[];
  /** An agent and an application as in a declaration. */
  readonly agent: z.ZodObject;
  readonly application: z.ZodObject;
};

const KINDS: { readonly [Name in PlatformName]: readonly KindLike[] } = { aic: aicKinds, pingone: pingOneKinds };
type KindLike = {
  readonly type: string;
  readonly inputs: z.ZodObject;
  readonly outputs?: z.ZodObject;
  readonly immutable: readonly Immutable[];
};

const namesOf = (field: Immutable) => (typeof field === "string" ? [field] : Object.values<string>(field));

const kindOf = ({ type, inputs, outputs = z.object({}), immutable }: KindLike): Kind => ({
  name: type.slice(type.indexOf(":") + 1),
  summary: inputs.description ?? "",
  ...{ inputs, outputs, replaces: immutable.flatMap(namesOf) },
});

/** An entry of a section of a declaration. */
function entryOf(wing: PlatformName, section: string): z.ZodObject {
  const schema: z.ZodType = platforms[wing].schema;
  const record = schema instanceof z.ZodObject && schema.shape[section]?.unwrap();
  if (record instanceof z.ZodRecord && record.valueType instanceof z.ZodObject) return record.valueType;
  throw new Error(`no ${section} in the declaration of ${wing}`);
}

/** Every cloud. */
export const clouds: readonly Cloud[] = (Object.keys(KINDS) as PlatformName[]).map((wing) => ({
  ...{ wing, title: platforms[wing].title, kinds: KINDS[wing].map(kindOf) },
  agent: entryOf(wing, "agents"),
  application: entryOf(wing, "applications"),
}));
