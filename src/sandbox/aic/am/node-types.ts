/** The node types that this tenant knows: name, outcomes, properties with their defaults (aic §7.2). */
import { type JsonObject, typeName } from "../../json.ts";
import { DONE, type Outcomes, UNRECORDED, YES_NO } from "./unrecorded-node-types.ts";

export type NodeType = {
  readonly name: string;
  /** Default of each property; undefined for those that have none. */
  readonly properties: JsonObject;
  /** Set where no recording shows the type: the outcomes that a body brings are believed. */
  readonly assumed?: true;
  /** Display name of each outcome id. */
  readonly outcomes: Outcomes | ((node: JsonObject) => Outcomes);
};

/** Properties that version 2.0 of a type has beside those of 1.0. */
const SECOND_VERSION: Readonly<Record<string, JsonObject>> = {
  ValidatedUsernameNode: { prepopulate: false },
};

const RECORDED: Readonly<Record<string, NodeType>> = {
  ValidatedUsernameNode: {
    name: "Platform Username",
    properties: { usernameAttribute: "userName", validateInput: false, autocompleteValues: [] },
    outcomes: DONE,
  },
  UsernameCollectorNode: { name: "Username Collector", properties: {}, outcomes: DONE },
  PushAuthenticationSenderNode: {
    name: "Push Sender",
    properties: {
      messageTimeout: 120000,
      pushType: "DEFAULT",
      mandatory: false,
      captureFailure: false,
      contextInfo: false,
      userMessage: {},
      customPayload: [],
    },
    outcomes: ({ mandatory, captureFailure }) => ({
      SENT: "Sent",
      NOT_REGISTERED: "Not Registered",
      ...(mandatory === false && { SKIPPED: "Skipped" }),
      ...(captureFailure === true && { FAILURE: "Failure" }),
    }),
  },
  PushResultVerifierNode: {
    name: "Push Result Verifier Node",
    properties: {},
    outcomes: { TRUE: "Success", FALSE: "Failure", EXPIRED: "Expired", WAITING: "Waiting" },
  },
  PollingWaitNode: {
    name: "Polling Wait Node",
    properties: {
      secondsToWait: 8,
      exitable: false,
      spamDetectionEnabled: false,
      spamDetectionTolerance: 3,
      waitingMessage: {},
      exitMessage: {},
    },
    outcomes: ({ exitable, spamDetectionEnabled }) => ({
      DONE: "Done",
      ...(exitable === true && { EXITED: "Exited" }),
      ...(spamDetectionEnabled === true && { SPAM: "Spam" }),
    }),
  },
  RetryLimitDecisionNode: {
    name: "Retry Limit Decision",
    properties: { retryLimit: 3, incrementUserAttributeOnFailure: true },
    outcomes: { Retry: "Retry", Reject: "Reject" },
  },
  SetStateNode: { name: "Set State", properties: { attributes: {} }, outcomes: DONE },
  CreateObjectNode: {
    name: "Create Object",
    properties: { identityResource: undefined },
    outcomes: { CREATED: "Created", FAILURE: "Failed" },
  },
  InnerTreeEvaluatorNode: {
    name: "Inner Tree Evaluator",
    properties: { tree: undefined, displayErrorOutcome: false },
    outcomes: ({ displayErrorOutcome }) => ({ ...YES_NO, ...(displayErrorOutcome === true && { error: "Error" }) }),
  },
  ScriptedDecisionNode: {
    name: "Scripted Decision",
    properties: { script: undefined, outcomes: [], inputs: ["*"], outputs: ["*"] },
    outcomes: ({ outcomes }) =>
      Object.fromEntries(Array.isArray(outcomes) ? outcomes.map((id) => [String(id), String(id)]) : []),
  },
  AttributeCollectorNode: {
    name: "Attribute Collector",
    properties: { attributesToCollect: [], identityAttribute: "userName", required: false, validateInputs: false },
    outcomes: DONE,
  },
  PageNode: {
    name: "Page Node",
    properties: { nodes: [], pageDescription: {}, pageHeader: {}, stage: undefined },
    outcomes: DONE,
  },
  IdentifyExistingUserNode: {
    name: "Identify Existing User",
    properties: { identifier: undefined, identityAttribute: "mail" },
    outcomes: YES_NO,
  },
};

const TYPES: Readonly<Record<string, NodeType>> = {
  ...RECORDED,
  ...Object.fromEntries(Object.entries(UNRECORDED).map(([id, type]) => [id, { ...type, assumed: true as const }])),
};

/** Names of all types that this tenant knows, by id. */
export function knownTypes(): { id: string; name: string }[] {
  return Object.entries(TYPES).map(([id, { name }]) => ({ id, name }));
}

/** A type with the properties of a version; undefined when this tenant does not know it. */
export function nodeType(id: string, version: string): NodeType | undefined {
  const type = Object.hasOwn(TYPES, id) ? TYPES[id] : undefined;
  if (!type) return undefined;
  const added = version === "1.0" ? {} : SECOND_VERSION[id];
  return added && { ...type, properties: { ...type.properties, ...added } };
}

/** The outcomes of a node, as its `_outcomes`. */
export function outcomesOf({ outcomes }: NodeType, node: JsonObject): JsonObject[] {
  const all = typeof outcomes === "function" ? outcomes(node) : outcomes;
  return Object.entries(all).map(([id, displayName]) => ({ id, displayName }));
}

/** JSON schema of a type, in AM's form. */
export function schemaOf({ properties }: NodeType): JsonObject {
  const described = Object.entries(properties).map(([name, value], index) => [name, describe(name, value, index)]);
  return { type: "object", properties: Object.fromEntries(described), required: Object.keys(properties) };
}

function describe(name: string, value: unknown, index: number): JsonObject {
  const title = name.replace(/([A-Z])/g, " $1").replace(/^./, (letter) => letter.toUpperCase());
  const type = value === undefined ? "string" : typeName(value);
  return {
    title,
    description: title,
    propertyOrder: (index + 1) * 100,
    ...(type === "array" && { items: { type: "string" } }),
    type,
    exampleValue: "",
    ...(value !== undefined && { default: value }),
  };
}
