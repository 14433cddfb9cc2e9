/** `aic:EsvVariable`: a variable of the environment (aic §8.2). */

import { z } from "zod";
import type { EsvVariable } from "../../admin-api/aic/esv.ts";
import { guard, label } from "../../drift/bearing.ts";
import { identity } from "../../drift/shared-bearings.ts";
import { esvExpressionType, esvId } from "../../fields/aic.ts";
import { description } from "../../fields/text.ts";
import type { ResourceKind } from "../kind.ts";
import { markIn, withMark, withoutMark } from "../owner.ts";
import type { AicContext } from "./context.ts";
import { fromBase64, lastChange, toBase64, warnPendingRestart } from "./esv.ts";

const schema = z.strictObject({
  // Not `id`: Pulumi keeps that name for its own and drops such an input.
  variableId: esvId.describe("Id in the environment, with `esv-` before it"),
  value: z.string().describe("The value, as `expressionType` reads it"),
  description: description.optional(),
  expressionType: esvExpressionType.default("string").describe("How the value is read"),
});

const outputs = z.object({
  pendingRestart: z.boolean().describe("Whether the value takes effect with the next restart of the tenant"),
});

export const esvVariable: ResourceKind<typeof schema, typeof outputs, EsvVariable, AicContext> = {
  type: "aic:EsvVariable",
  inputs: schema.describe("A variable of the environment."),
  outputs,
  immutable: ["variableId", "expressionType"],
  drift: {
    noun: "variable",
    fields: {
      variableId: identity,
      value: guard("what reads the variable gets another value"),
      description: label(),
      expressionType: guard("the variable is read in another way"),
    },
  },
  id: ({ variableId }) => variableId,
  observe: ({ tenant }, { variableId }) => tenant.environment.getVariable(variableId),
  mark: ({ description }) => markIn(description),
  lastChange,

  decode: async (_context, { _id, valueBase64, description, expressionType, loaded }) => ({
    inputs: { variableId: _id, value: fromBase64(valueBase64), description: withoutMark(description), expressionType },
    outputs: { pendingRestart: !loaded },
  }),

  write: async ({ tenant }, { inputs, owner }) => {
    const { variableId: id, value, expressionType } = inputs;
    const body = { valueBase64: toBase64(value), description: withMark(inputs.description, owner), expressionType };
    const live = await tenant.environment.putVariable(id, body);
    if (!live.loaded) warnPendingRestart(id, tenant.origin);
    return { live };
  },

  remove: async ({ tenant }, { variableId }) => {
    await tenant.environment.deleteVariable(variableId);
  },
};
