/** `aic:User`: a demo identity. Development only: people are no configuration (aic §10). */

import { z } from "zod";
import { guard, label } from "../../drift/bearing.ts";
import { identity } from "../../drift/shared-bearings.ts";
import { developmentOnly, passwordSchema, realmSchema, userFields } from "../../fields/aic.ts";
import { name } from "../../fields/text.ts";
import { KIT, markOf, NOBODY, type Owner } from "../owner.ts";
import { deterministicId } from "./ids.ts";
import { managedKind } from "./managed-kind.ts";
import { managed } from "./relations.ts";

const schema = z.strictObject({
  realm: realmSchema,
  tier: developmentOnly("users"),
  userName: name.describe("Unique in the realm"),
  ...userFields,
  password: passwordSchema.optional().meta({ description: "Password, of at least 8 characters", otherwise: "none" }),
});

const outputs = z.object({
  userId: z.string().describe("UUID of the user in IDM"),
});

const FIELDS = ["_id", "userName", "givenName", "sn", "mail"];
/** The id of a user, unless one was taken over. Those of before do not tell the stack. */
const objectId = ({ realm, userName }: z.output<typeof schema>, owner: Owner | undefined) =>
  deterministicId("user", ...(owner ? [owner.stack] : []), realm, userName);

export const user = managedKind({
  type: "aic:User",
  inputs: schema.describe("A demo identity. Development only."),
  outputs,
  immutable: ["realm", "userName"],
  secret: ["password"],
  notShown: ["tier", "password"],
  collection: "user",
  fields: FIELDS,
  drift: {
    noun: "user",
    fields: {
      realm: identity,
      userName: identity,
      givenName: label(),
      sn: label(),
      mail: guard("messages go to another address"),
    },
  },
  id: ({ realm, userName }) => `${realm}/${userName}`,
  objectId,
  knownId: ({ userId }) => userId,
  // A user has no room for a mark: the id tells the stack.
  mark: ({ _id }, { inputs, outputs, owner }) => {
    if (_id === outputs.userId || (owner && _id === objectId(inputs, owner))) return markOf(owner);
    return _id === objectId(inputs, undefined) ? KIT : NOBODY;
  },
  rival: (context, { realm, userName }) => context.managedBy(managed(realm, "user"), "userName", userName, FIELDS),
  announce: ({ names }, { realm, userName }) => names.expected.add(`${managed(realm, "user")} userName`, userName),
  decode: async (_context, { _id, userName, givenName, sn, mail }, { realm }) => ({
    inputs: { realm, userName, givenName, sn, mail },
    outputs: { userId: _id },
  }),
  encode: async (_context, { inputs: { userName, givenName, sn, mail, password }, previous, adopted }) => ({
    ...{ userName, givenName, sn, mail },
    ...(password !== undefined && password !== previous?.password && adopted !== "match" && { password }),
  }),
  first: () => ({ accountStatus: "active" }),
});
