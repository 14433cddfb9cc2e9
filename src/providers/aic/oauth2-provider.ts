/**
 * The realm's OAuth2 provider (aic §6), a document that every client of the realm shares. Our kinds own entries of
 * it: an entry is ours when it is declared and was not there before this stack, which `aic:ProviderBaseline` remembers.
 */

import { setTimeout } from "node:timers/promises";
import type { AmDocument } from "../../admin-api/aic/am.ts";
import { AdminApiError } from "../../admin-api/http/errors.ts";
import { isRecord } from "../../admin-api/http/json.ts";
import { PingAgentsError } from "../../errors.ts";
import { PROVIDER_SECTION, type ProviderSettingValue, providerSettingValue } from "../../fields/aic-provider.ts";
import type { Properties } from "../pulumi-values.ts";
import type { AicContext } from "./context.ts";

/** How often a write is repeated when another writer was first. */
const ATTEMPTS = 12;
/** Longest pause before a repetition, in milliseconds for each attempt so far: two writers that met must not meet again. */
const PAUSE_MS = 20;

/**
 * Reads the provider of a realm.
 *
 * @throws ERR_PROVIDER_MISSING
 */
export async function readProvider({ tenant }: Pick<AicContext, "tenant">, realm: string): Promise<AmDocument> {
  const document = await tenant.am(realm).getOAuth2Provider();
  if (document) return document;
  throw new PingAgentsError("ERR_PROVIDER_MISSING", `there is no realm ${realm}, or it has no OAuth2 provider`, {
    where: { tenant: tenant.origin },
    hint: "correct the realm; if it is there, create its OAuth2 provider service in the admin console",
  });
}

/**
 * Changes the provider by a read-modify-write of the whole document, one writer at a time in this process. Others are kept
 * out by the revision that was read; since a tenant may ignore it (aic §1.5, §6.1), what was written is read again, too, and
 * written once more where somebody else's document came over it.
 *
 * @param edit changes the document; answers false when there is nothing to do
 * @throws ERR_PROVIDER_MISSING, ERR_CONCURRENT_WRITER
 */
export async function editProvider(
  context: AicContext,
  realm: string,
  edit: (document: Properties) => boolean,
): Promise<AmDocument> {
  return context.exclusively(`oauth-oidc ${realm}`, async () => {
    let refused: unknown;
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const document = structuredClone(await readProvider(context, realm));
      if (!edit(document)) return document;
      const { _rev, ...body } = document;
      // Nobody wrote since this revision was refused: this tenant takes none.
      const options = _rev === refused ? {} : { ifMatch: _rev };
      const wasFirst = await context.tenant
        .am(realm)
        .putOAuth2Provider(body, options)
        .then(() => true, unlessOvertaken);
      if (wasFirst) continue;
      refused = _rev;
      await setTimeout(Math.random() * PAUSE_MS * attempt);
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

/** Somebody else wrote since the document was read: it is read again. */
function unlessOvertaken(error: unknown): false {
  if (error instanceof AdminApiError && error.code === "ERR_API_PRECONDITION") return false;
  throw error;
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
/** One of its settings; undefined where it says none. */
export const settingOf = (document: Properties, setting: string): ProviderSettingValue | undefined =>
  providerSettingValue.safeParse(section(document, PROVIDER_SECTION)[setting]).data;
