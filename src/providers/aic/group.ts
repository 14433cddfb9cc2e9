/** `aic:Group`: a demo group with its members. Development only (aic §3.1). */

import { z } from "zod";
import type { IdmObject } from "../../admin-api/aic/idm.ts";
import { set } from "../fields.ts";
import type { NoOutputs, ResourceKind } from "../kind.ts";
import { hasMark, withMark, withoutMark } from "../managed-mark.ts";
import { type AicContext, withRelations } from "./context.ts";
import { developmentOnly, realmSchema } from "./realm.ts";
import { managed, relatedIds, relation } from "./relations.ts";

const schema = z.strictObject({
  realm: realmSchema,
  tier: developmentOnly("groups"),
  /** Also the id of the group. */
  name: z
    .string()
    .min(1)
    .refine((name) => !name.includes("/*"), 'must not contain "/*"'),
  description: z.string().optional(),
  /** User names. */
  members: set().optional(),
});

const FIELDS = ["_id", "name", "description", "members"];
const collection = (realm: string) => managed(realm, "group");

export const group: ResourceKind<typeof schema, NoOutputs, IdmObject, AicContext> = {
  type: "aic:Group",
  inputs: schema,
  immutable: ["realm", "name"],
  notShown: ["tier"],
  id: ({ realm, name }) => `${realm}/${name}`,
  observe: (context, { realm, name }) => context.managed(collection(realm), name, FIELDS),
  isOwn: ({ description }) => hasMark(description),
  decode: async ({ names }, live, { realm, members }) => ({
    inputs: {
      realm,
      name: live.name,
      description: withoutMark(live.description),
      members: members && (await names.namesOf(managed(realm, "user"), "userName", relatedIds(live.members))),
    },
  }),
  write: async (context, { inputs, live }) => {
    const { realm, name, members } = inputs;
    const where = { resource: `aic:Group ${realm}/${name}`, field: "members", tenant: context.tenant.origin };
    const ids = await context.names.idsOf(managed(realm, "user"), "userName", members ?? [], where);
    const { idm } = context.tenant;
    const body = {
      description: withMark(inputs.description),
      ...(members && { members: ids.map((id) => relation(managed(realm, "user"), id)) }),
    };
    const operations = Object.entries(body).map(([key, value]) => ({
      operation: "replace" as const,
      field: `/${key}`,
      value,
    }));
    const written = live
      ? await idm.patch(collection(realm), name, operations, { fields: FIELDS })
      : await idm.create(collection(realm), name, { _id: name, name, ...body }, { fields: FIELDS });
    return { live: await withRelations(context, collection(realm), written, "members", FIELDS) };
  },
  remove: async ({ tenant }, { realm, name }) => {
    await tenant.idm.delete(collection(realm), name);
  },
};
