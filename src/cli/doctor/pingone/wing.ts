/** A doctor's checks of a PingOne environment. */

import { askPingOne } from "../../../admin-api/pingone/discovery.ts";
import { type PingOneSettings, pingOneSettings } from "../../../admin-api/pingone/settings.ts";
import { connectPingOne, type PingOneTenant } from "../../../admin-api/pingone/tenant.ts";
import { type PingOneContext, pingOneContexts } from "../../../providers/pingone/context.ts";
import type { Said } from "../../../tenants.ts";
import { reached } from "../reached.ts";
import { all, type Check, known } from "../sheet.ts";
import { type Answer, QUICK, type Wing } from "../wing.ts";
import { environment } from "./environment.ts";
import { licence } from "./licence.ts";
import { names } from "./names.ts";
import { readings } from "./readings.ts";
import { requiredClaims } from "./required-claims.ts";

const settings: Check<Said, PingOneSettings> = {
  id: "settings",
  title: "settings",
  look: ({ env, config }) => {
    const fact = pingOneSettings(env, config);
    // Says what is wrong with an address; makes no call.
    connectPingOne(fact);
    return { found: `environment ${fact.environmentId}, worker application ${fact.clientId} and its secret`, fact };
  },
};

const connection: Check<PingOneSettings, Answer> = {
  id: "connection",
  title: "connection",
  look: async (of) => ({ fact: await askPingOne(of, QUICK), found: reached([of.authUrl, of.apiUrl]) }),
};

const signIn: Check<PingOneSettings, PingOneTenant> = {
  id: "credentials",
  title: "credentials",
  look: async (of) => {
    const fact = connectPingOne(of, QUICK);
    await fact.signIn();
    return { found: `PingOne takes the worker application ${of.clientId}`, fact };
  },
};

export const pingOneWing: Wing<"pingone", PingOneSettings> = {
  settings,
  connection,
  local: requiredClaims,
  async examine(sheet, given, declared) {
    const tenant = await sheet.look(signIn, given);
    const context = "lacks" in tenant ? tenant : known<PingOneContext>(pingOneContexts(tenant.value).coalesced);
    const there = await sheet.look(environment, all({ context, declared }));
    const both = all({ context, declared, there });
    let readable = both;
    for (const reading of readings) {
      const read = await sheet.look(reading, both);
      if ("lacks" in read) readable = read;
    }
    await sheet.look(licence, both);
    await sheet.look(names, readable);
  },
};
