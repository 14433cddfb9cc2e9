/** Values of resources as a report may show them: without secrets and personal data, also where nobody marked them. Pure. */

import { isSecretName, SECRET_FORMS } from "../../secret-forms.ts";
import { isKey, isProperties, textOf } from "./changes.ts";
import { SECRET, UNKNOWN } from "./plan.ts";

const PERSONAL = "[personal data]";
/** Names of what is known of a person, beside the name by which others mean that person. */
const PERSONAL_NAMES =
  /^(?:e?mail\w*|givenName|sn|surname|familyName|middleName|displayName|formattedName|(?:tele|mobile|home)?phone\w*|mobile\w*|birth\w*|street\w*|postal\w*|address)$/i;
/** Names of lists and fields that name people: there an address is a user name. */
const NAMES_PEOPLE = /^(?:owners?|sponsor|subjects?|members?|users?|userName)$/i;
const ADDRESS = /[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)+/g;

/** Characters of a text that are shown. */
const LONGEST = 160;

/**
 * A value as text.
 *
 * @param path where it stands in the inputs of its resource
 */
export function shownValue(value: unknown, path: string): string {
  const name = nameIn(path);
  if (value === UNKNOWN) return "known after up";
  if (isKey(value)) return `key ${typeof value.kid === "string" ? value.kid : value.kty}`;
  if (typeof value === "string") return value === "" ? '""' : shortened(maskedText(value, name));
  if (typeof value === "object" && value !== null) return shortened(textOf(masked(value, name)));
  return String(value);
}

/** The value with what must not be shown replaced, at any depth. */
export function masked(value: unknown, name: string): unknown {
  if (typeof value === "string") return maskedText(value, name);
  if (Array.isArray(value)) return value.map((entry) => masked(entry, name));
  if (isKey(value)) return shownValue(value, name);
  if (!isProperties(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, masked(inner, key)]));
}

/** Whether the value of a property is never shown, whatever it is. */
export const isHidden = (path: string): boolean => isSecretName(nameIn(path));

function maskedText(text: string, name: string): string {
  if (isSecretName(name)) return SECRET;
  if (PERSONAL_NAMES.test(name)) return PERSONAL;
  const clean = withoutSecrets(text);
  return NAMES_PEOPLE.test(name) ? clean : clean.replaceAll(ADDRESS, PERSONAL);
}

/** A text of somebody else's, such as a message, without what looks like a secret. */
export const withoutSecrets = (text: string): string =>
  SECRET_FORMS.reduce((clean, form) => clean.replace(form, SECRET), text);

/** The name of the property itself: the last one in a path. */
const nameIn = (path: string) => /([^.[\]"]+)"?\]?$/.exec(path)?.[1] ?? path;

const shortened = (text: string) =>
  text.length > LONGEST ? `${text.slice(0, LONGEST)}… (${text.length.toLocaleString("en-US")} characters)` : text;
