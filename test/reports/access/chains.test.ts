/** How chains look in every format: the published stacks, and a change that lets a token be handed on. Whole pages, beside this file. */

import { expect, test } from "vitest";
import type { Access } from "../../../src/access/access.ts";
import { isChained } from "../../../src/access/row.ts";
import { type Format, render } from "../../../src/reports/access/render.ts";
import { comparisonOf, type Matrix } from "../../../src/reports/access/report.ts";
import * as published from "../../access/published.ts";

const matrix = (title: string, access: Access): Matrix => ({ is: "matrix", title, ...access });

/** The published stacks as one report each. */
const stacks = [
  matrix("P-a: an agent signs users in", published.signsUsersIn()),
  matrix("P-b: an autonomous agent to a tool", published.autonomousTool()),
  matrix("P-c: on behalf of a user", published.onBehalfOf()),
  matrix("P-d: an agent calls an agent", published.chain()),
  matrix("A-a: an autonomous agent to a tool", published.aicAutonomousTool()),
];

/** Changes: a gateway may exchange an agent's token, and no longer. */
function changes() {
  const after = published.autonomousTool();
  const before = { ...after, rows: after.rows.filter((row) => !isChained(row)) };
  const words = { of: "change", base: "main" } as const;
  return [
    comparisonOf([before, after], { title: "handed on", ...words }),
    comparisonOf([after, before], { title: "no longer", ...words }),
  ];
}

test.each<[Format, string]>([
  ["text", "txt"],
  ["markdown", "md"],
  ["mermaid", "mermaid.md"],
])("%s", async (format, ending) => {
  await expect(render(stacks, format)).toMatchFileSnapshot(`chains/stacks.${ending}`);
  await expect(render(changes(), format)).toMatchFileSnapshot(`chains/changes.${ending}`);
});

test("json: the tokens of a chain, and of no other row", () => {
  const [, { rows }] = JSON.parse(render(stacks, "json")).environments;
  expect(rows.map(({ tokens }: { tokens?: unknown }) => tokens)).toEqual([
    undefined,
    undefined,
    [
      { holder: "CRM Agent", aud: "audience of Agent Gateway" },
      { holder: "Gateway Extension", sub: "crm-agent", act: "extension", aud: "audience of Supply Chain MCP Tool" },
    ],
  ]);
});

test("many chains are counted, and not all told", () => {
  const { rows, agents, people } = published.autonomousTool();
  const many = rows.filter(isChained).flatMap((row) =>
    Array.from({ length: 25 }, (_one, at) => {
      const client = { id: `crm-${at}`, name: `CRM ${at}` };
      return { ...row, subject: { is: "client" as const, ...client } };
    }),
  );
  const text = render([matrix("many", { rows: many, agents, people })], "text");
  expect(text.match(/shown as acting/g)).toHaveLength(20);
  expect(text).toContain("\n  5 more: --format json has all of them\n");
});
