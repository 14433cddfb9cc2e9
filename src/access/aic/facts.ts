/** What decides about access in a realm of Advanced Identity Cloud, whether it is declared or read. Pure. */

import { CIBA, TOKEN_EXCHANGE } from "../../fields/grant-types.ts";
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
};

/** What decides about access in a realm. */
export type AicFacts = {
  readonly agents: readonly AgentFacts[];
  /** Applications by client id; scopes are undefined where nobody says them. */
  readonly applications: ReadonlyMap<string, { readonly name: string; readonly scopes: readonly string[] | undefined }>;
  readonly people: People;
};

/** Grants that bring an application users who were not asked for this token, and so make it an agent. */
const ACTS: readonly string[] = [CIBA, TOKEN_EXCHANGE];

/** Whether an application acts as an agent: it asks users for approval, or exchanges tokens of theirs. */
export const actsAsAgent = (grantTypes: readonly string[]): boolean => grantTypes.some((type) => ACTS.includes(type));
