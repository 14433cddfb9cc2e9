/** AIC as the sandbox plays it: its servers, its part of the control plane, and the user's phone. */
import { z } from "zod";
import type { Cloud } from "../cloud.ts";
import { controlCall } from "../control-call.ts";
import { am } from "./am/routes.ts";
import { environment, setAiAgents } from "./environment/routes.ts";
import { idm } from "./idm/routes.ts";
import { IDM_RULES } from "./idm/rules.ts";
import { LOGIN_RULES } from "./login-rules.ts";
import { flowControl } from "./oauth/control.ts";
import { DELEGATION_RULES } from "./oauth/delegation-rules.ts";
import { realmEndpoints } from "./oauth/routes.ts";
import { REALM_RULES } from "./oauth/rules.ts";
import { phone } from "./phone/routes.ts";
import { seedAic, setUpAic } from "./seed.ts";
import { tokenEndpoint } from "./token-endpoint.ts";

export const aic: Cloud = {
  rules: { rules: REALM_RULES, delegation: DELEGATION_RULES, login: LOGIN_RULES, idm: IDM_RULES },
  setUp: setUpAic,
  seed: seedAic,
  pages: phone,
  control(app, tenant) {
    const feature = z.strictObject({ aiagent: z.boolean() });
    controlCall(app, "feature", feature, ({ aiagent }) => tenant.store.transaction(() => setAiAgents(tenant, aiagent)));
    flowControl(app, tenant);
  },
  routes(app, tenant) {
    tokenEndpoint(app, tenant);
    am(app, tenant);
    idm(app, tenant);
    environment(app, tenant);
    realmEndpoints(app, tenant);
  },
};
