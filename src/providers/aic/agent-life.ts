/**
 * The life of an AI agent on AIC: custom attributes of its identity that are the kit's own, and the status of its profile
 * (delegation §8, decision 0012). An identity has no status, so that of the profile alone switches an agent off (oauth-flows §2).
 */

import { z } from "zod";
import type { AicTenant } from "../../admin-api/aic/tenant.ts";
import { isRecord } from "../../admin-api/http/json.ts";
import { isOwnAttribute } from "../../fields/aic.ts";
import { get } from "../fields.ts";
import type { Life } from "../life.ts";
import { isOfStack, markIn, type Owner, releasedText, withoutMark } from "../owner.ts";
import type { Properties } from "../pulumi-values.ts";
import { type AgentPair, IDENTITY_FIELDS, identities, identityId, identityOf } from "./agent-identity.ts";
import { encodeSections, unwrap } from "./attributes.ts";
import { released } from "./client-mark.ts";
import type { AicContext } from "./context.ts";
import { replacements } from "./managed-kind.ts";
import { managed } from "./relations.ts";

/** Custom attributes that say something of a life. Other names of the kit, if there ever are any, are hidden as well. */
const NAMES = { sponsor: "pingAgentsSponsor", expires: "pingAgentsExpires", stopped: "pingAgentsStopped" } as const;

/** The custom attributes of an agent, as the identity has them, else as the profile carries them along. */
export const attributesOf = ({ document, identity }: AgentPair): unknown =>
  (identity ?? identityOf(document)).customAttributes;

/** The life in custom attributes. */
export function lifeIn(attributes: unknown): Life {
  const found = Object.entries(NAMES).flatMap(([key, name]) => {
    const value = isRecord(attributes) ? attributes[name] : undefined;
    return value === undefined || value === null ? [] : [[key, String(value)]];
  });
  return Object.fromEntries(found);
}

/**
 * The custom attributes that are not the kit's own.
 *
 * @param declared tells none from an empty map where nothing but the kit's own is there
 */
export function otherAttributes(attributes: unknown, declared?: Properties): Properties | undefined {
  if (!isRecord(attributes)) return undefined;
  const others = Object.entries(attributes).filter(([name]) => !isOwnAttribute(name));
  const isOwnAlone = others.length === 0 && Object.keys(attributes).length > 0;
  return isOwnAlone ? declared && {} : Object.fromEntries(others);
}

/** Custom attributes with a life among them; null where there are none. */
export function withLife(others: Properties | undefined, life: Life): Properties | null {
  const own = Object.entries(NAMES).flatMap(([key, name]) => {
    const value = life[key as keyof Life];
    return value === undefined ? [] : [[name, value]];
  });
  return others === undefined && own.length === 0 ? null : { ...others, ...Object.fromEntries(own) };
}

/** What of an agent is changed, where all else stays as it is. */
type Touch = {
  readonly enabled?: boolean;
  readonly life?: Life;
  /** Who lets it go. */
  readonly released?: Owner;
};

const NO_FIELDS = z.strictObject({});
const CORE = "coreOAuth2ClientConfig";

/**
 * Writes an agent as it is, but for one thing. Status and life go in one call: neither is ever there without the other, but where
 * AM does not pass on the attributes (aic §2.4, inferred), which are then patched.
 */
export async function touchAgent(tenant: AicTenant, realm: string, live: AgentPair, touch: Touch): Promise<void> {
  const { document } = live;
  const sections = encodeSections(NO_FIELDS, {}, undefined, document);
  const status = touch.enabled === undefined ? {} : { status: touch.enabled ? "Active" : "Inactive" };
  const uid = identityId(document);
  const { _rev, ...known } = identityOf(document);
  const attributes = attributesOf(live);
  const customAttributes = touch.life && withLife(otherAttributes(attributes), touch.life);
  await tenant.am(realm).put("AIAgent", document._id, {
    ...sections,
    ...(touch.released && released(sections.advancedOAuth2ClientConfig as Properties | undefined, touch.released)),
    [CORE]: { ...(sections[CORE] as Properties | undefined), ...status },
    aiAgentIdentityUid: uid,
    aiAgentIdentityAttributes: { ...known, _id: uid, ...(customAttributes !== undefined && { customAttributes }) },
  });
  if (touch.life === undefined) return;
  const identity = await tenant.idm.get(identities(realm), uid, { fields: IDENTITY_FIELDS });
  const isThere = lifeIn(identity?.customAttributes).stopped === touch.life.stopped;
  if (identity && !isThere) await tenant.idm.patch(identities(realm), uid, replacements({ customAttributes }));
}

/** True for an agent that is switched on. */
export const isOn = ({ document }: AgentPair): boolean => get(unwrap(document), [CORE, "status"]) === "Active";

/** Leaves an agent on the tenant: switched off, or as it is and nobody's. */
export async function leaveAgent(
  context: AicContext,
  how: "disable" | "retain",
  live: AgentPair,
  { realm, owner }: { readonly realm: string; readonly owner: Owner | undefined },
): Promise<string> {
  const { tenant } = context;
  if (how === "disable") {
    if (isOn(live)) await touchAgent(tenant, realm, live, { enabled: false });
    return "it is switched off, and its declared access is gone";
  }
  if (owner) {
    await releasePrivileges(context, realm, live, owner);
    await touchAgent(tenant, realm, live, { released: owner });
  }
  return "it is as it was, its privileges too, and belongs to nobody; adopt takes it over";
}

/** Lets go of the privileges that the stack gave an agent. */
async function releasePrivileges(context: AicContext, realm: string, { document }: AgentPair, owner: Owner) {
  const rows = await context.privilegesOf(realm, identityId(document), ["_id", "description", "agent"]);
  for (const { _id, description } of rows) {
    const mark = markIn(description);
    if (mark.whose !== "stack" || !isOfStack(mark, owner)) continue;
    const text = [withoutMark(description), releasedText(mark)].filter(Boolean).join(" ");
    await context.tenant.idm.patch(managed(realm, "aiagentprivilege"), _id, replacements({ description: text }));
  }
}
