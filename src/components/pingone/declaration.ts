/** The declaration schema of PingOne, with every setting that the resources know. */

import { z } from "zod";
import { pingOneDeclaration } from "../../declaration/pingone.ts";
import { checkRules } from "../../providers/pingone/application-rules.ts";
import { applicationSettings } from "../../providers/pingone/application-settings.ts";
import { iconSchema } from "../../providers/pingone/icon.ts";
import { resourceSettings } from "../../providers/pingone/resource.ts";
import { mapValues } from "../settings.ts";
import { agentSettings, applicationSettingsOf } from "./patterns.ts";

const declared = pingOneDeclaration({ ...applicationSettings, icon: iconSchema.optional() }, resourceSettings);

/** A checked PingOne declaration. */
export type PingOneDeclaration = z.infer<typeof declared>;
export type PingOneApplication = NonNullable<PingOneDeclaration["applications"]>[string];
export type PingOneAgent = NonNullable<PingOneDeclaration["agents"]>[string];

/** Rules between the fields of an application: they hold for what the patterns expand to. */
const rules = z.custom<Parameters<typeof checkRules>[0]>().superRefine(checkRules);

export const pingOneDeclarationSchema = declared.superRefine(({ applications = {}, agents = {} }, { addIssue }) => {
  const expanded = {
    applications: mapValues(applications, (_key, application) => applicationSettingsOf(application)),
    agents: mapValues(agents, (_key, agent) => agentSettings(agent)),
  };
  for (const [kind, clients] of Object.entries(expanded)) {
    for (const [key, settings] of Object.entries(clients)) {
      for (const { path, message } of rules.safeParse(settings).error?.issues ?? []) {
        addIssue({ code: "custom", path: [kind, key, ...path], message });
      }
    }
  }
});
