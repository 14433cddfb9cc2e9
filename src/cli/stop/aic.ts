/** An AI agent of Advanced Identity Cloud that is stopped: status and custom attribute go in one call (decision 0012). */

import { z } from "zod";
import { aicSettings } from "../../admin-api/aic/settings.ts";
import { type AicTenant, connectAic } from "../../admin-api/aic/tenant.ts";
import { realmSchema, tenantAddress, tierSchema } from "../../fields/aic.ts";
import { IDENTITY_FIELDS, identities, identityId } from "../../providers/aic/agent-identity.ts";
import { attributesOf, isOn, lifeIn, touchAgent } from "../../providers/aic/agent-life.ts";
import { unwrap } from "../../providers/aic/attributes.ts";
import { clientMark } from "../../providers/aic/client-mark.ts";
import { get } from "../../providers/fields.ts";
import { declaredAddress } from "../../tenants.ts";
import type { Agent, Cloud, Lifetimes, Wanted } from "./agent.ts";

export const aicAgents: Cloud = {
  where: z.looseObject({
    platform: z.literal("aic"),
    ...{ realm: realmSchema, tier: tierSchema.optional(), tenant: tenantAddress.optional() },
  }),
  find,
};

/** Finds an agent by its client id, which is its key. */
async function find({ agent: clientId, said }: Wanted): Promise<Agent | undefined> {
  const { env, config, declared } = said;
  const tenant = connectAic(aicSettings(env, config, declaredAddress(said)));
  const realm = declared?.realm ?? "alpha";
  const document = await tenant.am(realm).get("AIAgent", clientId);
  if (!document) return undefined;
  const identity = await tenant.idm.get(identities(realm), identityId(document), { fields: IDENTITY_FIELDS });
  const pair = { document, identity };
  const { stopped, ...life } = lifeIn(attributesOf(pair));
  return {
    what: `aic:AiAgent ${realm}/${clientId}`,
    ...{ mark: clientMark(document), isOn: isOn(pair), stopped },
    ofTokens:
      "whoever asks the tenant is told at once that they are not active; whoever looks at the signature alone is not",
    stop: (since) => touchAgent(tenant, realm, pair, { enabled: false, life: { ...life, stopped: since } }),
    undo: (enables) => touchAgent(tenant, realm, pair, { ...(enables && { enabled: true }), life }),
    lifetimes: () => lifetimesOf(tenant, realm, unwrap(document)),
  };
}

/** Those of the agent; 0 leaves one to the realm (aic §2.3, §6). */
async function lifetimesOf(tenant: AicTenant, realm: string, agent: unknown): Promise<Lifetimes> {
  const provider = unwrap(await tenant.am(realm).getOAuth2Provider());
  const seconds = (own: string, ofRealm: string) =>
    Number(get(agent, own.split("."))) || Number(get(provider, ofRealm.split("."))) || 0;
  const grantTypes = get(agent, ["advancedOAuth2ClientConfig", "grantTypes"]);
  const isRenewed = Array.isArray(grantTypes) && grantTypes.includes("refresh_token");
  const core = "coreOAuth2ClientConfig";
  return {
    access: seconds(`${core}.accessTokenLifetime`, "coreOAuth2Config.accessTokenLifetime"),
    id: seconds("coreOpenIDClientConfig.jwtTokenLifetime", "coreOIDCConfig.jwtTokenLifetime"),
    refresh: isRenewed ? seconds(`${core}.refreshTokenLifetime`, "coreOAuth2Config.refreshTokenLifetime") : undefined,
  };
}
