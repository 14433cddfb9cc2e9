/** A report that would be too large for a comment leaves out whole sections, and says which. */

import { describe, expect, test } from "vitest";
import { render } from "../../../src/reports/preview/render.ts";
import { FRAME, planWith, previewFrom, step } from "./support.ts";

const AGENTS = 100;
const ids = Array.from({ length: AGENTS }, (_agent, index) => `agent-${String(index).padStart(3, "0")}`);

/** Hundred agents with a privilege each: twice as many resources, and as many again that change. */
const declaration = (scopes: string) =>
  [
    "platform: aic\nrealm: alpha\ntier: development\napplications:",
    "  shop: { name: Shop, type: web, scopes: [openid, read, write] }\nagents:",
    ...ids.map(
      (id) => `  ${id}: { name: ${id}, pattern: autonomous, access: [{ application: shop, scopes: [${scopes}] }] }`,
    ),
    "",
  ].join("\n");

const component = (id: string) => `urn:pulumi:dev::ping-agents::ping-agents:aic:DeclaredAgent::${id}`;
const steps = ids.flatMap((id) => {
  const urn = (kind: string, name: string) =>
    `urn:pulumi:dev::ping-agents::ping-agents:aic:DeclaredAgent$pulumi-nodejs:dynamic/${kind}::${name}`;
  return [
    step("aic:AiAgent", id, {
      urn: urn("aic:AiAgent", id),
      parent: component(id),
      before: { name: id, description: "x" },
      after: {
        name: id,
        description: "a description that is longer than it has to be, so that a plan of many resources becomes large",
      },
    }),
    step("aic:AgentPrivilege", `${id}/shop`, {
      ...{ urn: urn("aic:AgentPrivilege", `${id}/shop`), parent: component(id) },
      ...{ before: { scopes: ["read"] }, after: { scopes: ["read", "write"] } },
    }),
    ...["one", "two"].map((name) =>
      step("aic:CibaKey", `${id}-${name}`, { operation: "delete", after: undefined, before: { name } }),
    ),
  ];
});
const preview = previewFrom("dev", {
  before: declaration("read"),
  after: declaration("read, write"),
  plan: planWith(steps),
});

describe(`${steps.length} resources`, () => {
  const page = render([preview], "markdown", FRAME);

  test("the comment is on record", async () => {
    await expect(page).toMatchFileSnapshot("recorded/400-resources.md");
  });

  test("it is below its limit, and no list of it is cut", () => {
    expect(Buffer.byteLength(page)).toBeLessThanOrEqual(60_000);
    expect(page).toContain("Left out, since a comment has an end: The plan (");
    expect(page.match(/may now \*write\*/g)).toHaveLength(AGENTS);
    expect(page.match(/\*\*delete\*\*/g)).toHaveLength(2 * AGENTS);
    expect(page.split("<details>")).toHaveLength(page.split("</details>").length);
    expect(page).not.toContain("\n```");
  });

  test("a terminal gets all of it", () => {
    const text = render([preview], "text", FRAME);
    expect(text).not.toContain("Left out");
    expect(text.match(/update aic:AiAgent/g)).toHaveLength(AGENTS);
  });

  test("what is left at last is the verdict, and what is missing", () => {
    const environments = ids.slice(0, 25).map((environment) => ({ ...preview, environment }));
    const small = render(environments, "markdown", FRAME);
    expect(Buffer.byteLength(small)).toBeLessThanOrEqual(60_000);
    expect(small.match(/^access: 100 agents more; resources: /gm)).toHaveLength(25);
    expect(small).toContain("Access gained (100 lines)");
  });
});
