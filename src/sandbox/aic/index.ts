/** AIC as the sandbox plays it: its servers, its part of the control plane, and the user's phone. */
import { z } from "zod";
import type { Cloud } from "../cloud.ts";
import { controlCall } from "../control-call.ts";
import { allNodes } from "./am/node-routes.ts";
import { am } from "./am/routes.ts";
import { scriptsCollection } from "./am/scripts.ts";
import { servicesCollection } from "./am/service-routes.ts";
import { treesCollection } from "./am/tree-routes.ts";
import { environment, setAiAgents } from "./environment/routes.ts";
import { idm } from "./idm/routes.ts";
import { IDM_RULES } from "./idm/rules.ts";
import { LOGIN_RULES } from "./login-rules.ts";
import { flowControl } from "./oauth/control.ts";
import { DELEGATION_RULES } from "./oauth/delegation-rules.ts";
import { realmEndpoints } from "./oauth/routes.ts";
import { REALM_RULES } from "./oauth/rules.ts";
import { phone } from "./phone/routes.ts";
import { REALMS } from "./realms.ts";
import { seedAic, setUpAic } from "./seed.ts";
import { tokenEndpoint } from "./token-endpoint.ts";

/** Where the collections of a realm's journeys, nodes, scripts and services begin (decision 0006). */
const staticOf = (realm: string) => [
  treesCollection(realm),
  allNodes(realm),
  scriptsCollection(realm),
  servicesCollection(realm),
];

export const aic: Cloud = {
  rules: { rules: REALM_RULES, delegation: DELEGATION_RULES, login: LOGIN_RULES, idm: IDM_RULES },
  setUp: setUpAic,
  seed: seedAic,
  isStatic: (collection) => REALMS.some((realm) => staticOf(realm).some((start) => collection.startsWith(start))),
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
