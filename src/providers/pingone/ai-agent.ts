/** `pingone:AiAgent`: an AI agent, which PingOne keeps as an application of type `AI_AGENT` (pingone §1, §4). */

import { z } from "zod";
import { applicationBearings } from "../../drift/pingone/application-bearings.ts";
import { life } from "../../drift/shared-bearings.ts";
import { lifeInputs } from "../life.ts";
import { applicationInputs, applicationKind } from "./application-kind.ts";
import { applicationRules, wildcardRule } from "./application-rules.ts";

const schema = z.strictObject({ ...applicationInputs, ...lifeInputs }).check(...applicationRules, wildcardRule);

export const aiAgent = applicationKind({
  type: "pingone:AiAgent",
  inputs: schema.describe("An AI agent: an application of type `AI_AGENT`."),
  immutable: [{ tenant: "environmentId" }],
  drift: { noun: "agent", fields: { ...applicationBearings, ...life } },
  wireType: () => "AI_AGENT",
});
