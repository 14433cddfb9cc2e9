/** What decides about access in a realm of Advanced Identity Cloud, whether it is declared or read. Pure. */

import { CIBA, DEVICE_CODE, TOKEN_EXCHANGE } from "../../fields/grant-types.ts";
import type { People } from "../people.ts";
import type { Party, Place } from "../row.ts";

/** Access of an agent to an application (aic §3). */
export type PrivilegeFacts = {
  /** Client id. */
  readonly application: string;
  readonly scopes: "all" | readonly string[];
  /** User names. With neither users nor groups the agent acts for itself. */
  readonly subjects: readonly string[];
  /** Group names. */
  readonly subjectGroups: readonly string[];
  /** UUID of the privilege. */
  readonly id: string;
  /** Where a scope is declared. @default nowhere */
  readonly placeOf?: ((scope: string) => Place) | undefined;
};

/** An AI agent, or a custom application that acts as one. */
export type AgentFacts = Party & {
  /** An application that people sign in to is no agent in that, so that its logins are no rows. */
  readonly is: "agent" | "application";
  readonly enabled: boolean;
  /** As in a token request. */
  readonly grantTypes: readonly string[];
  /** Scopes of its own. */
  readonly scopes: readonly string[];
  readonly privileges: readonly PrivilegeFacts[];
  readonly placeOf?: ((scope: string) => Place) | undefined;
  /** The client that its may-act script names, which may exchange its tokens then (delegation §1.5). @default nobody */
  readonly mayAct?: string | undefined;
  /** Id of a may-act script of another wording, whoever it names; or of one that is not there. @default none */
  readonly unreadScript?: string | undefined;
  /** Where its scripts are declared, as a path of the declaration. @default nowhere */
  readonly path?: readonly PropertyKey[] | undefined;
  /** What its script makes `aud` of its own tokens. @default its client id */
  readonly audience?: string | undefined;
  /** What it may exchange tokens of others for, all its scopes at each: `allowedResourceServerAudienceValues`. @default nothing */
  readonly audiences?: readonly string[] | undefined;
  /** Which tokens, audiences and scopes are declared together; the tenant does not know (delegation §2.2). @default all of them */
  readonly delegates?: readonly DelegateFacts[] | undefined;
};

/** An entry of `delegates`. */
export type DelegateFacts = {
  /** Client id: whose tokens. */
  readonly with: string;
  readonly audience: string;
  readonly scopes: readonly string[];
  readonly placeOf?: ((scope: string) => Place) | undefined;
};

/** What decides about access in a realm. */
export type AicFacts = {
  readonly agents: readonly AgentFacts[];
  /** Applications that do not act as agents, and whose tokens a script lets others exchange. @default none */
  readonly sources?: readonly AgentFacts[] | undefined;
  /** Applications by client id; scopes are undefined where nobody says them. */
  readonly applications: ReadonlyMap<string, { readonly name: string; readonly scopes: readonly string[] | undefined }>;
  readonly people: People;
};

/** Grants by which users sign in at a client. */
export const LOGIN: readonly string[] = ["authorization_code", "implicit", "password", DEVICE_CODE];

/** Grants that bring an application users who were not asked for this token, and so make it an agent. */
const ACTS: readonly string[] = [CIBA, TOKEN_EXCHANGE];

/** Whether an application acts as an agent: it asks users for approval, or exchanges tokens of theirs. */
export const actsAsAgent = (grantTypes: readonly string[]): boolean => grantTypes.some((type) => ACTS.includes(type));
