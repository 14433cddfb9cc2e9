/** The IDM identity of an AI agent, which lives and dies with its AM profile (aic §2). */

import type { AmDocument } from "../../admin-api/aic/am.ts";
import type { IdmObject } from "../../admin-api/aic/idm.ts";
import { isRecord } from "../../admin-api/http/json.ts";
import type { Properties } from "../pulumi-values.ts";
import { unwrap } from "./attributes.ts";
import { managed } from "./relations.ts";

/** An agent as both see it. */
export type AgentPair = {
  readonly document: AmDocument;
  /** Missing when somebody deleted it by hand. */
  readonly identity: IdmObject | undefined;
};

/** What is read of an identity. */
export const IDENTITY_FIELDS = ["_id", "name", "description", "customAttributes", "oauth2ClientId", "owners"];

/** The collection of a realm's identities. */
export const identities = (realm: string) => managed(realm, "aiagent");

/** The identity's attributes that the AM profile carries along. */
export const identityOf = (document: AmDocument): Properties => {
  const attributes = unwrap(document.aiAgentIdentityAttributes);
  return isRecord(attributes) ? attributes : {};
};

/** The UUID of an agent's identity. */
export const identityId = (document: AmDocument) =>
  String(unwrap(document.aiAgentIdentityUid) ?? identityOf(document)._id);
