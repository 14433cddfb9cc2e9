/** `aic:User`: a demo identity. Development only: people are no configuration (aic §10). */

import { z } from "zod";
import { developmentOnly, passwordSchema, realmSchema, userFields } from "../../fields/aic.ts";
import { name } from "../../fields/text.ts";
import { markOf } from "../owner.ts";
import { deterministicId } from "./ids.ts";
import { managedKind } from "./managed-kind.ts";

const schema = z.strictObject({
  realm: realmSchema,
  tier: developmentOnly("users"),
  userName: name,
  ...userFields,
  password: passwordSchema.optional(),
});

const outputs = z.object({
  /** UUID of the user in IDM. */
  userId: z.string(),
});

export const user = managedKind({
  type: "aic:User",
  inputs: schema,
  outputs,
  immutable: ["realm", "userName"],
  secret: ["password"],
  notShown: ["tier", "password"],
  collection: "user",
  fields: ["_id", "userName", "givenName", "sn", "mail"],
  id: ({ realm, userName }) => `${realm}/${userName}`,
  objectId: ({ realm, userName }) => deterministicId("user", realm, userName),
  knownId: ({ userId }) => userId,
  mark: (_live, { owner }) => markOf(owner), // found under the id that only this declaration leads to; a taken user name is refused by IDM
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
