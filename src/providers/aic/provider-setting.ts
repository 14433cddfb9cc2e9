/** `aic:ProviderSetting`: one setting of the realm's OAuth2 provider (aic §6, delegation §1.5). */

import { z } from "zod";
import { guard } from "../../drift/bearing.ts";
import { identity } from "../../drift/shared-bearings.ts";
import { realmSchema, tierOfResource } from "../../fields/aic.ts";
import {
  PROVIDER_SECTION,
  PROVIDER_SETTINGS,
  type ProviderSettingValue,
  providerSettings,
  providerSettingValue,
} from "../../fields/aic-provider.ts";
import { named } from "../../named.ts";
import type { NoOutputs, ResourceKind } from "../kind.ts";
import type { AicContext } from "./context.ts";
import { releasable } from "./entry-users.ts";
import { editProvider, readProvider, section, settingOf } from "./oauth2-provider.ts";

const fields = z.strictObject({
  realm: realmSchema,
  setting: z.enum(PROVIDER_SETTINGS).describe("AM's name of the setting"),
  value: providerSettingValue.meta({ description: "What it must be", examples: ["RS256"] }),
  baseline: z
    .record(z.string(), providerSettingValue)
    .describe("Settings of the baseline: what this resource leaves behind when it is destroyed"),
  tier: tierOfResource,
});
const schema = fields.check(({ value: { setting, value }, issues }) => {
  const [issue] = z.safeParse(providerSettings[setting] as z.ZodType, value).error?.issues ?? [];
  if (issue) issues.push({ code: "custom", input: value, path: ["value"], message: issue.message });
});

type Live = { readonly value: ProviderSettingValue | undefined };

export const providerSetting: ResourceKind<typeof schema, NoOutputs, Live, AicContext> = {
  type: "aic:ProviderSetting",
  inputs: schema.describe("One setting of the realm's OAuth2 provider, which counts for all its clients."),
  immutable: ["realm", "setting"],
  notShown: ["baseline", "tier"],
  promoted: true,
  drift: {
    noun: "OAuth2 provider",
    fields: {
      realm: identity,
      setting: identity,
      value: guard("the realm's tokens are signed in another way, or are for another audience"),
    },
  },
  id: ({ realm, setting }) => `${realm}/${setting}`,
  observe: async (context, { realm, setting }) => ({ value: settingOf(await readProvider(context, realm), setting) }),
  decode: async (_context, { value }, inputs) => ({ inputs: { ...inputs, value } }),
  write: async (context, { inputs: { realm, setting, value } }) => {
    await editProvider(context, realm, (document) => put(document, setting, value));
    return { live: { value } };
  },
  remove: async (context, { realm, setting, value, baseline }, _outputs, owner) => {
    const before = named(baseline, setting);
    if (before === undefined || before === value) return;
    const entries = { realm, sort: "setting", entries: [setting], owner } as const;
    if ((await releasable(context, entries)).length === 0) return;
    // What somebody has set to something else by now is theirs.
    await editProvider(
      context,
      realm,
      (document) => settingOf(document, setting) === value && put(document, setting, before),
    );
  },
};

function put(document: Parameters<typeof section>[0], setting: string, value: ProviderSettingValue): boolean {
  const settings = section(document, PROVIDER_SECTION);
  if (settings[setting] === value) return false;
  settings[setting] = value;
  return true;
}
