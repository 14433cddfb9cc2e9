/** Schemas of what every AIC kind names. */

import { z } from "zod";

/** A realm of the tenant. The root realm is closed on AIC (aic §1.4). */
export const realmSchema = z.string().regex(/^[A-Za-z0-9_-]+$/, "a realm name such as alpha or bravo");

/** OAuth 2.0 client id of an agent or client. */
export const clientIdSchema = z.string().regex(/^[A-Za-z0-9_-]+$/, "letters, digits, dash and underscore only");

/** Tier of the tenant's environment. Static configuration can be written in development only (decision 0006). */
export const tierSchema = z.enum(["development", "staging", "production"]).default("development");

/** A tier that must be development, for kinds that stand in for people. */
export const developmentOnly = (what: string) =>
  tierSchema.refine((tier) => tier === "development", `${what} are declared in tier development only`);
