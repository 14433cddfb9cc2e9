/** The languages of an agreement and what their text is; a text is never changed but followed by another revision (delegation §1.1). */

import { AdminApiError } from "../../admin-api/http/errors.ts";
import { isRecord } from "../../admin-api/http/json.ts";
import { segment } from "../../admin-api/http/url.ts";
import type { PingOneCollection, PingOneObject } from "../../admin-api/pingone/collection.ts";
import type { PingOneEnvironment } from "../../admin-api/pingone/environment.ts";
import { differences } from "../differences.ts";
import type { PingOneContext } from "./context.ts";

/** What a language says, in our terms. */
export type Content = { readonly title: string; readonly text: string; readonly format?: "plain" | "html" | undefined };

/** A language on the tenant; its content is read where it matters. */
export type Language = { readonly row: PingOneObject; readonly content?: Content | undefined };

const HTML = "text/html";
/** Pauses in which a revision comes into effect where the tenant's clock is behind this machine's, in milliseconds. */
const PAUSES_MS = [1_000, 2_000, 5_000, 10_000, 20_000, 30_000];
/** A revision that comes this soon is meant to hold by now, by a clock that is ahead; milliseconds. */
const SOON_MS = 30_000;

/** An agreement whose languages are looked at. */
type Place = { readonly environment: PingOneEnvironment; readonly agreement: string };

const languagesOf = ({ environment, agreement }: Place) =>
  environment.collection(`agreements/${segment(agreement)}/languages`, agreement);
const revisionsOf = ({ environment, agreement }: Place, language: string) =>
  environment.collection(`agreements/${segment(agreement)}/languages/${segment(language)}/revisions`, language);

/** The languages of an agreement, with what the enabled and the declared ones say. */
export async function readLanguages(
  context: PingOneContext,
  place: Place,
  declared: Readonly<Record<string, Content>>,
): Promise<Language[]> {
  const key = `${place.environment.id} languages ${place.agreement}`;
  const rows = await context.rows(key, languagesOf(place));
  const isLookedAt = ({ enabled, locale }: PingOneObject) =>
    enabled === true || Object.hasOwn(declared, String(locale));
  return Promise.all(
    rows.map(async (row) => ({ row, content: isLookedAt(row) ? await contentOf(place, row) : undefined })),
  );
}

/** What users see now; undefined where no revision holds yet. */
async function contentOf(place: Place, row: PingOneObject): Promise<Content | undefined> {
  const { id, displayName } = row;
  const current = currentOf(row);
  if (current === undefined) return undefined;
  const revisions = revisionsOf(place, id);
  const text = place.environment.collection(
    `agreements/${segment(place.agreement)}/languages/${segment(id)}/revisions/${segment(current)}`,
    id,
  );
  // The text has an address of its own.
  const [revision, found] = await Promise.all([revisions.get(current), text.get("text")]);
  const format = revision?.contentType === HTML ? ("html" as const) : undefined;
  return { title: String(displayName), text: String(found?.data ?? "").trimEnd(), format };
}

const isHtml = ({ format }: Content) => format === "html";

/** Languages that users can meet, in our terms; of a format that is the default one, as it is declared. */
export function shownLanguages(
  languages: readonly Language[],
  declared: Readonly<Record<string, Content>>,
): Record<string, Content> {
  const shown = languages.flatMap(({ row, content }) => {
    if (row.enabled !== true || !content) return [];
    const locale = String(row.locale);
    const isSaid = !isHtml(content) && declared[locale]?.format === "plain";
    return [[locale, { ...content, ...(isSaid && { format: "plain" as const }) }] as const];
  });
  return Object.fromEntries(shown);
}

