/**
 * Whose an application of PingOne is, by a stamp in its metadata (pingone §4.1), and whose is what hangs below it. Makes
 * adoption safe and creates recoverable.
 */

import { isRecord } from "../../admin-api/http/json.ts";
import type { PingOneObject } from "../../admin-api/pingone/collection.ts";
import type { PingOneEnvironment } from "../../admin-api/pingone/environment.ts";
import { differences } from "../differences.ts";
import type { Life } from "../life.ts";
import { isOf, isOfStack, KIT, type Mark, markIn, markText, NOBODY, type Owner, withMark } from "../owner.ts";
import type { Properties } from "../pulumi-values.ts";
import type { PingOneContext } from "./context.ts";

/** Key of the metadata that is ours; all others belong to somebody else. */
const KEY = "pingAgents";
const MANAGER = "ping-agents";

/** Ends the description of an application whose create has not come to its end: the stamp needs a second call. */
const UNFINISHED = "(being created by ping-agents)";

/** Our part of the metadata. */
const stampIn = (metadata: Properties): Properties => (isRecord(metadata[KEY]) ? metadata[KEY] : {});

/** Whose an application with this metadata is; a stamp of before names no stack. */
export function markOfStamp(metadata: Properties): Mark {
  const { managedBy, releasedBy, stack, name, resource } = stampIn(metadata);
  const isNamed = typeof stack === "string" && typeof name === "string" && typeof resource === "string";
  const named = isNamed ? { stack, name, resource } : undefined;
  if (managedBy === MANAGER) return named ? { whose: "stack", ...named } : KIT;
  return releasedBy === MANAGER && named ? { whose: "nobody", released: named } : NOBODY;
}

/** The life of an agent in the metadata of its application (decision 0012). */
function lifeOfStamp(metadata: Properties): Life {
  const { sponsor, expires, stopped } = stampIn(metadata);
  const found = Object.entries({ sponsor, expires, stopped }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(found.map(([key, value]) => [key, String(value)]));
}

/**
 * What hangs below an application and belongs to another than its owner, by what tells it from others there, e.g.
 * `ScopeGrant/<id of the resource>`.
 */
export function othersBelow(metadata: Properties): ReadonlyMap<string, Mark> {
  const { others } = stampIn(metadata);
  return new Map(Object.entries(isRecord(others) ? others : {}).map(([child, text]) => [child, markIn(text)]));
}

/** An application whose metadata is written. */
type Stamped = { readonly environment: PingOneEnvironment; readonly id: string };

/** Changes our part of the metadata and leaves the rest alone. Writers of this process take turns. */
async function restamp(
  { exclusively, marks }: PingOneContext,
  { environment, id }: Stamped,
  change: (stamp: Properties) => Properties,
  isNew = false,
): Promise<void> {
  await exclusively(`${environment.id} metadata ${id}`, async () => {
    const before: Properties = isNew ? {} : await environment.metadata(id);
    const { [KEY]: _before, ...rest } = before;
    const stamp = change(stampIn(before));
    const after = { ...rest, ...(Object.keys(stamp).length > 0 && { [KEY]: stamp }) };
    if (differences(after, before).length > 0) await environment.setMetadata(id, after);
    marks.set(id, markOfStamp(after));
  });
}

/** What an application is stamped with. */
type Stamp = { readonly owner: Owner; readonly life: Life };

/** Stamps an application. @param isNew it has no metadata yet */
export function stampApplication(
  context: PingOneContext,
  application: Stamped,
  { owner, life }: Stamp,
  isNew: boolean,
): Promise<void> {
  const { stack, name, resource } = owner;
  const change = ({ others, releasedBy: _before, ...stamp }: Properties) => ({
    ...{ ...withLife(stamp, life), managedBy: MANAGER, stack, name, resource },
    ...without(others, (text) => isOfStack(markIn(text), owner)),
  });
  return restamp(context, application, change, isNew);
}

/** Writes the life of an agent, whoever has it. */
export function stampLife(context: PingOneContext, application: Stamped, life: Life): Promise<void> {
  return restamp(context, application, (stamp) => withLife(stamp, life));
}

/** Lets an application go: it keeps the name of its stack, which goes on with it when it is declared again. */
export function releaseApplication(context: PingOneContext, application: Stamped): Promise<void> {
  return restamp(context, application, ({ managedBy: _before, ...stamp }) => ({ ...stamp, releasedBy: MANAGER }));
}

function withLife({ sponsor: _s, expires: _e, stopped: _t, ...stamp }: Properties, life: Life): Properties {
  return { ...stamp, ...Object.fromEntries(Object.entries(life).filter(([, value]) => value !== undefined)) };
}

/** Lets an application that is not this stack's say whose it is that hangs below it: its owner has no other way to know. */
export function register(context: PingOneContext, parent: Stamped, child: string, owner: Owner): Promise<void> {
  return restamp(context, parent, ({ others, ...stamp }) => ({
    ...stamp,
    others: { ...(isRecord(others) && others), [child]: markText(owner) },
  }));
}

/** Takes back what {@link register} wrote. */
export function release(context: PingOneContext, parent: Stamped, child: string): Promise<void> {
  return restamp(context, parent, ({ others, ...stamp }) => ({
    ...stamp,
    ...without(others, (_text, other) => other === child),
  }));
}

/** Takes back what {@link register} wrote for the same resource when it was something else, such as the role of another person. */
export function releaseFormer(context: PingOneContext, parent: Stamped, child: string, owner: Owner): Promise<void> {
  const [kind] = child.split("/", 1);
  const isFormer = (text: unknown, other: string) =>
    other !== child && other.startsWith(`${kind}/`) && isOf(markIn(text), owner);
  return restamp(context, parent, ({ others, ...stamp }) => ({ ...stamp, ...without(others, isFormer) }));
}

/** The entries of others but for some; nothing where none is left. */
function without(others: unknown, drops: (text: unknown, child: string) => boolean): { others?: Properties } {
  const kept = Object.entries(isRecord(others) ? others : {}).filter(([child, text]) => !drops(text, child));
  return kept.length > 0 ? { others: Object.fromEntries(kept) } : {};
}

/** Whether the application is this stack's, as this process saw it last. */
export async function isOwnApplication(context: PingOneContext, application: Stamped, owner: Owner): Promise<boolean> {
  const known = context.marks.get(application.id);
  return isOfStack(known ?? markOfStamp(await metadataOf(context, application)), owner);
}

/** The metadata of an application. */
export async function metadataOf(context: PingOneContext, { environment, id }: Stamped): Promise<Properties> {
  const metadata = await context.metadata(environment, id);
  context.marks.set(id, markOfStamp(metadata));
  return metadata;
}

/** The description of an application until it is stamped. */
export const unfinished = (description: string | undefined, owner: Owner) =>
  `${withMark(description, owner)} ${UNFINISHED}`;

/** True when a create of this kit made the application and was then cut off. */
export const isUnfinished = ({ description }: PingOneObject) =>
  typeof description === "string" && description.endsWith(UNFINISHED);

/** Whose an application is, and the life that its stamp tells. */
export async function standingOf(
  context: PingOneContext,
  environment: PingOneEnvironment,
  application: PingOneObject,
): Promise<{ readonly mark: Mark; readonly life: Life }> {
  if (!isUnfinished(application)) {
    const metadata = await metadataOf(context, { environment, id: application.id });
    return { mark: markOfStamp(metadata), life: lifeOfStamp(metadata) };
  }
  const mark = markIn(String(application.description).slice(0, -UNFINISHED.length).trimEnd());
  return { mark: mark.whose === "stack" ? mark : KIT, life: {} };
}
