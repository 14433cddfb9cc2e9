/** Journeys that the documentation asks for, as small graphs. Pure. */

import type { JourneyArgs } from "../../providers/aic/journey.ts";

type Graph = Pick<JourneyArgs, "description" | "entry" | "nodes">;

/** Seconds between two looks of the polling node at the answer, and milliseconds until a push message expires. */
const POLL_SECONDS = 5;
const MESSAGE_TIMEOUT = 120_000;

const platformUsername = { type: "ValidatedUsernameNode", displayName: "Platform Username" };

/** CIBA's minimum: Platform Username → Push Sender → Polling Wait ⇄ Push Result Verifier. */
const pushApproval: Graph = {
  description: "Asks the user on a registered device to approve what an agent wants to do",
  entry: "username",
  nodes: {
    username: { ...platformUsername, outcomes: { outcome: "push" } },
    push: {
      type: "PushAuthenticationSenderNode",
      displayName: "Push Sender",
      properties: { messageTimeout: MESSAGE_TIMEOUT, mandatory: true },
      outcomes: { SENT: "wait", NOT_REGISTERED: "failure" },
    },
    wait: {
      type: "PollingWaitNode",
      displayName: "Polling Wait",
      properties: { secondsToWait: POLL_SECONDS },
      outcomes: { DONE: "verify" },
    },
    verify: {
      type: "PushResultVerifierNode",
      displayName: "Push Result Verifier",
      outcomes: { TRUE: "success", FALSE: "failure", EXPIRED: "failure", WAITING: "wait" },
    },
  },
};

/** The minimum with which a user enrols a device. */
const pushRegistration: Graph = {
  description: "Registers a device for push messages",
  entry: "username",
  nodes: {
    username: { ...platformUsername, outcomes: { outcome: "password" } },
    password: { type: "ValidatedPasswordNode", displayName: "Platform Password", outcomes: { outcome: "decide" } },
    decide: {
      type: "IdentityStoreDecisionNode",
      displayName: "Identity Store Decision",
      outcomes: { TRUE: "register", FALSE: "failure", LOCKED: "failure", CANCELLED: "failure", EXPIRED: "failure" },
    },
    register: {
      type: "PushRegistrationNode",
      displayName: "Push Registration",
      outcomes: { SUCCESS: "success", FAILURE: "failure", TIMEOUT: "failure" },
    },
  },
};

/** Graph by the name of the pattern in the declaration. */
export const journeyPatterns = { "push-approval": pushApproval, "push-registration": pushRegistration } as const;
