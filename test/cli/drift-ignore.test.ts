/** What `drift --write-ignore` writes: entries that the declaration takes, each where it counts, with the comments left in place. */

import { expect, test } from "vitest";
import { withIgnored } from "../../src/cli/drift/ignore.ts";
import { parseDeclaration } from "../../src/declaration/load.ts";
import { answered } from "../../src/drift/allowance.ts";
import type { Finding } from "../../src/drift/finding.ts";
import { checkDeclaration } from "../../src/platforms.ts";

const TEXT = `# the shop
platform: aic
realm: alpha
tier: development
agents:
  bot: # pays
    name: Bot
    pattern: autonomous
    allow:
      - { access: old, reason: a trial, owner: ann } # kept
      - { access: again, reason: a trial, owner: ann, expires: 2020-01-01 }
`;
const at = ["agents", "bot"];
const common = { type: "aic:AiAgent", name: "bot", class: "widened", means: "it may do more", at } as const;
const scopes: Finding = {
  ...common,
  path: ["scopes"],
  field: ["scopes"],
  entry: "agents.bot.scopes",
  access: "agents.bot.scopes#3f2a91c0",
};
const privilege = (access: string): Finding => ({
  ...{ ...common, path: ["undeclared", access], field: [], entry: "agents.bot", access, isUndeclared: true },
});
const answer = { owner: "jane", reason: "INC-1", expires: "2026-12-31" };

const parsed = parseDeclaration(TEXT, "dev.yaml", { env: {} });
const text = withIgnored(TEXT, parsed.value, [scopes, privilege("again"), privilege("new")], answer);
const declaration = checkDeclaration(parseDeclaration(text, "dev.yaml", { env: {} }));

test("the declaration takes them, and comments stay", () => {
  expect(declaration.allow).toEqual([{ access: scopes.access, ...answer }]);
  expect(declaration.agents?.bot?.allow).toEqual([
    { access: "again", ...answer },
    { access: "new", ...answer },
    { access: "old", reason: "a trial", owner: "ann" },
  ]);
  for (const comment of ["# the shop", "# pays", "# kept"]) expect(text).toContain(comment);
});

test("what is allowed is left out until its last day, and another value is told again", () => {
  expect(answered([scopes], declaration.allow, "2026-12-31")).toMatchObject({ findings: [], allowed: [scopes] });
  const { findings } = answered([scopes], declaration.allow, "2027-01-01");
  expect(findings).toMatchObject([{ means: "it may do more; jane allowed it until 2026-12-31" }]);
  const another = { ...scopes, access: "agents.bot.scopes#00000000" };
  expect(answered([another], declaration.allow, "2026-12-31").findings).toEqual([another]);
});

test("a file that extends another keeps what the base allows", () => {
  const own = withIgnored("extends: base.yaml\n", parsed.value, [privilege("new")], answer);
  expect(own).toMatch(/^extends: base\.yaml\nagents:\n {2}bot:\n {4}allow:\n(?:.*\n)*.*access: old/);
});