/** Brings the languages in line: each declared one says what is declared and is enabled, all others are disabled. */
export async function syncLanguages(
  context: PingOneContext,
  place: Place,
  live: readonly Language[],
  wanted: Readonly<Record<string, Content>>,
): Promise<Language[]> {
  const all = languagesOf(place);
  const kept: Language[] = [];
  for (const [locale, content] of Object.entries(wanted)) {
    const found = live.find(({ row }) => row.locale === locale);
    const row = found?.row ?? (await made(all, locale, content));
    const isSaid = found?.content?.text === content.text && isHtml(found.content) === isHtml(content);
    const earlier = isSaid || !found ? [] : await revisionsOf(place, row.id).list();
    if (!isSaid) await revise(context, place, row, content, earlier);
    kept.push({ row: await changed(all, row, { displayName: content.title, enabled: true }), content });
  }
  for (const language of live.filter(({ row }) => !Object.hasOwn(wanted, String(row.locale)))) {
    // One that ever said something cannot be deleted.
    kept.push({ row: await changed(all, language.row, { enabled: false }) });
  }
  return kept;
}

/** The language with other settings; what users see on its buttons stays. */
async function changed(
  all: PingOneCollection,
  row: PingOneObject,
  settings: { readonly displayName?: string; readonly enabled: boolean },
): Promise<PingOneObject> {
  const { displayName, locale, enabled, userExperience } = row;
  const before = { displayName, locale, enabled, ...(userExperience !== undefined && { userExperience }) };
  const body = { ...before, ...settings };
  return differences(body, before).length > 0 ? all.replace(row.id, body) : row;
}

function made(all: PingOneCollection, locale: string, { title }: Content): Promise<PingOneObject> {
  const find = async () => (await all.list()).find((row) => row.locale === locale);
  return all.create({ displayName: title, locale, enabled: false }, find);
}

/**
 * Gives a language another text, and waits until it holds: before that the language cannot be enabled.
 *
 * @throws AdminApiError `ERR_API_UNEXPECTED` when it does not
 */
async function revise(
  context: PingOneContext,
  place: Place,
  { id: language }: PingOneObject,
  content: Content,
  earlier: readonly PingOneObject[],
): Promise<void> {
  const revisions = revisionsOf(place, language);
  const at = momentAfter(earlier, (await place.environment.now()).getTime());
  const contentType = isHtml(content) ? HTML : "text/plain";
  const effectiveAt = new Date(at).toISOString();
  const body = { contentType, effectiveAt, requireReconsent: true, text: content.text };
  // Unique in its language: so a lost answer is found again.
  const find = async () => (await revisions.list()).find((row) => momentOf(row) === at);
  const { id } = await revisions.create(body, find);
  for (const pause of PAUSES_MS) {
    const row = await languagesOf(place).get(language);
    if (row && currentOf(row) === id) return;
    await context.tenant.pause(pause);
  }
  const seconds = PAUSES_MS.reduce((sum, pause) => sum + pause, 0) / 1_000;
  throw new AdminApiError(
    "ERR_API_UNEXPECTED",
    `the new text does not hold after ${seconds} seconds, but from ${effectiveAt} on`,
    {
      where: { resource: `pingone:Agreement ${place.agreement}`, tenant: context.tenant.origin },
      hint: "look at the revisions of the agreement in PingOne, then run the command again",
    },
  );
}

/**
 * The moment from which the next revision holds: after all that hold by then, for no two may come at once and the latest of them is
 * what users see (delegation §1.1).
 *
 * @param now milliseconds since 1970 on PingOne's clock
 */
function momentAfter(revisions: readonly PingOneObject[], now: number): number {
  const next = (at: number, moment: number) => (moment <= at + SOON_MS ? Math.max(at, moment + 1) : at);
  return revisions
    .map(momentOf)
    .toSorted((a, b) => a - b)
    .reduce(next, now);
}

const momentOf = ({ effectiveAt }: PingOneObject) => Date.parse(String(effectiveAt));

/** Id of the revision that holds now. */
const currentOf = ({ currentRevision }: PingOneObject) =>
  isRecord(currentRevision) ? String(currentRevision.id) : undefined;
