/** Agents, and what acts as one, in a realm of AIC that a stack does not know (aic §2, §3, §5). */

import { z } from "zod";
import { actsAsAgent } from "../../access/aic/facts.ts";
import { counted } from "../../access/sentence.ts";
import type { AmDocument } from "../../admin-api/aic/am.ts";
import { isGiven, type Stranger } from "../../drift/inventory.ts";
import { PingAgentsError } from "../../errors.ts";
import { CIBA, grantTypeName } from "../../fields/grant-types.ts";
import { get } from "../fields.ts";
import { type Known, texts, whoseIs } from "../inventory.ts";
import { identityId, identityOf } from "./agent-identity.ts";
import { PRIVILEGE_FIELDS } from "./agent-privilege.ts";
import { decodeSections } from "./attributes.ts";
import { clientMark } from "./client-mark.ts";
import type { AicContext } from "./context.ts";
import { needsAiAgents } from "./feature.ts";
import { oauth2Settings } from "./oauth2-settings.ts";
import { relatedIds } from "./relations.ts";

const { grantTypes, keys } = oauth2Settings;
const settings = z.strictObject({ grantTypes, keys });

/**
 * Everything of a realm that acts and that the state does not know, from the lists that a comparison of the state reads, too.
 *
 * @param known client ids, and ids of privileges
 * @throws AdminApiError
 */
export async function aicInventory(context: AicContext, realm: string, known: Known): Promise<Stranger[]> {
  const [agents, clients, privileges] = await Promise.all([
    ifEnabled(context, realm, () => context.agents(realm, "AIAgent")),
    context.agents(realm, "OAuth2Client"),
    ifEnabled(context, realm, () => context.privileges(realm, PRIVILEGE_FIELDS)),
  ]);
  const identities = new Set(agents.map(identityId));
  const byIdentity = Map.groupBy(privileges, ({ agent }) => relatedIds(agent)[0]);
  const unknown = (documents: readonly AmDocument[]) => documents.filter(({ _id }) => !known.has(_id));
  const orphans = privileges.filter(
    ({ _id, agent }) => !known.has(_id) && !relatedIds(agent).some((id) => identities.has(id)),
  );
  return [
    ...unknown(agents).map((document): Stranger => {
      const { _id: id } = document;
      const { length } = byIdentity.get(identityId(document)) ?? [];
      const whose = whoseIs(clientMark(document), isGiven(id) ? "self-registered" : "undeclared");
      const can = [...waysOf(document), ...(length > 0 ? [counted(length, "privilege", "privileges")] : [])];
      return { is: "agent", id, name: String(identityOf(document).name ?? id), ...whose, can };
    }),
    ...unknown(clients)
      .filter((document) => actsAsAgent(grantTypesOf(document)))
      .map((document): Stranger => {
        const { _id: id } = document;
        const whose = whoseIs(clientMark(document), isGiven(id) ? "self-registered" : "acts-as-agent");
        return { is: "application", id, name: id, ...whose, can: waysOf(document) };
      }),
    ...orphans.map(
      ({ _id: id }): Stranger => ({ is: "privilege", id, name: id, whose: "undeclared", can: ["its agent is gone"] }),
    ),
  ];
}

/** A realm without AI agents has none. */
const ifEnabled = <T>(context: AicContext, realm: string, list: () => Promise<readonly T[]>): Promise<readonly T[]> =>
  needsAiAgents(context, realm, list).catch((error: unknown) => {
    if (error instanceof PingAgentsError && error.code === "ERR_AI_AGENTS_DISABLED") return [];
    throw error;
  });

/** What a tenant has may be of another form than what is declared. */
const grantTypesOf = (document: AmDocument) => texts(decodeSections(settings, document, {}).grantTypes);

/** The ways to get tokens, and how many keys sign its requests for approval. */
function waysOf(document: AmDocument): string[] {
  const types = grantTypesOf(document);
  const published = get(decodeSections(settings, document, {}), ["keys", "jwks", "keys"]);
  const signing = types.includes(CIBA) && Array.isArray(published) ? published.length : 0;
  return [...types.map(grantTypeName), ...(signing > 0 ? [counted(signing, "CIBA key", "CIBA keys")] : [])];
}
