/** The declaration schema of PingOne: its grammar, and the rules between fields, which hold for what the patterns expand to. */

import { z } from "zod";
import { checkRules } from "../../providers/pingone/application-rules.ts";
import { mapValues } from "../settings.ts";
import { pingOneGrammar } from "./declaration.ts";
import { agentSettings, applicationSettingsOf } from "./patterns.ts";

const rules = z.custom<Parameters<typeof checkRules>[0]>().superRefine(checkRules);

export const pingOneDeclarationSchema = pingOneGrammar.superRefine(
  ({ applications = {}, agents = {} }, { addIssue }) => {
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
  },
);
