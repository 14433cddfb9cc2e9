/** The providers of the running program, for what it asks of the tenant before the engine does. */

import * as pulumi from "@pulumi/pulumi";
import { providers } from "../providers/entry.ts";

/** Programs of one process have a monitor each, and may be about different tenants. */
const programs = new WeakMap<object, ReturnType<typeof providers>>();

/** The provider of a kind; all of a program share a connection. @param type e.g. `aic:AiAgent` */
export function programProvider(type: string): ReturnType<ReturnType<typeof providers>> {
  const monitor = pulumi.runtime.getMonitor() ?? programs;
  const provider = programs.get(monitor) ?? providers();
  programs.set(monitor, provider);
  return provider(type);
}
