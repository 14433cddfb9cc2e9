/** `pingone:Group` and `pingone:Population`: look-ups by name of what others manage. They write nothing. */

import { z } from "zod";
import type { PingOneObject } from "../../admin-api/pingone/collection.ts";
import { hasName } from "../../admin-api/pingone/environment.ts";
import { identity } from "../../drift/shared-bearings.ts";
import { environmentIdSchema } from "../../fields/pingone.ts";
import { name } from "../../fields/text.ts";
import type { ResourceKind } from "../kind.ts";
import type { PingOneContext } from "./context.ts";

const schema = z.strictObject({
  environmentId: environmentIdSchema
    .optional()
    .meta({ description: "UUID of the environment", otherwise: "PINGONE_ENVIRONMENT_ID" }),
  name: name.describe("Its name, in exactly this spelling"),
});

const outputs = z.object({
  objectId: z.string().describe("UUID of what has the name"),
});

function lookup(
  type: string,
  collection: "groups" | "populations",
  noun: string,
): ResourceKind<typeof schema, typeof outputs, PingOneObject, PingOneContext> {
  const resolve = (context: PingOneContext, { environmentId, name }: z.output<typeof schema>) => {
    const where = { resource: `${type} ${name}`, field: "name", tenant: context.tenant.origin };
    return context.names(environmentId).objectOf(collection, name, where);
  };
  return {
    type,
    inputs: schema.describe(`A ${noun} that others manage, by name.`),
    outputs,
    immutable: [{ tenant: "environmentId" }, "name"],
    drift: { noun, fields: { environmentId: identity, name: identity } },
    id: ({ environmentId, name }) => [...(environmentId ? [environmentId] : []), name].join("/"),
    observe: async (context, { environmentId, name }) => {
      const environment = context.environment(environmentId);
      const rows = await context.rows(`${environment.id} ${collection}`, environment[collection]);
      return rows.find(hasName(name));
    },
    decode: async (_context, { id, name }, { environmentId }) => ({
      inputs: { environmentId, name },
      outputs: { objectId: id },
    }),
    resolve,
    write: async (context, { inputs }) => ({ live: await resolve(context, inputs) }),
    remove: async () => {
      // It belongs to somebody else.
    },
  };
}

export const group = lookup("pingone:Group", "groups", "group");
export const population = lookup("pingone:Population", "populations", "population");
