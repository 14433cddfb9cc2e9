/** `aic:Application`: a managed application, linked with an OAuth 2.0 client by nothing but the client's id (aic §4). */

import { z } from "zod";
import { eq, type IdmObject } from "../../admin-api/aic/idm.ts";
import { isRecord } from "../../admin-api/http/json.ts";
import { set } from "../fields.ts";
import type { ResourceKind } from "../kind.ts";
import { type AicContext, withRelations } from "./context.ts";
import { deterministicId } from "./ids.ts";
import { clientIdSchema, realmSchema } from "./realm.ts";
import { managed, relatedIds, relation } from "./relations.ts";

const schema = z.strictObject({
  realm: realmSchema,
  /** Client id of the OAuth 2.0 client that the application is linked with. */
  clientId: clientIdSchema,
  /** Unique in the realm. */
  name: z.string().min(1),
  description: z.string().optional(),
  /** Template in the console: `web`, `service`, `native`, `spa`, `custom`. */
  template: z.string().min(1),
  /** @default "1.0" */
  templateVersion: z.string().default("1.0"),
  url: z.string().optional(),
  icon: z.string().optional(),
  /** User names. */
  owners: set().optional(),
});
type ApplicationInputs = z.infer<typeof schema>;

const outputs = z.object({
  /** UUID of the managed application. */
  applicationId: z.string(),
});

const FIELDS = [
  "_id",
  "name",
  "description",
  "templateName",
  "templateVersion",
  "ssoEntities",
  "url",
  "icon",
  "owners",
];
const collection = (realm: string) => managed(realm, "application");
const ownId = ({ realm, clientId }: ApplicationInputs) => deterministicId("application", realm, clientId);

export const application: ResourceKind<typeof schema, typeof outputs, IdmObject, AicContext> = {
  type: "aic:Application",
  inputs: schema,
  outputs,
  immutable: ["realm", "clientId"],
  id: ({ realm, clientId }) => `${realm}/${clientId}`,

  observe: async (context, inputs, { applicationId }) => {
    const own = await context.managed(collection(inputs.realm), String(applicationId ?? ownId(inputs)), FIELDS);
    if (own || applicationId !== undefined) return own;
    const rows = await context.tenant.idm.query(collection(inputs.realm), eq("name", inputs.name), { fields: FIELDS });
    return rows.find((row) => row.name === inputs.name);
  },

  isOwn: ({ _id }, inputs) => _id === ownId(inputs),

  decode: async ({ names }, live, inputs) => ({
    inputs: {
      realm: inputs.realm,
      clientId: isRecord(live.ssoEntities) ? live.ssoEntities.oidcId : undefined,
      name: live.name,
      description: live.description ?? undefined,
      template: live.templateName,
      templateVersion: live.templateVersion,
      url: live.url ?? undefined,
      icon: live.icon ?? undefined,
      owners:
        inputs.owners && (await names.namesOf(managed(inputs.realm, "user"), "userName", relatedIds(live.owners))),
    },
    outputs: { applicationId: live._id },
  }),

  write: async (context, { inputs, previous, live }) => {
    const { tenant, names } = context;
    const { realm, owners } = inputs;
    const where = { resource: `aic:Application ${realm}/${inputs.clientId}`, field: "owners", tenant: tenant.origin };
    const userIds = await names.idsOf(managed(realm, "user"), "userName", owners ?? [], where);
    const body = {
      name: inputs.name,
      templateName: inputs.template,
      templateVersion: inputs.templateVersion,
      ssoEntities: { ...(isRecord(live?.ssoEntities) && live.ssoEntities), oidcId: inputs.clientId },
      ...optional("description", inputs, previous),
      ...optional("url", inputs, previous),
      ...optional("icon", inputs, previous),
      ...((owners ?? previous?.owners) && { owners: userIds.map((id) => relation(managed(realm, "user"), id)) }),
    };
    const id = live?._id ?? ownId(inputs);
    const written = live
      ? await tenant.idm.patch(collection(realm), id, replacements(body), { fields: FIELDS })
      : await tenant.idm.create(collection(realm), id, { _id: id, ...body }, { fields: FIELDS });
    return { live: await withRelations(context, collection(realm), written, "owners", FIELDS) };
  },

  remove: async ({ tenant }, inputs, { applicationId }) => {
    await tenant.idm.delete(collection(inputs.realm), String(applicationId ?? ownId(inputs)));
  },
};

const replacements = (body: object) =>
  Object.entries(body).map(([key, value]) => ({ operation: "replace" as const, field: `/${key}`, value }));

/** A declared field, or the empty text for one that is declared no more; nothing for one that never was. */
function optional(
  key: "description" | "url" | "icon",
  inputs: ApplicationInputs,
  previous: ApplicationInputs | undefined,
) {
  if (inputs[key] !== undefined) return { [key]: inputs[key] };
  return previous?.[key] !== undefined ? { [key]: "" } : {};
}
