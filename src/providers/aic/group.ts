/** `aic:Group`: a demo group with its members. Development only (aic §3.1). */

import { z } from "zod";
import { developmentOnly, groupName, realmSchema } from "../../fields/aic.ts";
import { description, set } from "../../fields/text.ts";
import { markIn, withMark, withoutMark } from "../owner.ts";
import { managedKind } from "./managed-kind.ts";
import { managed, relatedIds, relation } from "./relations.ts";

const schema = z.strictObject({
  realm: realmSchema,
  tier: developmentOnly("groups"),
  name: groupName.describe("Also the id of the group"),
  description: description.optional(),
  members: set().optional().meta({ description: "User names of its members", otherwise: "none" }),
});

export const group = managedKind({
  type: "aic:Group",
  inputs: schema,
  immutable: ["realm", "name"],
  notShown: ["tier"],
  collection: "group",
  fields: ["_id", "name", "description", "members"],
  relation: "members",
  id: ({ realm, name }) => `${realm}/${name}`,
  objectId: ({ name }) => name,
  mark: ({ description }) => markIn(description),
  decode: async ({ names }, live, { realm, members }) => ({
    inputs: {
      realm,
      name: live.name,
      description: withoutMark(live.description),
      members: members && (await names.namesOf(managed(realm, "user"), "userName", relatedIds(live.members))),
    },
  }),
  encode: async ({ names, tenant }, { inputs: { realm, name, description, members }, owner }) => {
    const where = { resource: `aic:Group ${realm}/${name}`, field: "members", tenant: tenant.origin };
    const ids = await names.idsOf(managed(realm, "user"), "userName", members ?? [], where);
    return {
      description: withMark(description, owner),
      ...(members && { members: ids.map((id) => relation(managed(realm, "user"), id)) }),
    };
  },
  first: ({ name }) => ({ name }),
});
