/** `pingone:Agreement`: what users consent to when they sign on, in one language or more (delegation §1.1). */

import { z } from "zod";
import { AdminApiError } from "../../admin-api/http/errors.ts";
import type { PingOneCollection, PingOneObject } from "../../admin-api/pingone/collection.ts";
import { hasName } from "../../admin-api/pingone/environment.ts";
import { guard, limit, reach } from "../../drift/bearing.ts";
import { identity, text } from "../../drift/shared-bearings.ts";
import { agreementLanguages, environmentIdSchema, reconsentPeriodDays } from "../../fields/pingone.ts";
import { description, name } from "../../fields/text.ts";
import { owned } from "../annotations.ts";
import type { ResourceKind } from "../kind.ts";
import { isOf, markById, markIn, type Owner, releasedText, withMark, withoutMark } from "../owner.ts";
import { type Language, readLanguages, shownLanguages, syncLanguages } from "./agreement-languages.ts";
import type { PingOneContext } from "./context.ts";
import { replaceChanged } from "./properties.ts";

const schema = z.strictObject({
  environmentId: environmentIdSchema
    .optional()
    .meta({ description: "UUID of the environment", otherwise: "PINGONE_ENVIRONMENT_ID" }),
  name: name.describe("By which it is found, so one of its own in the environment"),
  description: description.optional(),
  enabled: owned(z.boolean(), true).optional().meta({ description: "Whether policies prompt for it", default: true }),
  reconsentPeriodDays: reconsentPeriodDays.optional(),
  languages: agreementLanguages,
});
type AgreementInputs = z.infer<typeof schema>;

const outputs = z.object({
  agreementId: z.string().describe("UUID of the agreement"),
});

type Live = { readonly agreement: PingOneObject; readonly languages: readonly Language[] };

const agreementsOf = (context: PingOneContext, { environmentId }: AgreementInputs) =>
  context.environment(environmentId).agreements;

export const agreement: ResourceKind<typeof schema, typeof outputs, Live, PingOneContext> = {
  type: "pingone:Agreement",
  inputs: schema.describe("What users consent to when they sign on, in one language or more."),
  outputs,
  immutable: [{ tenant: "environmentId" }],
  drift: {
    noun: "agreement",
    fields: {
      environmentId: identity,
      ...text,
      enabled: limit("nobody is asked to consent", "users are asked to consent", { absent: "most" }),
      reconsentPeriodDays: reach("users are asked again later", "users are asked again sooner", { class: "weakened" }),
      languages: { "*": guard("users consent to something else") },
    },
    gone: { class: "weakened", means: "nobody is asked to consent" },
  },
  id: ({ environmentId, name }) => [...(environmentId ? [environmentId] : []), name].join("/"),
  identity: (_inputs, { agreementId }) => agreementId,
  announce: (context, { environmentId, name }) => context.names(environmentId).expected.add("agreements", name),

  observe: async (context, inputs, { agreementId }) => {
    const environment = context.environment(inputs.environmentId);
    const rows = await context.rows(`${environment.id} agreements`, agreementsOf(context, inputs));
    const found = rows.find(agreementId === undefined ? hasName(inputs.name) : ({ id }) => id === agreementId);
    if (!found) return undefined;
    const place = { environment, agreement: found.id };
    return { agreement: found, languages: await readLanguages(context, place, inputs.languages) };
  },

  mark: ({ agreement: { description } }, { outputs }) => markById(markIn(description), outputs.agreementId),

  decode: async (_context, { agreement, languages }, { environmentId, languages: declared }) => ({
    inputs: {
      environmentId,
      name: agreement.name,
      description: withoutMark(agreement.description),
      enabled: agreement.enabled,
      reconsentPeriodDays: agreement.reconsentPeriodDays,
      languages: shownLanguages(languages, declared),
    },
    outputs: { agreementId: agreement.id },
  }),

  write: async (context, { inputs, previous, live, owner }) => {
    const environment = context.environment(inputs.environmentId);
    const agreements = agreementsOf(context, inputs);
    const { name, enabled = true } = inputs;
    const before = live?.agreement;
    // What nobody declared keeps its value.
    const description = inputs.description ?? (previous?.description ? undefined : withoutMark(before?.description));
    const reconsentPeriodDays =
      inputs.reconsentPeriodDays ?? (previous?.reconsentPeriodDays ? undefined : before?.reconsentPeriodDays);
    const body = { name, description: withMark(description, owner), reconsentPeriodDays };
    const made = async () =>
      (await agreements.list()).find((row) => hasName(name)(row) && isOf(markIn(row.description), owner));
    // It cannot be enabled before the default language says something.
    const found = before ?? (await agreements.create({ ...body, enabled: false }, made));
    const place = { environment, agreement: found.id };
    const isStopped = before?.enabled === true && !enabled;
    const stopped = isStopped ? await replaceChanged(agreements, found, { ...body, enabled }) : found;
    const languages = await syncLanguages(context, place, live?.languages ?? [], inputs.languages);
    const written = await replaceChanged(agreements, stopped, { ...body, enabled });
    if (before?.name !== name) context.names(inputs.environmentId).forget("agreements");
    return { live: { agreement: written, languages } };
  },

  remove: async (context, inputs, _outputs, owner, live) => {
    if (!live) return;
    const agreements = agreementsOf(context, inputs);
    const { agreement } = live;
    if (agreement.enabled === true) await agreements.replace(agreement.id, { ...bodyOf(agreement), enabled: false });
    await agreements.delete(agreement.id).catch((error: unknown) => {
      if (!(error instanceof AdminApiError) || !isHeld(error)) throw error;
      return letGo(agreements, agreement, owner);
    });
    context.names(inputs.environmentId).forget("agreements");
  },
};

/** What a PUT may say of an agreement. */
const bodyOf = ({ name, description, reconsentPeriodDays }: PingOneObject) => ({
  ...{ name, description },
  ...(reconsentPeriodDays !== undefined && { reconsentPeriodDays }),
});

/** Whether PingOne refuses because of what hangs on the object. */
const isHeld = ({ policyFailures }: AdminApiError) =>
  policyFailures.some(({ requirements }) => requirements.includes("CONSTRAINT_VIOLATION"));

/** PingOne keeps what users have consented to: such an agreement can only be switched off. */
async function letGo(agreements: PingOneCollection, agreement: PingOneObject, owner: Owner | undefined): Promise<void> {
  const { description } = agreement;
  const released = [withoutMark(description), owner && releasedText(owner)].filter(Boolean).join(" ");
  await agreements.replace(agreement.id, { ...bodyOf(agreement), description: released, enabled: false });
  console.warn(
    `warning: the agreement ${agreement.name} stays, switched off: users consented to it, or a policy prompts for it`,
  );
}
