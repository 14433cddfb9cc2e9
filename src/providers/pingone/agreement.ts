/** `pingone:Agreement`: what users consent to when they sign on (delegation §1.1). Created disabled, for it has no text yet. */

import { z } from "zod";
import type { PingOneObject } from "../../admin-api/pingone/collection.ts";
import { hasName } from "../../admin-api/pingone/environment.ts";
import { reach } from "../../drift/bearing.ts";
import { identity, text } from "../../drift/shared-bearings.ts";
import { environmentIdSchema } from "../../fields/pingone.ts";
import { description, name } from "../../fields/text.ts";
import type { ResourceKind } from "../kind.ts";
import { isOf, markById, markIn, withMark, withoutMark } from "../owner.ts";
import type { PingOneContext } from "./context.ts";
import { replaceChanged } from "./properties.ts";

const schema = z.strictObject({
  environmentId: environmentIdSchema
    .optional()
    .meta({ description: "UUID of the environment", otherwise: "PINGONE_ENVIRONMENT_ID" }),
  name: name.describe("By which it is found, so one of its own in the environment"),
  description: description.optional(),
  reconsentPeriodDays: z
    .int()
    .min(1)
    .optional()
    .meta({ description: "Days after which a user is asked again", otherwise: "never" }),
});
type AgreementInputs = z.infer<typeof schema>;

const outputs = z.object({
  agreementId: z.string().describe("UUID of the agreement"),
});

const agreementsOf = (context: PingOneContext, { environmentId }: AgreementInputs) =>
  context.environment(environmentId).collection("agreements");

export const agreement: ResourceKind<typeof schema, typeof outputs, PingOneObject, PingOneContext> = {
  type: "pingone:Agreement",
  inputs: schema.describe("What users consent to when they sign on. It is created disabled."),
  outputs,
  immutable: [{ tenant: "environmentId" }],
  drift: {
    noun: "agreement",
    fields: {
      environmentId: identity,
      ...text,
      reconsentPeriodDays: reach("users are asked again later", "users are asked again sooner", { class: "weakened" }),
    },
  },
  id: ({ environmentId, name }) => [...(environmentId ? [environmentId] : []), name].join("/"),
  identity: (_inputs, { agreementId }) => agreementId,

  observe: async (context, inputs, { agreementId }) => {
    const key = `${context.environment(inputs.environmentId).id} agreements`;
    const rows = await context.rows(key, agreementsOf(context, inputs));
    return rows.find(agreementId === undefined ? hasName(inputs.name) : ({ id }) => id === agreementId);
  },

  mark: ({ description }, { outputs }) => markById(markIn(description), outputs.agreementId),

  decode: async (_context, { id, name, description, reconsentPeriodDays }, { environmentId }) => ({
    inputs: { environmentId, name, description: withoutMark(description), reconsentPeriodDays },
    outputs: { agreementId: id },
  }),

  write: async (context, { inputs, previous, live, owner }) => {
    const agreements = agreementsOf(context, inputs);
    const { name } = inputs;
    // What nobody declared keeps its value.
    const description = inputs.description ?? (previous?.description ? undefined : withoutMark(live?.description));
    const reconsentPeriodDays =
      inputs.reconsentPeriodDays ?? (previous?.reconsentPeriodDays ? undefined : live?.reconsentPeriodDays);
    // Enabling it belongs to whoever gives it a text.
    const body = {
      name,
      description: withMark(description, owner),
      reconsentPeriodDays,
      enabled: live?.enabled ?? false,
    };
    if (live) return { live: await replaceChanged(agreements, live, body) };
    const made = async () =>
      (await agreements.list()).find((row) => hasName(name)(row) && isOf(markIn(row.description), owner));
    return { live: await agreements.create(body, made) };
  },

  remove: async (context, inputs, _outputs, _owner, live) => {
    if (live) await agreementsOf(context, inputs).delete(live.id);
  },
};
