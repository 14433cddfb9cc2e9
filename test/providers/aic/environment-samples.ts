/** The AIC kinds of keys, ESVs, secret labels and demo identities by example. */

import { withMark } from "../../../src/providers/owner.ts";
import type { LocalAic } from "../../support/aic.ts";
import { hands } from "../../support/hands.ts";
import type { KindSample } from "../../support/kind-suite.ts";
import { OWNER } from "../../support/properties.ts";

const realm = "alpha";

export const environmentSamples: readonly KindSample<LocalAic>[] = [
  {
    type: "aic:CibaKey",
    calls: { create: 0, update: 0, delete: 0 },
    left: { name: "support-agent", overlap: true },
    inputs: { name: "support-agent" },
    changed: { name: "support-agent", rotation: "2026-11", overlap: true },
  },
  {
    type: "aic:EsvSecret",
    owner: "named",
    calls: { create: 4, update: 5, delete: 3 },
    inputs: {
      secretId: "esv-support-agent-secret",
      value: "first value",
      description: "Of the support agent",
      useInPlaceholders: false,
    },
    changed: { secretId: "esv-support-agent-secret", value: "second value", useInPlaceholders: false },
    byHand: {
      change: ({ admin }) =>
        admin.environment.setSecretDescription("esv-support-agent-secret", withMark("Changed", OWNER)),
      differs: ["description"],
    },
    foreign: {
      make: async ({ admin }) => {
        const body = {
          valueBase64: "eA==",
          description: "Mine",
          encoding: "generic",
          useInPlaceholders: false,
        } as const;
        await admin.environment.createSecret("esv-support-agent-secret", body);
      },
      differs: ["description"],
    },
  },
  {
    type: "aic:EsvVariable",
    owner: "named",
    calls: { create: 3, update: 3, delete: 3 },
    inputs: { variableId: "esv-support-url", value: "https://support.example.com", description: "Where the desk is" },
    changed: { variableId: "esv-support-url", value: "https://help.example.com" },
    byHand: {
      change: async ({ admin }) => {
        const body = {
          valueBase64: "eA==",
          description: withMark("Changed", OWNER),
          expressionType: "string",
        } as const;
        await admin.environment.putVariable("esv-support-url", body);
      },
      differs: ["value", "description"],
    },
    foreign: {
      make: async ({ admin }) => {
        const body = { valueBase64: "eA==", description: "Mine", expressionType: "string" } as const;
        await admin.environment.putVariable("esv-support-url", body);
      },
      differs: ["value", "description"],
    },
  },
  {
    type: "aic:SecretLabel",
    calls: { create: 3, update: 5, delete: 5 },
    inputs: { realm, label: "am.applications.oauth2.client.support.secret", secretId: "esv-support-agent-secret" },
    changed: { realm, label: "am.applications.oauth2.client.support.secret", secretId: "esv-other-secret" },
    byHand: {
      change: async ({ admin }) => {
        const label = "am.applications.oauth2.client.support.secret";
        await admin.am(realm).secretMappings.put(label, { _id: label, secretId: label, aliases: ["esv-wrong"] });
      },
      differs: ["secretId"],
    },
    foreign: {
      make: async ({ admin }) => {
        const label = "am.applications.oauth2.client.support.secret";
        await admin.am(realm).secretMappings.put(label, { _id: label, secretId: label, aliases: ["esv-mine"] });
      },
      differs: ["secretId"],
    },
  },
  {
    type: "aic:User",
    owner: "told",
    calls: { create: 4, update: 3, delete: 3 },
    inputs: {
      realm,
      userName: "jo.demo",
      givenName: "Jo",
      sn: "Demo",
      mail: "jo@example.com",
      password: "Passw0rd-of-jo",
    },
    changed: {
      realm,
      userName: "jo.demo",
      givenName: "Joanna",
      sn: "Demo",
      mail: "jo@example.com",
      password: "0ther-Passw0rd",
    },
    byHand: {
      change: (tenant) => hands(tenant).managed("user", "userName", "jo.demo", { sn: "Changed" }),
      differs: ["sn"],
    },
  },
  {
    type: "aic:Group",
    owner: "named",
    calls: { create: 4, update: 4, delete: 3 },
    inputs: { realm, name: "testers", description: "Test", members: ["end.user"] },
    changed: { realm, name: "testers", members: ["barbara.jensen", "demo.owner"] },
    byHand: {
      change: (tenant) => hands(tenant).managed("group", "name", "testers", { members: [] }),
      differs: ["members"],
    },
    foreign: {
      make: async ({ admin }) =>
        void (await admin.idm.create(`managed/${realm}_group`, "testers", { _id: "testers", name: "testers" })),
      differs: ["members", "description"],
    },
  },
];
