/** Agreements, their languages, and the revisions of a text below each language (delegation §1.1). */
import { z } from "zod";
import { Gap } from "../errors.ts";
import type { JsonObject } from "../json.ts";
import { agreementIsShown, currentRevision, defaultLocale, hasConsents } from "./agreements.ts";
import { parsed } from "./body.ts";
import { collectionRoutes, type Management, type Write } from "./collection.ts";
import { invalid, taken } from "./dialect.ts";
import { type Document, found, listed } from "./documents.ts";
import { one } from "./hal.ts";

/** Most revisions of one language. */
const MOST_REVISIONS = 100;
/** Ping's own workflow sends the caller's own clock as the time from which a revision holds; how far off it may be is not known. */
const TOLERANCE_MS = 60_000;

const agreementBody = z.strictObject({
  name: z.string().min(1),
  description: z.string().optional(),
  enabled: z.boolean(),
  reconsentPeriodDays: z.int().min(1).optional(),
});

/** Letters, marks, digits, blanks and punctuation. */
const label = z.string().regex(/^[\p{L}\p{M}\p{N}\p{Zs}\p{P}]+$/u);
const languageBody = z.strictObject({
  displayName: z.string().min(1),
  enabled: z.boolean(),
  locale: z.string().min(1),
  userExperience: z
    .strictObject({
      acceptCheckboxText: label.optional(),
      continueButtonText: label.optional(),
      declineButtonText: label.optional(),
    })
    .optional(),
});

const revisionBody = z.strictObject({
  contentType: z.enum(["text/plain", "text/html"]),
  effectiveAt: z.iso.datetime(),
  requireReconsent: z.boolean(),
  text: z.string().min(1).max(32_000),
});

export function agreementRoutes(management: Management): void {
  const { tenant, route, base } = management;
  const { store } = tenant;
  collectionRoutes(management, { name: "languages" });

  collectionRoutes(management, {
    name: "agreements",
    create: (write) => checkedAgreement(write),
    replace: checkedAgreement,
    checkDelete(live) {
      if (hasConsents(store, live.id)) throw invalid("id", "has consents of users", "D", "CONSTRAINT_VIOLATION");
      if (live.enabled === true) throw invalid("enabled", "is enabled", "U", "CONSTRAINT_VIOLATION");
      if (agreementIsShown(store, live.id))
        throw invalid("id", "is prompted for by a sign-on policy", "U", "CONSTRAINT_VIOLATION");
    },
  });

  function checkedAgreement({ call, others }: Write, live?: Document): JsonObject {
    const body = parsed(agreementBody, call);
    if (body.enabled && !(live && languageOf(live.id, defaultLocale(store))?.enabled === true))
      throw invalid("enabled", "the default language has no content", "D");
    if (others().some(({ name }) => name === body.name)) throw new Gap("two agreements of one name");
    return body;
  }

  const languageOf = (agreement: string, locale: string) =>
    listed(store, `agreements/${agreement}/languages`).find((row) => row.locale === locale);

  collectionRoutes(management, {
    name: "languages",
    of: "agreements",
    showsOwner: true,
    create({ call, others }) {
      const body = parsed(languageBody, call, "agreement", "currentRevision");
      const known = listed(store, "languages").find(({ locale }) => locale === body.locale);
      if (known?.enabled !== true) throw invalid("locale", "is no language of the environment", "S");
      if (others().some(({ locale }) => locale === body.locale)) throw taken("locale");
      if (body.enabled) throw invalid("enabled", "the language has no content", "D");
      return body;
    },
    replace({ call, owner }, live) {
      const body = parsed(languageBody, call, "agreement", "currentRevision");
      const agreement = owner();
      if (body.locale !== live.locale) throw invalid("locale", "cannot be changed", "U");
      if (body.enabled && !currentRevision(tenant, agreement.id, live.id))
        throw invalid("enabled", "the language has no content", "D");
      if (!body.enabled && agreement.enabled === true && live.locale === defaultLocale(store))
        throw invalid("enabled", "the agreement is enabled and needs the default language", "U");
      return body;
    },
    checkDelete(live, place) {
      const [, agreement = ""] = place.split("/");
      if (!currentRevision(tenant, agreement, live.id)) return;
      throw invalid(
        "id",
        "Agreement language with effective revision can not be deleted.",
        "S",
        "CONSTRAINT_VIOLATION",
      );
    },
    shows(language, place) {
      const [, agreement = ""] = place.split("/");
      const revision = currentRevision(tenant, agreement, language.id);
      return revision ? { ...language, currentRevision: { id: revision.id } } : language;
    },
  });

  collectionRoutes(management, {
    name: "revisions",
    of: "agreements/:agreement/languages",
    showsOwner: true,
    create({ call, others }) {
      const body = parsed(revisionBody, call, "agreement", "language", "notValidAfter");
      const at = Date.parse(body.effectiveAt);
      if (at < tenant.clock.now() - TOLERANCE_MS) throw invalid("effectiveAt", "is in the past", "D");
      const rows = others();
      if (rows.some((row) => Date.parse(String(row.effectiveAt)) === at)) throw taken("effectiveAt");
      if (rows.length >= MOST_REVISIONS)
        throw invalid("language", `has ${MOST_REVISIONS} revisions`, "D", "CONSTRAINT_VIOLATION");
      return { agreement: { id: call.params.agreement }, ...body };
    },
    checkDelete({ effectiveAt }) {
      if (Date.parse(String(effectiveAt)) > tenant.clock.now()) return;
      throw invalid("id", "A currently effective revision cannot be deleted.", "S", "CONSTRAINT_VIOLATION");
    },
    // The text is read at an address of its own.
    shows: ({ text: _text, ...revision }) => revision as Document,
  });

  const text = "agreements/:agreement/languages/:language/revisions/:id/text";
  route("GET", `${base}/${text}`, (call) => {
    const { agreement, language, id } = call.params;
    const place = `agreements/${agreement}/languages/${language}/revisions`;
    const revision = found(store, place, id, "revision");
    return one(call, { id: revision.id, data: revision.text, dataType: revision.contentType });
  });
}
