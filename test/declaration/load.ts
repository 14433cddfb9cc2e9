/** What the tests of the declaration share: a text is loaded, and what it says of its mistakes is looked at. */

import { DeclarationError } from "../../src/declaration/load.ts";
import { loadAnyDeclaration } from "../../src/platforms.ts";

/** The first three lines of a declaration. */
export const HEAD = "platform: aic\nrealm: alpha\ntier: development\n";

/** A declaration of one agent; its fields stand from line 7 on, in column 5. */
export const withAgent = (...fields: string[]) =>
  `${HEAD}agents:\n  bot:\n    name: Bot\n${fields.map((field) => `    ${field}\n`).join("")}`;

export const load = (text: string) => loadAnyDeclaration(text, "stacks/dev.yaml");

/** Every mistake as `line:column field: message`, in the order in which they are told. */
export function mistakesOf(text: string): string[] {
  try {
    load(text);
    return [];
  } catch (error) {
    if (!(error instanceof DeclarationError)) throw error;
    return error.mistakes.map(
      ({ line, column, field, message }) => `${line}:${column} ${field ? `${field}: ` : ""}${message}`,
    );
  }
}
