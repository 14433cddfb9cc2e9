/** `pingone:Application`: an OpenID Connect application that is no agent (pingone §4). */

import { z } from "zod";
import { applicationInputs, applicationKind } from "./application-kind.ts";
import { checkRules } from "./application-rules.ts";

/** Our words, those of AIC's templates, for PingOne's types. Workers are not for agents (pingone §1). */
const TYPES = {
  web: "WEB_APP",
  native: "NATIVE_APP",
  spa: "SINGLE_PAGE_APP",
  service: "SERVICE",
  custom: "CUSTOM_APP",
} as const;

const schema = z
  .strictObject({
    ...applicationInputs,
    /** Cannot be changed later. */
    type: z.enum(Object.keys(TYPES) as [keyof typeof TYPES]),
  })
  .superRefine(checkRules);

export const application = applicationKind({
  type: "pingone:Application",
  inputs: schema,
  immutable: ["environmentId", "type"],
  wireType: ({ type }) => TYPES[type],
  fromWireType: (wireType) => ({
    type: Object.entries(TYPES).find(([, name]) => name === wireType)?.[0] ?? wireType,
  }),
});
