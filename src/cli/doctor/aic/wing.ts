/** A doctor's checks of an AIC tenant. */

import { aicDialect } from "../../../admin-api/aic/dialect.ts";
import { askAic } from "../../../admin-api/aic/identity.ts";
import { readServiceAccountKey } from "../../../admin-api/aic/service-account.ts";
import { type AicSettings, aicSettings } from "../../../admin-api/aic/settings.ts";
import { serverUrl } from "../../../admin-api/http/url.ts";
import { declaredAddress, type Said } from "../../../tenants.ts";
import { reached } from "../reached.ts";
import { all, type Check } from "../sheet.ts";
import { type Answer, QUICK, type Wing } from "../wing.ts";
import { names } from "./names.ts";
import { acr, aiAgents, delegation, exchange, grantTypes, realm } from "./provider.ts";
import { secrets } from "./secrets.ts";
import { granted, scopeChecks, signIn } from "./sign-in.ts";
import { staticConfiguration } from "./static-configuration.ts";

const settings: Check<Said, AicSettings> = {
  id: "settings",
  title: "settings",
  look: async (said) => {
    const fact = aicSettings(said.env, said.config, declaredAddress(said));
    const { origin } = serverUrl(fact.tenantUrl, aicDialect.addressSetting);
    await readServiceAccountKey(fact.serviceAccountKey);
    return { found: `${origin}, service account ${fact.serviceAccountId} and its key`, fact };
  },
};

const connection: Check<AicSettings, Answer> = {
  id: "connection",
  title: "connection",
  look: async ({ tenantUrl }) => {
    const { at } = await askAic(tenantUrl, QUICK);
    return { found: reached([tenantUrl]), fact: { at } };
  },
};

export const aicWing: Wing<"aic", AicSettings> = {
  settings,
  connection,
  local: secrets,
  async examine(sheet, given, declared) {
    const account = await sheet.look(signIn, given);
    for (const check of scopeChecks) await sheet.look(check, account);
    const tenant = granted(account);
    const provider = await sheet.look(realm, all({ tenant, declared }));
    const both = all({ provider, declared });
    await sheet.look(aiAgents, both);
    await sheet.look(grantTypes, both);
    await sheet.look(exchange, both);
    await sheet.look(delegation, both);
    await sheet.look(acr, both);
    await sheet.look(staticConfiguration, all({ tenant, declared, provider }));
    await sheet.look(names, all({ tenant, declared, provider }));
  },
};
