/** A call of the control plane that changes something: its body is checked, and the answer is empty. */
import type { Hono } from "hono";
import { z } from "zod";
import { jsonOf, respond } from "./http.ts";
import { NotServed } from "./load.ts";

/** @param name of the path below `/__sandbox/` */
export function controlCall<T>(app: Hono, name: string, schema: z.ZodType<T>, effect: (body: T) => void): void {
  app.post(`/__sandbox/${name}`, async (context) => {
    const body = schema.safeParse(await jsonOf(context));
    if (!body.success) return respond(context, { status: 400, body: { message: z.prettifyError(body.error) } });
    try {
      effect(body.data);
    } catch (error) {
      if (!(error instanceof NotServed)) throw error;
      return respond(context, { status: 422, body: { message: error.message } });
    }
    return respond(context, { status: 204 });
  });
}
