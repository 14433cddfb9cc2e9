/**
 * Who needs an entry of a realm's OAuth2 provider, or a script. What a stack added to the provider stays on release while a client
 * outside of the stack needs it: the whole realm shares the document (aic §6).
 */

import type { AmDocument } from "../../admin-api/aic/am.ts";
import { isRecord } from "../../admin-api/http/json.ts";
import type { ProviderSettingName } from "../../fields/aic-provider.ts";
import { CIBA, TOKEN_EXCHANGE } from "../../fields/grant-types.ts";
import { get } from "../fields.ts";
import { isOfStack, type Mark, type Owner } from "../owner.ts";
import { unwrap } from "./attributes.ts";
import { carried, clientMark } from "./client-mark.ts";
import type { AicContext } from "./context.ts";

/** A client of the realm. */
type Client = {
  readonly id: string;
  readonly mark: Mark;
  /** Grant types that it carries. */
  readonly added: readonly string[];
  readonly grantTypes: readonly string[];
  /** acr values that it asks for where a request names none. */
  readonly acr: readonly string[];
  /** Audiences that it may ask for in an exchange. */
  readonly audiences: readonly string[];
  /** Whether its own overrides are in force, and not the provider's settings. */
  readonly overrides: boolean;
  /** Ids of scripts, and whatever else its overrides say. */
  readonly scripts: readonly unknown[];
};

/** Entries of one sort. */
type Entries = {
  readonly realm: string;
  /** How messages name them, in the singular. */
  readonly sort: "grant type" | "acr value" | "setting";
  readonly entries: readonly string[];
  /** The stack that lets go of them; undefined in a state of before. */
  readonly owner: Owner | undefined;
};

/** Whether a client needs an entry. A request by CIBA names the acr value, so that any may be asked for (oauth-flows §5). */
const NEEDS: Readonly<Record<Entries["sort"], (client: Client, entry: string) => boolean>> = {
  "grant type": ({ grantTypes }, entry) => grantTypes.includes(entry),
  "acr value": ({ grantTypes, acr }, entry) => acr.includes(entry) || grantTypes.includes(CIBA),
  setting: (client, entry) => SETTING_NEEDS[entry as ProviderSettingName](client),
};

const SETTING_NEEDS: Readonly<Record<ProviderSettingName, (client: Client) => boolean>> = {
  // Whoever checks a signature is no client of the realm: who else declares something there may rely on it.
  tokenSigningAlgorithm: ({ mark }) => mark.whose !== "nobody",
  acceptAudienceParametersInTokenExchangeRequests: ({ grantTypes, audiences, overrides }) =>
    !overrides && audiences.length > 0 && grantTypes.includes(TOKEN_EXCHANGE),
};

/** The entries that nobody outside of the stack needs. Says of each other one who does. */
export async function releasable(context: AicContext, { realm, sort, entries, owner }: Entries): Promise<string[]> {
  if (entries.length === 0) return [];
  const isOutside = ({ mark }: Client) => !(owner ? isOfStack(mark, owner) : mark.whose === "kit");
  const outside = (await clientsOf(context, realm)).filter(isOutside);
  return entries.filter((entry) => {
    const users = outside.filter((client) => NEEDS[sort](client, entry)).map(({ id }) => id);
    if (users.length === 0) return true;
    console.warn(
      `warning: the ${sort} "${entry}" of realm ${realm} stays: this stack does not manage ${users.join(", ")}, which may need it`,
    );
    return false;
  });
}

/** The grant types that the provider of a realm offers because of some stack, as the clients there carry them. */
export async function addedGrantTypes(context: AicContext, realm: string): Promise<ReadonlySet<string>> {
  return new Set((await clientsOf(context, realm)).flatMap(({ added }) => added));
}

/** Ids of the clients and agents of a realm whose overrides refer to a script, and `provider` where that does (delegation §4). */
export async function referrersOf(context: AicContext, realm: string, scriptId: string): Promise<string[]> {
  const provider = await context.tenant.am(realm).getOAuth2Provider();
  const clients = (await clientsOf(context, realm)).filter(({ scripts }) => scripts.includes(scriptId));
  return [
    ...(JSON.stringify(provider ?? {}).includes(scriptId) ? ["the provider"] : []),
    ...clients.map(({ id }) => id),
  ];
}

async function clientsOf({ tenant }: AicContext, realm: string): Promise<Client[]> {
  const am = tenant.am(realm);
  const lists = await Promise.all([am.query("AIAgent"), am.query("OAuth2Client")]);
  return lists.flat().map(clientOf);
}

function clientOf(document: AmDocument): Client {
  const listed = (path: string) => [get(unwrap(document), path.split("."))].flat().map(String);
  const block = get(unwrap(document), ["overrideOAuth2ClientConfig"]);
  return {
    id: document._id,
    mark: clientMark(document),
    added: carried(document) ?? [],
    grantTypes: listed("advancedOAuth2ClientConfig.grantTypes"),
    acr: listed("coreOpenIDClientConfig.defaultAcrValues"),
    audiences: listed("advancedOAuth2ClientConfig.allowedResourceServerAudienceValues").filter(Boolean),
    overrides: isRecord(block) && block.providerOverridesEnabled === true,
    scripts: isRecord(block) ? Object.values(block) : [],
  };
}
