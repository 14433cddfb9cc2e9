/** What the comment on a pull request says of tokens that may be handed on from now, or no longer: whole pages, beside this file. */

import { expect, test } from "vitest";
import { render } from "../../../src/reports/preview/render.ts";
import { labelsOf } from "../../../src/reports/preview/report.ts";
import { FRAME, planWith, previewFrom, step } from "./support.ts";

/** An agent's token for a gateway, which the gateway's extension exchanges for a tool where `may_act` names it. */
const declaration = (sources: string) => `platform: pingone
resources:
  portal: { name: Portal API, audience: portal, scopes: { use: "" } }
  gateway: { name: Agent Gateway, audience: gateway, scopes: { "supply-chain:restock": "" } }
  tool: { name: Supply Chain MCP Tool, audience: tool, scopes: { "supply-chain:restock": "" } }
agents:
  crm-agent:
    name: CRM Agent
    pattern: autonomous
    owners: [demo.owner]
    access: [{ resource: gateway, scopes: ["supply-chain:restock"] }]
  extension:
    name: Gateway Extension
    pattern: on-behalf-of
    owners: [demo.owner]
    actsForUsersOf: ${sources}
    access: [{ resource: tool, scopes: ["supply-chain:restock"] }]
`;
const [without, handedOn] = [declaration("[portal]"), declaration("[portal, gateway]")];

const plan = planWith([step("pingone:Application", "extension")]);

test.each([
  ["handed-on", without, handedOn, "more-access"],
  ["no-longer-handed-on", handedOn, without, "less-access"],
])("%s", async (name, before, after, label) => {
  const previews = [previewFrom("pingone-dev", { before, after, plan })];
  await expect(render(previews, "markdown", FRAME)).toMatchFileSnapshot(`recorded/${name}.md`);
  await expect(render(previews, "text", FRAME)).toMatchFileSnapshot(`recorded/${name}.txt`);
  expect(labelsOf(previews)).toContain(`ping-agents/${label}`);
});
