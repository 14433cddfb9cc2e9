/** `pingone:Application`: an OpenID Connect application that is no agent (pingone §4). */

import { z } from "zod";
import { applicationBearings } from "../../drift/pingone/application-bearings.ts";
import { identity } from "../../drift/shared-bearings.ts";
import { applicationType } from "../../fields/pingone.ts";
import { applicationInputs, applicationKind } from "./application-kind.ts";
import { applicationRules, wildcardRule } from "./application-rules.ts";

/** PingOne's types by our words. */
const TYPES: Readonly<Record<z.infer<typeof applicationType>, string>> = {
  web: "WEB_APP",
  native: "NATIVE_APP",
  spa: "SINGLE_PAGE_APP",
  service: "SERVICE",
  custom: "CUSTOM_APP",
};

const schema = z
  .strictObject({
    ...applicationInputs,
    type: applicationType.describe("Kind of application, as in the console"),
  })
  .check(...applicationRules, wildcardRule);

export const application = applicationKind({
  type: "pingone:Application",
  inputs: schema.describe("An OpenID Connect application that is no agent."),
  immutable: [{ tenant: "environmentId" }, "type"],
  drift: {
    noun: "application",
    fields: { ...applicationBearings, type: identity },
  },
  wireType: ({ type }) => TYPES[type],
  fromWireType: (wireType) => ({
    type: Object.entries(TYPES).find(([, name]) => name === wireType)?.[0] ?? wireType,
  }),
});
