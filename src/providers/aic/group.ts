/** `aic:Group`: a demo group with its members. Development only (aic §3.1). */

import { z } from "zod";
import { reach } from "../../drift/bearing.ts";
import { identity, text } from "../../drift/shared-bearings.ts";
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
  inputs: schema.describe("A demo group with its members. Development only."),
  immutable: ["realm", "name"],
  notShown: ["tier"],
  collection: "group",
  fields: ["_id", "name", "description", "members"],
  relation: "members",
  drift: {
    noun: "group",
    fields: {
      realm: identity,
      ...text,
      members: reach("agents may act for further people", "agents may act for fewer people"),
    },
  },
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
  resolve: ({ names, tenant }, { realm, name, members = [] }) => {
    const where = { resource: `aic:Group ${realm}/${name}`, field: "members", tenant: tenant.origin };
    return names.idsOf(managed(realm, "user"), "userName", members, where);
  },
  announce: ({ names }, { realm, name }) => names.expected.add(`${managed(realm, "group")} name`, name),
  encode: async (_context, { inputs: { realm, description, members }, owner }, ids) => ({
    description: withMark(description, owner),
    ...(members && { members: ids.map((id) => relation(managed(realm, "user"), id)) }),
  }),
  first: ({ name }) => ({ name }),
});
