/**
 * Node types that no recording shows: properties and outcomes as AM's documentation and its ancestor's sources have them
 * (aic §7.2). Where a body brings outcomes of such a type, these are believed.
 */
import type { JsonObject } from "../../json.ts";

/** Display name of each outcome id. */
export type Outcomes = Readonly<Record<string, string>>;

type UnrecordedType = {
  readonly name: string;
  /** Default of each property; undefined for those that have none. */
  readonly properties: JsonObject;
  readonly outcomes: Outcomes | ((node: JsonObject) => Outcomes);
};

export const DONE: Outcomes = { outcome: "Outcome" };
export const YES_NO: Outcomes = { true: "True", false: "False" };

const SOCIAL_PROVIDER = { script: undefined, usernameAttribute: "userName", clientType: "BROWSER", storeTokens: false };
const SOCIAL_ACCOUNT: Outcomes = { ACCOUNT_EXISTS: "Account exists", NO_ACCOUNT: "No account exists" };

export const UNRECORDED: Readonly<Record<string, UnrecordedType>> = {
  AcceptTermsAndConditionsNode: { name: "Accept Terms and Conditions", properties: {}, outcomes: DONE },
  AttributePresentDecisionNode: {
    name: "Attribute Present Decision",
    properties: { presentAttribute: "password", identityAttribute: "userName" },
    outcomes: YES_NO,
  },
  ChoiceCollectorNode: {
    name: "Choice Collector",
    properties: { choices: [], defaultChoice: undefined, prompt: undefined },
    outcomes: ({ choices }) =>
      Object.fromEntries(Array.isArray(choices) ? choices.map((choice) => [String(choice), String(choice)]) : []),
  },
  ConsentNode: { name: "Consent Collector", properties: { allRequired: false, message: {} }, outcomes: DONE },
  DataStoreDecisionNode: { name: "Data Store Decision", properties: {}, outcomes: YES_NO },
  EmailSuspendNode: {
    name: "Email Suspend Node",
    properties: { emailTemplateName: undefined, emailAttribute: "mail", emailSuspendMessage: {}, objectLookup: false },
    outcomes: DONE,
  },
  IdentityStoreDecisionNode: {
    name: "Identity Store Decision",
    properties: {
      minimumPasswordLength: 8,
      mixedCaseForPasswordChangeMessages: false,
      useUniversalIdForUsername: true,
    },
    outcomes: { TRUE: "True", FALSE: "False", LOCKED: "Locked", CANCELLED: "Cancelled", EXPIRED: "Expired" },
  },
  IncrementLoginCountNode: {
    name: "Increment Login Count",
    properties: { identityAttribute: "userName" },
    outcomes: DONE,
  },
  KbaCreateNode: {
    name: "KBA Definition",
    properties: { message: {}, allowUserDefinedQuestions: true },
    outcomes: DONE,
  },
  MessageNode: {
    name: "Message Node",
    properties: { message: {}, messageYes: {}, messageNo: {}, stateField: undefined },
    outcomes: YES_NO,
  },
  PasswordCollectorNode: { name: "Password Collector", properties: {}, outcomes: DONE },
  PatchObjectNode: {
    name: "Patch Object",
    properties: {
      patchAsObject: false,
      ignoredFields: [],
      identityResource: undefined,
      identityAttribute: "userName",
    },
    outcomes: { PATCHED: "Patched", FAILURE: "Failed" },
  },
  PushRegistrationNode: {
    name: "Push Registration",
    properties: {
      issuer: "ForgeRock",
      accountName: "USERNAME",
      timeout: 60,
      bgColor: "032b75",
      imgUrl: "",
      generateRecoveryCodes: true,
      scanQRCodeMessage: {},
    },
    outcomes: { SUCCESS: "Success", FAILURE: "Failure", TIMEOUT: "Time Out" },
  },
  RequiredAttributesDecisionNode: {
    name: "Required Attributes Present",
    properties: { identityResource: undefined },
    outcomes: YES_NO,
  },
  SelectIdPNode: {
    name: "Select Identity Provider",
    properties: {
      includeLocalAuthentication: true,
      offerOnlyExisting: false,
      passwordAttribute: "password",
      identityAttribute: "mail",
      filteredProviders: [],
    },
    outcomes: ({ includeLocalAuthentication }) => ({
      socialAuthentication: "Social Authentication",
      ...(includeLocalAuthentication !== false && { localAuthentication: "Local Authentication" }),
    }),
  },
  SocialProviderHandlerNode: {
    name: "Social Provider Handler Node",
    properties: SOCIAL_PROVIDER,
    outcomes: SOCIAL_ACCOUNT,
  },
  SocialProviderHandlerNodeV2: {
    name: "Social Provider Handler Node",
    properties: SOCIAL_PROVIDER,
    outcomes: { ...SOCIAL_ACCOUNT, SOCIAL_AUTH_INTERRUPTED: "Social authentication interrupted" },
  },
  ValidatedPasswordNode: {
    name: "Platform Password",
    properties: { passwordAttribute: "password", validateInput: false, autocompleteValues: [] },
    outcomes: DONE,
  },
};
