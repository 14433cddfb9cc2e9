/** Whether a resource that is created may take over an object which the tenant has already: one word for all platforms. */

import { z } from "zod";

/**
 * `never` refuses, `match` takes over an object that equals the declaration, `overwrite` changes it to the declaration. What
 * comes of them in which case is a table in `providers/adoption.ts`.
 */
export const adoptPolicy = z.enum(["never", "match", "overwrite"]);

/** A policy of adoption. */
export type AdoptPolicy = z.infer<typeof adoptPolicy>;
