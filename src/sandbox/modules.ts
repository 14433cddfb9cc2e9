/** The servers that make up the tenant. A new one is a function of the same form and a line here. */
import type { Hono } from "hono";
import { am } from "./aic/am/routes.ts";
import { environment } from "./aic/environment/routes.ts";
import { idm } from "./aic/idm/routes.ts";
import { LOGIN_RULES } from "./aic/login-rules.ts";
import { REALM_RULES } from "./aic/oauth/rules.ts";
import { tokenEndpoint } from "./aic/token-endpoint.ts";
import { PINGONE_RULES } from "./pingone/oauth/rules.ts";
import { pingOne } from "./pingone/routes.ts";
import type { Tenant } from "./tenant.ts";

/** Declares routes on the application. They read and write one store, and share one clock. */
export type RouteModule = (app: Hono, tenant: Tenant) => void;

export const MODULES: readonly RouteModule[] = [tokenEndpoint, am, idm, environment, pingOne];

/** The rules of their token services, by the name under which the control plane lists them. */
export const RULE_TABLES = { rules: REALM_RULES, login: LOGIN_RULES, pingone: PINGONE_RULES };
