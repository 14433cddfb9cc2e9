/** What the kinds of AIC say about drift. Pure. */

import { type Bearings, credential, guard, label, limit, reach } from "../bearing.ts";
import { identity, life, text, undeclared } from "../common.ts";
import type { DriftKinds } from "../kind.ts";
import { oauth2Settings } from "./oauth2-settings.ts";

const realm = { realm: identity } satisfies Bearings;
const client: Bearings = {
  ...realm,
  clientId: identity,
  ...oauth2Settings,
  addedGrantTypes: label("the note of the realm's grant types is another one"),
};
const owners = reach("further people may manage it", "fewer people may manage it");

export const aicDrift: DriftKinds = {
  "aic:AiAgent": {
    noun: "agent",
    fields: {
      ...client,
      ...text,
      ...life,
      owners,
      customAttributes: { "*": guard("scripts and policies that decide by its attributes may decide otherwise") },
      undeclared,
    },
  },
  "aic:AgentPrivilege": {
    noun: "privilege",
    fields: {
      ...realm,
      description: label(),
      agent: guard("the privilege is another agent's"),
      agentIdentityId: guard("the privilege is another agent's"),
      application: guard("the agent reaches another application"),
      applicationId: guard("the agent reaches another application"),
      scopes: reach("the agent may get further scopes", "the agent may get fewer scopes", { empty: "most" }),
      // Without a person and a group the agent acts for itself.
      subjects: reach("the agent may act for further people", "the agent may act for fewer people", { empty: "most" }),
      subjectGroups: reach("the agent may act for further groups", "the agent may act for fewer groups"),
    },
  },
  "aic:OAuth2Client": { noun: "client", fields: client },
  "aic:Application": {
    noun: "application",
    field: ([key = "", ...rest]) => [key === "template" ? "type" : key, ...rest],
    fields: {
      ...realm,
      ...text,
      clientId: guard("what reaches the application gets tokens for another client"),
      template: label("the console shows another kind of application"),
      templateVersion: label("the console shows another kind of application"),
      url: label(),
      icon: label(),
      owners,
    },
  },
  "aic:ProviderBaseline": { noun: "baseline", fields: realm },
  "aic:GrantTypes": {
    noun: "OAuth2 provider",
    fields: {
      ...realm,
      grantTypes: reach(
        "the realm offers further ways to get tokens",
        "the realm offers fewer ways: what needs them fails",
      ),
    },
  },
  "aic:AcrMapping": {
    noun: "acr mapping",
    field: () => [],
    fields: {
      ...realm,
      acr: identity,
      journey: guard("this acr value starts another journey: users approve in another way"),
    },
    gone: { class: "weakened", means: "this acr value starts no journey: users sign on in another way" },
  },
  "aic:Journey": {
    noun: "journey",
    fields: {
      ...realm,
      ...text,
      enabled: reach("it can be run, although it is declared as switched off", "nobody can run it"),
      innerTreeOnly: limit("it can be run by itself", "it runs inside of other journeys only"),
      mustRun: limit("it is passed over where there is a session", "it runs also where there is a session"),
      noSession: limit("it ends with a session", "it ends without a session"),
      transactionalOnly: limit("it runs also without a transaction", "it runs for transactions only"),
      identityResource: guard("it looks for users elsewhere"),
      entry: guard("it begins with another step: users sign on in another way"),
      nodes: { "*": guard("a step of it is another one: users sign on in another way") },
    },
  },
  "aic:CibaKey": {
    noun: "key",
    fields: {},
    gone: { class: "replaced", means: "the key is gone from the state" },
  },
  "aic:EsvSecret": {
    noun: "secret",
    fields: {
      secretId: identity,
      value: credential(
        "the secret is another one: what signs in by the old one fails, whoever has the new one does not",
      ),
      description: label(),
      encoding: guard("the secret is read in another way"),
      useInPlaceholders: guard("the secret is read in another way"),
    },
  },
  "aic:EsvVariable": {
    noun: "variable",
    fields: {
      variableId: identity,
      value: guard("what reads the variable gets another value"),
      description: label(),
      expressionType: guard("the variable is read in another way"),
    },
  },
  "aic:SecretLabel": {
    noun: "secret label",
    fields: { ...realm, label: identity, secretId: credential("another secret signs in as this client") },
    gone: { class: "replaced", means: "the label leads to no secret: the client cannot sign in" },
  },
  "aic:Script": {
    noun: "script",
    fields: {
      ...realm,
      ...text,
      context: guard("the script runs for something else"),
      language: guard("the script is read in another way"),
      script: guard("the script does something else"),
    },
  },
  "aic:User": {
    noun: "user",
    fields: {
      ...realm,
      userName: identity,
      givenName: label(),
      sn: label(),
      mail: guard("messages go to another address"),
    },
  },
  "aic:Group": {
    noun: "group",
    fields: {
      ...realm,
      ...text,
      members: reach("agents may act for further people", "agents may act for fewer people"),
    },
  },
};
