/** Whether a resource that is created may take over an object which the tenant has already: one word for all platforms. */

import { z } from "zod";

/**
 * `never` refuses, `match` takes over an object that equals the declaration, `overwrite` changes it to the declaration. What
 * comes of them in which case is a table in `providers/adoption.ts`.
 */
export const adoptPolicy = z.enum(["never", "match", "overwrite"]).meta({
  description: "What to do when the object exists already",
  otherwise: "that of the stack (`ping-agents:adopt`), else `never`",
  words: {
    never: "refuses, with the differences",
    match: "takes over an object that is equal",
    overwrite: "takes it over and changes it to what is declared",
  },
});

/** A policy of adoption. */
export type AdoptPolicy = z.infer<typeof adoptPolicy>;
