/**
 * The realm's OAuth2 provider (aic §6), a document that every client of the realm shares. Our kinds own entries of
 * it: an entry is ours when it is declared and was not there before this stack, which `aic:ProviderBaseline` remembers.
 */

import type { AmDocument } from "../../admin-api/aic/am.ts";
import { isRecord } from "../../admin-api/http/json.ts";
import { PingAgentsError } from "../../errors.ts";
import type { Properties } from "../pulumi-values.ts";
import type { AicContext } from "./context.ts";

/** How often a write is repeated when another writer's overwrote it. */
const ATTEMPTS = 4;

/**
 * Reads the provider of a realm.
 *
 * @throws ERR_PROVIDER_MISSING
 */
export async function readProvider({ tenant }: AicContext, realm: string): Promise<AmDocument> {
  const document = await tenant.am(realm).getOAuth2Provider();
  if (document) return document;
  throw new PingAgentsError("ERR_PROVIDER_MISSING", `realm ${realm} has no OAuth2 provider`, {
    where: { tenant: tenant.origin },
    hint: "create the OAuth2 provider service of the realm in the admin console",
  });
}

/**
 * Changes the provider by a read-modify-write of the whole document, one writer at a time in this process, and reads it
 * back, since AM has no lock against others (aic §6.1).
 *
 * @param edit changes the document; answers false when there is nothing to do
 */
export async function editProvider(
  context: AicContext,
  realm: string,
  edit: (document: Properties) => boolean,
): Promise<AmDocument> {
  return context.exclusively(`oauth-oidc ${realm}`, async () => {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const document = structuredClone(await readProvider(context, realm));
      if (!edit(document)) return document;
      const { _rev, ...body } = document;
      await context.tenant.am(realm).putOAuth2Provider(body);
    }
    const document = await readProvider(context, realm);
    if (!edit(structuredClone(document))) return document;
    throw new PingAgentsError(
      "ERR_CONCURRENT_WRITER",
      `the OAuth2 provider of realm ${realm} is changed by someone else all the time`,
      {
        where: { tenant: context.tenant.origin },
        hint: "stop the other writer, then pulumi up",
      },
    );
  });
}

/** A section of the document, made when it is missing. */
export const section = (document: Properties, name: string): Properties => {
  if (!isRecord(document[name])) document[name] = {};
  return document[name] as Properties;
};
/** The grant types that the realm offers. */
export const grantTypesOf = (document: Properties) =>
  (section(document, "advancedOAuth2Config").grantTypes ?? []) as string[];
/** Journeys by acr value. */
export const mappingOf = (document: Properties) =>
  (section(document, "advancedOIDCConfig").loaMapping ?? {}) as Record<string, string>;
