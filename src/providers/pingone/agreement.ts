/** `pingone:Agreement`: what users consent to when they sign on (delegation §1.1). Created disabled, for it has no text yet. */

import { z } from "zod";
import type { PingOneObject } from "../../admin-api/pingone/collection.ts";
import { hasName } from "../../admin-api/pingone/environment.ts";
import { environmentIdSchema } from "../../fields/pingone.ts";
import { name } from "../../fields/text.ts";
import type { ResourceKind } from "../kind.ts";
import { markIn, withMark, withoutMark } from "../owner.ts";
import { createOnce, type PingOneContext } from "./context.ts";

const schema = z.strictObject({
  /** UUID of the environment. @default PINGONE_ENVIRONMENT_ID */
  environmentId: environmentIdSchema.optional(),
  /** By which it is found, so one of its own in the environment. */
  name,
  description: name.optional(),
  /** Days after which a user is asked again. @default never */
  reconsentPeriodDays: z.int().min(1).optional(),
});
type AgreementInputs = z.infer<typeof schema>;

const outputs = z.object({
  /** UUID of the agreement. */
  agreementId: z.string(),
});

const agreementsOf = (context: PingOneContext, { environmentId }: AgreementInputs) =>
  context.environment(environmentId).collection("agreements");

export const agreement: ResourceKind<typeof schema, typeof outputs, PingOneObject, PingOneContext> = {
  type: "pingone:Agreement",
  inputs: schema,
  outputs,
  immutable: ["environmentId"],
  id: ({ environmentId, name }) => [...(environmentId ? [environmentId] : []), name].join("/"),

  observe: async (context, inputs, { agreementId }) => {
    const key = `${context.environment(inputs.environmentId).id} agreements`;
    const rows = await context.rows(key, agreementsOf(context, inputs));
    return rows.find(agreementId === undefined ? hasName(inputs.name) : ({ id }) => id === agreementId);
  },

  mark: ({ description }) => markIn(description),

  decode: async (_context, { id, name, description, reconsentPeriodDays }, { environmentId }) => ({
    inputs: { environmentId, name, description: withoutMark(description), reconsentPeriodDays },
    outputs: { agreementId: id },
  }),

  write: async (context, { inputs, live, owner }) => {
    const agreements = agreementsOf(context, inputs);
    const { name, description, reconsentPeriodDays } = inputs;
    // Enabling it belongs to whoever gives it a text.
    const body = {
      name,
      description: withMark(description, owner),
      reconsentPeriodDays,
      enabled: live?.enabled ?? false,
    };
    if (live) return { live: await agreements.replace(live.id, body) };
    const made = async () => (await agreements.list()).find(isMade(inputs));
    return { live: await createOnce(() => agreements.create(body), made) };
  },

  remove: async (context, inputs, { agreementId }) => {
    const agreements = agreementsOf(context, inputs);
    const id = agreementId ?? (await agreements.list()).find(isMade(inputs))?.id;
    if (id !== undefined) await agreements.delete(id);
  },
};

/** True for what a create of these inputs has made. */
const isMade =
  ({ name }: AgreementInputs) =>
  (row: PingOneObject) =>
    hasName(name)(row) && markIn(row.description).whose !== "nobody";
