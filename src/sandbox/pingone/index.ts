/** PingOne as the sandbox plays it: the API and the token service of one environment, and its part of the control plane. */
import type { Cloud } from "../cloud.ts";
import { controlCall } from "../control-call.ts";
import { controlPingOne, pingOneControl } from "./environment-settings.ts";
import { pingOneFlowControl } from "./oauth/control.ts";
import { PINGONE_RULES } from "./oauth/rules.ts";
import { pingOneRoutes } from "./routes.ts";
import { seedPingOne, setUpPingOne } from "./seed.ts";

export const pingOne: Cloud = {
  rules: { pingone: PINGONE_RULES },
  setUp: setUpPingOne,
  seed: seedPingOne,
  control(app, tenant) {
    controlCall(app, "pingone", pingOneControl, (body) => controlPingOne(tenant.store, body));
    pingOneFlowControl(app, tenant);
  },
  routes: pingOneRoutes,
};
