/** Where the mark of an agent or client stands beside what is declared of its software. */

import { expect, test } from "vitest";
import { clientMark, marked, unmarked } from "../../../src/providers/aic/client-mark.ts";
import { markOf, markText, NOBODY } from "../../../src/providers/owner.ts";
import { OWNER } from "../../support/properties.ts";

const MARK = markText(OWNER);
const FORMER = "2d7c7d5c-5d0c-4b9f-8a54-3a4e6a1f0b11";

type Metadata = { readonly softwareId?: string; readonly softwareVersion?: string } | undefined;

test.each<[Metadata, Record<string, string>]>([
  [undefined, { softwareIdentity: MARK, softwareVersion: "1" }],
  [{ softwareVersion: "1" }, { softwareIdentity: MARK, softwareVersion: "1" }],
  [{ softwareId: "shop" }, { softwareIdentity: "shop", softwareVersion: MARK }],
  [
    { softwareId: "shop", softwareVersion: "1" },
    { softwareIdentity: "shop", softwareVersion: "1" },
  ],
])("declared %j", (metadata, expected) => {
  const section = { softwareIdentity: metadata?.softwareId ?? null, softwareVersion: "1" };
  const isMarked = JSON.stringify(expected).includes("managed");
  const document = marked(section, { metadata }, OWNER);
  expect(document.advancedOAuth2ClientConfig).toEqual(expected);
  expect(clientMark(document)).toEqual(isMarked ? markOf(OWNER) : NOBODY);
  expect(unmarked({ metadata }, true, OWNER)).toEqual(isMarked ? NOBODY : markOf(OWNER));
  expect(unmarked({ metadata }, false, OWNER)).toEqual(NOBODY);
});

test("a mark moves with what is declared, and leaves nothing behind", () => {
  const { advancedOAuth2ClientConfig: first } = marked({}, { metadata: { softwareId: "shop" } }, OWNER);
  expect(marked({ ...first, softwareIdentity: null }, {}, OWNER)).toEqual({
    advancedOAuth2ClientConfig: { softwareIdentity: MARK, softwareVersion: null },
  });
});

test("what a client of before carries is a mark without a stack", () => {
  const document = { advancedOAuth2ClientConfig: { softwareIdentity: { inherited: false, value: FORMER } } };
  expect(clientMark(document, FORMER)).toEqual({ whose: "kit" });
  expect(clientMark(document)).toEqual(NOBODY);
});
