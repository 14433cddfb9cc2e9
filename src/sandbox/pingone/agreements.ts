/** Agreements as users meet them: which text holds, and who has consented to it (delegation §1.1). */
import { isObject } from "../json.ts";
import type { Store } from "../store.ts";
import type { Tenant } from "../tenant.ts";
import { collectionOf, type Document, listed } from "./documents.ts";

const CONSENTS = "sandbox/pingone-consents";
const DAY_MS = 24 * 60 * 60 * 1_000;

/** By ids; `at` is milliseconds since 1970. */
type Consent = { readonly agreement: string; readonly user: string; readonly at: number };

/** Language tag of the environment's default language; what has no content in it is not shown to anybody. */
export function defaultLocale(store: Store): string {
  return String(listed(store, "languages").find((row) => row.default === true)?.locale);
}

/** The revision whose text holds now: of those that have come into effect, the latest. */
export function currentRevision(tenant: Tenant, agreement: string, language: string): Document | undefined {
  const now = tenant.clock.now();
  return listed(tenant.store, `agreements/${agreement}/languages/${language}/revisions`)
    .filter((revision) => timeOf(revision) <= now)
    .toSorted((a, b) => timeOf(a) - timeOf(b))
    .at(-1);
}

const timeOf = ({ effectiveAt }: Document) => Date.parse(String(effectiveAt));

/** What a user is shown of an agreement. */
export type Shown = {
  readonly title: string;
  readonly text: string;
  /** Tag of the language. */
  readonly locale: string;
  /** Texts of the buttons, where they are other than the usual ones. */
  readonly labels: Readonly<Record<string, string>>;
};

/** The text of an enabled agreement: in the language asked for, else in the environment's default language. */
export function textOf(tenant: Tenant, agreement: Document, locale: string | undefined): Shown | undefined {
  const languages = listed(tenant.store, `agreements/${agreement.id}/languages`).filter(({ enabled }) => enabled);
  const wanted = [locale, locale?.split("-")[0], defaultLocale(tenant.store)];
  const [language] = wanted.flatMap((tag) => languages.filter((row) => row.locale === tag));
  const revision = language && currentRevision(tenant, agreement.id, language.id);
  if (!language || !revision) return undefined;
  const labels = isObject(language.userExperience) ? (language.userExperience as Record<string, string>) : {};
  return { title: String(language.displayName), text: String(revision.text), locale: String(language.locale), labels };
}

/**
 * Whether a user has to be asked: nobody has, some text that holds now requires it anew, or the period of the agreement is
 * over.
 */
export function needsConsent(tenant: Tenant, agreement: Document, user: string): boolean {
  const consent = tenant.store.get<Consent>(CONSENTS, idOf(agreement.id, user));
  if (!consent) return true;
  const now = tenant.clock.now();
  const { reconsentPeriodDays: days } = agreement;
  if (typeof days === "number" && now >= consent.at + days * DAY_MS) return true;
  return listed(tenant.store, `agreements/${agreement.id}/languages`).some((language) =>
    listed(tenant.store, `agreements/${agreement.id}/languages/${language.id}/revisions`).some(
      (revision) => revision.requireReconsent === true && timeOf(revision) > consent.at && timeOf(revision) <= now,
    ),
  );
}

/** Keeps that a user has consented to what is shown now. */
export function keepConsent({ store, clock }: Tenant, agreement: string, user: string): void {
  store.put(CONSENTS, idOf(agreement, user), { agreement, user, at: clock.now() } satisfies Consent, [agreement]);
}

/** Everything that anybody has consented to. */
export const allConsents = ({ store }: Tenant): Consent[] =>
  store.list<Consent>(CONSENTS).map(({ document }) => document);

/** Puts other consents in place of those of a user. */
export function putConsents({ store }: Tenant, user: string, consents: readonly Omit<Consent, "user">[]): void {
  for (const { id, document } of store.list<Consent>(CONSENTS)) if (document.user === user) store.delete(CONSENTS, id);
  for (const { agreement, at } of consents)
    store.put(CONSENTS, idOf(agreement, user), { agreement, user, at } satisfies Consent, [agreement]);
}

const idOf = (agreement: string, user: string) => `${agreement} ${user}`;

/** Whether anybody has consented to an agreement: then it stays, disabled or not. */
export const hasConsents = (store: Store, agreement: string) => store.mentioning(CONSENTS, agreement).length > 0;

/** Whether a step of a sign-on policy prompts for an agreement. */
export function agreementIsShown(store: Store, agreement: string): boolean {
  return store
    .collections()
    .filter((name) => name.startsWith(collectionOf("signOnPolicies/")) && name.endsWith("/actions"))
    .flatMap((name) => store.list<Document>(name))
    .some(({ document }) => isObject(document.agreement) && document.agreement.id === agreement);
}
