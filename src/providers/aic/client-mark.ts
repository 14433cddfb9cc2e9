/**
 * The mark of an AI agent or OAuth 2.0 client: RFC 7591 `software_id`, a stable id that the software's publisher assigns. Where
 * one is declared, `software_version`; where both are, there is no room, and the state alone knows (decision 0002).
 */

import { isRecord } from "../../admin-api/http/json.ts";
import { name, set } from "../../fields/text.ts";
import { isOf, KIT, type Mark, markIn, markOf, markText, NOBODY, type Owner, releasedText } from "../owner.ts";
import type { Properties } from "../pulumi-values.ts";
import { unwrap } from "./attributes.ts";

const SECTION = "advancedOAuth2ClientConfig";
const PLACES = ["softwareIdentity", "softwareVersion"] as const;

/** Inputs of a client about the realm that it lives in. */
export const realmInputs = {
  addedGrantTypes: set(name.regex(/^\S+$/, "a grant type has no blanks")).optional().meta({
    description:
      "Grant types that the realm's OAuth2 provider offers because of this stack. Its clients carry them, so that another stack which needs them, too, does not take them for the realm's own (decision 0002)",
    otherwise: "nothing is carried",
  }),
};

type Declared = {
  readonly addedGrantTypes?: readonly string[] | undefined;
  readonly metadata?:
    | { readonly softwareId?: string | undefined; readonly softwareVersion?: string | undefined }
    | undefined;
};

/** Where the mark has room beside what is declared. */
function placeOf({ metadata }: Declared): (typeof PLACES)[number] | undefined {
  if (metadata?.softwareId === undefined) return "softwareIdentity";
  return metadata.softwareVersion === undefined ? "softwareVersion" : undefined;
}

/** The mark in an AM document. @param formerId what this kit wrote for a mark before it named stacks */
export function clientMark(document: Properties, formerId?: string): Mark {
  const section = unwrap(document[SECTION]);
  if (!isRecord(section)) return NOBODY;
  const [found = NOBODY] = PLACES.map((place) => markIn(section[place])).filter((mark) => mark !== NOBODY);
  return formerId !== undefined && section.softwareIdentity === formerId ? KIT : found;
}

/** The mark of one whose declaration leaves no room for it: that of whoever's state knows it. */
export const unmarked = (inputs: Declared, isKnown: boolean, owner: Owner | undefined): Mark =>
  isKnown && placeOf(inputs) === undefined ? markOf(owner) : NOBODY;

const ADDED = /^\(added by ping-agents: (.+)\)$/u;

/** Whether there is room for grant types beside the mark. */
const carries = (inputs: Declared) =>
  placeOf(inputs) === "softwareIdentity" && inputs.metadata?.softwareVersion === undefined;

/** The grant types that a client carries; those of the inputs where it has no room for them. */
export function carried(document: Properties, inputs: Declared = {}): string[] | undefined {
  if (!carries(inputs)) return inputs.addedGrantTypes?.slice();
  const section = unwrap(document[SECTION]);
  const [, list] = ADDED.exec(String(isRecord(section) && section.softwareVersion)) ?? [];
  return list?.split(" ") ?? (inputs.addedGrantTypes && []);
}

/** The section of a body that holds the mark, with it, and without one that stood in the other place. */
export function marked(section: Properties | undefined, inputs: Declared, owner: Owner): { [SECTION]: Properties } {
  const place = placeOf(inputs);
  const old = PLACES.filter((other) => isOurs(section?.[other])).map((other) => [other, null]);
  const mark = place && { [place]: markText(owner) };
  const { addedGrantTypes: added = [] } = inputs;
  const beside = carries(inputs) &&
    added.length > 0 && { softwareVersion: `(added by ping-agents: ${added.join(" ")})` };
  return { [SECTION]: { ...section, ...Object.fromEntries(old), ...beside, ...mark } };
}

/** The same section where the owner lets the client go. */
export function released(section: Properties | undefined, owner: Owner): { [SECTION]: Properties } {
  const own = PLACES.filter((place) => isOf(markIn(section?.[place]), owner));
  return { [SECTION]: { ...section, ...Object.fromEntries(own.map((place) => [place, releasedText(owner)])) } };
}

/** Whether a text is what this kit writes there, whichever stack did. */
export const isOurs = (text: unknown) => markIn(text) !== NOBODY || ADDED.test(String(text));
