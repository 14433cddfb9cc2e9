/** Agents, and what acts as one, in an environment of PingOne that a stack does not know (pingone §4, §5). */

import { z } from "zod";
import { counted } from "../../access/sentence.ts";
import type { PingOneObject } from "../../admin-api/pingone/collection.ts";
import type { Stranger } from "../../drift/inventory.ts";
import { CIBA, grantTypeName, TOKEN_EXCHANGE } from "../../fields/grant-types.ts";
import { type Known, texts, whoseIs } from "../inventory.ts";
import { applicationSettings } from "./application-settings.ts";
import type { PingOneContext } from "./context.ts";
import { decodeProperties } from "./properties.ts";
import { standingOf } from "./stamp.ts";

const { grantTypes } = applicationSettings;
const settings = z.strictObject({ grantTypes });

const grantTypesOf = (application: PingOneObject) => texts(decodeProperties(settings, application, {}).grantTypes);

/**
 * Everything of an environment that acts and that the state does not know. Each of them costs a call for its mark and one for its
 * grants.
 *
 * @param known ids of applications
 * @throws AdminApiError
 */
export async function pingOneInventory(
  context: PingOneContext,
  environmentId: string | undefined,
  known: Known,
): Promise<Stranger[]> {
  const environment = context.environment(environmentId);
  const applications = await context.applications(environmentId);
  const isAgent = ({ type }: PingOneObject) => type === "AI_AGENT";
  const acts = (one: PingOneObject) => grantTypesOf(one).some((type) => type === CIBA || type === TOKEN_EXCHANGE);
  const strangers = applications.filter((one) => !known.has(one.id) && (isAgent(one) || acts(one)));
  return Promise.all(
    strangers.map(async (application): Promise<Stranger> => {
      const { id } = application;
      const grants = environment.below(id, "grants");
      const [{ mark }, { length }] = await Promise.all([
        standingOf(context, environment, application),
        context.rows(`${environment.id} grants ${id}`, grants),
      ]);
      return {
        ...{ is: isAgent(application) ? "agent" : "application", id, name: String(application.name) },
        ...whoseIs(mark, isAgent(application) ? "undeclared" : "acts-as-agent"),
        can: [
          ...grantTypesOf(application).map(grantTypeName),
          ...(length > 0 ? [counted(length, "grant", "grants")] : []),
        ],
      };
    }),
  );
}
