/** `aic:Application`: a managed application, linked with an OAuth 2.0 client by nothing but the client's id (aic §4). */

import { z } from "zod";
import { isRecord } from "../../admin-api/http/json.ts";
import { owners } from "../../drift/aic/client-bearings.ts";
import { guard, label } from "../../drift/bearing.ts";
import { identity, text } from "../../drift/shared-bearings.ts";
import { clientIdSchema, realmSchema } from "../../fields/aic.ts";
import { description, set } from "../../fields/text.ts";
import { owned } from "../annotations.ts";
import { withMark, withoutMark } from "../owner.ts";
import { deterministicId } from "./ids.ts";
import { describedMark, managedKind, plainDescription } from "./managed-kind.ts";
import { managed, relatedIds, relation } from "./relations.ts";

const schema = z.strictObject({
  realm: realmSchema,
  clientId: clientIdSchema.describe("Client id of the OAuth 2.0 client that the application is linked with"),
  name: z.string().min(1).describe("Unique in the realm"),
  description: description.optional(),
  template: z
    .string()
    .min(1)
    .meta({
      description:
        "Kind of application: what a declaration and `CustomApplication` call `type`, or another template of the console",
      words: {
        web: "runs on a server; users sign on",
        service: "a machine, without users",
        spa: "runs in a browser",
        native: "runs on a device",
        custom: "none of these",
      },
      isOpen: true,
    }),
  templateVersion: z.string().default("1.0").describe("Version of the template"),
  url: z.string().optional().meta({ description: "Address of the application, for people", otherwise: "none" }),
  icon: z.string().optional().meta({ description: "Address of its icon", otherwise: "none" }),
  owners: owned(set().optional(), []).meta({ description: "User names of the owners", otherwise: "none" }),
});
type ApplicationInputs = z.infer<typeof schema>;

const outputs = z.object({
  applicationId: z.string().describe("UUID of the managed application"),
});

/** What is read of an application. */
export const APPLICATION_FIELDS = [
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
/** The id of the object, unless one was taken over. */
const objectId = ({ realm, clientId }: ApplicationInputs) => deterministicId("application", realm, clientId);

export const application = managedKind({
  type: "aic:Application",
  inputs: schema.describe("A managed application that is linked with an OAuth 2.0 client."),
  outputs,
  immutable: ["realm", "clientId"],
  collection: "application",
  fields: APPLICATION_FIELDS,
  relation: "owners",
  drift: {
    noun: "application",
    field: ([key = "", ...rest]) => [key === "template" ? "type" : key, ...rest],
    fields: {
      realm: identity,
      ...text,
      clientId: guard("what reaches the application gets tokens for another client"),
      template: label("the console shows another kind of application"),
      templateVersion: label("the console shows another kind of application"),
      url: label(),
      icon: label(),
      owners,
    },
  },
  id: ({ realm, clientId }) => `${realm}/${clientId}`,
  objectId,
  knownId: ({ applicationId }) => applicationId,
  mark: (live, { inputs, outputs, owner }) =>
    describedMark(live, { known: outputs.applicationId, given: objectId(inputs), owner }),

  rival: (context, { realm, name }) =>
    context.managedBy(managed(realm, "application"), "name", name, APPLICATION_FIELDS),
  announce: ({ names }, { realm, clientId }) => names.expected.add(`${managed(realm, "application")} oidcId`, clientId),

  resolve: ({ tenant, names }, { realm, clientId, owners = [] }) => {
    const where = { resource: `aic:Application ${realm}/${clientId}`, field: "owners", tenant: tenant.origin };
    return names.idsOf(managed(realm, "user"), "userName", owners, where);
  },

  decode: async ({ names }, live, inputs) => ({
    inputs: {
      realm: inputs.realm,
      clientId: isRecord(live.ssoEntities) ? live.ssoEntities.oidcId : undefined,
      name: live.name,
      description: withoutMark(live.description),
      template: live.templateName,
      templateVersion: live.templateVersion,
      url: live.url ?? undefined,
      icon: live.icon ?? undefined,
      owners: await names.namesOf(managed(inputs.realm, "user"), "userName", relatedIds(live.owners)),
    },
    outputs: { applicationId: live._id },
  }),

  encode: async (_context, { inputs, previous, live, owner }, userIds) => {
    const { realm, owners = [] } = inputs;
    return {
      name: inputs.name,
      templateName: inputs.template,
      templateVersion: inputs.templateVersion,
      ssoEntities: { ...(isRecord(live?.ssoEntities) && live.ssoEntities), oidcId: inputs.clientId },
      description: withMark(plainDescription(inputs.description, previous?.description, live), owner),
      ...optional("url", inputs, previous),
      ...optional("icon", inputs, previous),
      ...((owners.length > 0 || relatedIds(live?.owners).length > 0) && {
        owners: userIds.map((id) => relation(managed(realm, "user"), id)),
      }),
    };
  },
});

/** A declared field, or the empty text for one that is declared no more; nothing for one that never was. */
function optional(key: "url" | "icon", inputs: ApplicationInputs, previous: ApplicationInputs | undefined) {
  if (inputs[key] !== undefined) return { [key]: inputs[key] };
  return previous?.[key] !== undefined ? { [key]: "" } : {};
}
