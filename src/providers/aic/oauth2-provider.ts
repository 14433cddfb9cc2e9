/**
 * Entries of the realm's OAuth2 provider (contract aic §6), a document that every client of the realm shares.
 * `aic:GrantTypes` owns single grant types, `aic:AcrMapping` one acr key, `aic:ProviderBaseline` remembers what was there
 * before: an entry is ours when it is declared and not in the baseline, also after a run that was killed in the middle.
 */

import { z } from "zod";
import type { AmDocument } from "../../admin-api/am.ts";
import { PingAgentsError } from "../../errors.ts";
import type { ResourceKind } from "../kind.ts";
import { isRecord, type Properties } from "../values.ts";
import { set } from "./attributes.ts";
import type { AicContext } from "./context.ts";
import { realmSchema } from "./realm.ts";

/** How often a write is repeated when another writer's overwrote it. */
const ATTEMPTS = 4;

async function readProvider({ tenant }: AicContext, realm: string): Promise<AmDocument> {
  const document = await tenant.am(realm).getOAuth2Provider();
  if (document) return document;
  throw new PingAgentsError("ERR_PROVIDER_MISSING", `realm ${realm} has no OAuth2 provider`, {
    where: { tenant: tenant.origin },
    hint: "create the OAuth2 provider service of the realm in the admin console",
  });
}

/**
 * Changes the provider by a read-modify-write of the whole document, one writer at a time in this process, and reads it
 * back, since AM has no lock against others (contract aic §6.1).
 *
 * @param edit changes the document; answers false when there is nothing to do
 */
async function editProvider(
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

const section = (document: Properties, name: string): Properties => {
  if (!isRecord(document[name])) document[name] = {};
  return document[name] as Properties;
};
const grantTypesOf = (document: Properties) => (section(document, "advancedOAuth2Config").grantTypes ?? []) as string[];
const mappingOf = (document: Properties) =>
  (section(document, "advancedOIDCConfig").loaMapping ?? {}) as Record<string, string>;

const baselineSchema = z.strictObject({ realm: realmSchema });
/** Arguments of `aic:ProviderBaseline`. */
export type ProviderBaselineArgs = z.input<typeof baselineSchema>;

/** `aic:ProviderBaseline`: reads once what the realm's provider had before this stack; writes nothing. */
export const providerBaseline: ResourceKind<z.infer<typeof baselineSchema>, Properties, AicContext> = {
  type: "aic:ProviderBaseline",
  schema: baselineSchema,
  immutable: ["realm"],
  secret: [],
  writeOnly: [],
  shared: true,
  id: ({ realm }) => realm,
  observe: async (context, { realm }, known) => (known.grantTypes ? known : readProvider(context, realm)),
  isOwn: () => true,
  decode: async (_context, live, { realm }) => ({
    inputs: { realm },
    outputs: "acr" in live ? live : { grantTypes: grantTypesOf(live).toSorted(), acr: mappingOf(live) },
  }),
  write: async (_context, { live }) => ({ live: live ?? {} }),
  remove: async () => {},
};

const grantTypesSchema = z.strictObject({
  realm: realmSchema,
  /** Grant types that the realm must offer; others of the realm are left alone. */
  grantTypes: set(),
  /** Grant types of the baseline: they stay when this resource is destroyed. */
  baseline: set(),
});
type GrantTypesInputs = z.infer<typeof grantTypesSchema>;
/** Arguments of `aic:GrantTypes`. */
export type GrantTypesArgs = z.input<typeof grantTypesSchema>;

/** `aic:GrantTypes`: grant types that the realm's provider offers because of this stack. */
export const grantTypes: ResourceKind<GrantTypesInputs, Properties, AicContext> = {
  type: "aic:GrantTypes",
  schema: grantTypesSchema,
  immutable: ["realm"],
  secret: [],
  writeOnly: ["baseline"],
  shared: true,
  id: ({ realm }) => realm,
  observe: (context, { realm }) => readProvider(context, realm),
  isOwn: () => true,
  decode: async (_context, live, inputs) => {
    const offered = grantTypesOf(live);
    return {
      inputs: { ...inputs, grantTypes: inputs.grantTypes.filter((type) => offered.includes(type)) },
      outputs: {},
    };
  },
  write: async (context, { inputs, previous }) => {
    const released = previous ? owned(previous).filter((type) => !inputs.grantTypes.includes(type)) : [];
    return { live: await editGrantTypes(context, inputs.realm, inputs.grantTypes, released) };
  },
  remove: async (context, inputs) => {
    await editGrantTypes(context, inputs.realm, [], owned(inputs));
  },
};

const owned = ({ grantTypes: declared, baseline }: GrantTypesInputs) =>
  declared.filter((type) => !baseline.includes(type));

function editGrantTypes(context: AicContext, realm: string, wanted: readonly string[], released: readonly string[]) {
  return editProvider(context, realm, (document) => {
    const current = grantTypesOf(document);
    const kept = current.filter((type) => !released.includes(type));
    const missing = wanted.filter((type) => !current.includes(type));
    section(document, "advancedOAuth2Config").grantTypes = [...kept, ...missing];
    return kept.length !== current.length || missing.length > 0;
  });
}
