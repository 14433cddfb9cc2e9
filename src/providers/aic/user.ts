/** `aic:User`: a demo identity. Development only: people are no configuration (aic §10). */

import { z } from "zod";
import type { IdmObject } from "../../admin-api/aic/idm.ts";
import type { ResourceKind } from "../kind.ts";
import type { AicContext } from "./context.ts";
import { deterministicId } from "./ids.ts";
import { developmentOnly, realmSchema } from "./realm.ts";
import { managed } from "./relations.ts";

const schema = z.strictObject({
  realm: realmSchema,
  tier: developmentOnly("users"),
  userName: z.string().min(1),
  givenName: z.string().min(1),
  /** Surname. */
  sn: z.string().min(1),
  mail: z.email(),
  password: z.string().min(8).optional(),
});
type UserInputs = z.infer<typeof schema>;

const outputs = z.object({
  /** UUID of the user in IDM. */
  userId: z.string(),
});

const FIELDS = ["_id", "userName", "givenName", "sn", "mail"];
const collection = (realm: string) => managed(realm, "user");
const ownId = ({ realm, userName }: UserInputs) => deterministicId("user", realm, userName);

export const user: ResourceKind<typeof schema, typeof outputs, IdmObject, AicContext> = {
  type: "aic:User",
  inputs: schema,
  outputs,
  immutable: ["realm", "userName"],
  secret: ["password"],
  notShown: ["tier", "password"],
  id: ({ realm, userName }) => `${realm}/${userName}`,
  observe: (context, inputs, { userId }) =>
    context.managed(collection(inputs.realm), String(userId ?? ownId(inputs)), FIELDS),
  isOwn: () => true, // found under the id that only this declaration leads to; a taken user name is refused by IDM
  decode: async (_context, { _id, userName, givenName, sn, mail }, { realm }) => ({
    inputs: { realm, userName, givenName, sn, mail },
    outputs: { userId: _id },
  }),
  write: async ({ tenant }, { inputs, previous, live }) => {
    const { realm, userName, givenName, sn, mail, password } = inputs;
    const secret = password !== undefined && password !== previous?.password ? { password } : {};
    const body = { userName, givenName, sn, mail, ...secret };
    if (!live) {
      const id = ownId(inputs);
      return { live: await tenant.idm.create(collection(realm), id, { _id: id, ...body, accountStatus: "active" }) };
    }
    const operations = Object.entries(body).map(([key, value]) => ({
      operation: "replace" as const,
      field: `/${key}`,
      value,
    }));
    return { live: await tenant.idm.patch(collection(realm), live._id, operations) };
  },
  remove: async ({ tenant }, inputs, { userId }) => {
    await tenant.idm.delete(collection(inputs.realm), String(userId ?? ownId(inputs)));
  },
};
