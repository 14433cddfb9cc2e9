/** Control plane of the token flows: what waits for an approval, and the user's answer. */
import type { Hono } from "hono";
import { z } from "zod";
import { jsonOf, respond } from "../../http.ts";
import type { Tenant } from "../../tenant.ts";
import { answerRequest, type PendingRequest, pendingRequests } from "./ciba/requests.ts";
import { hasPassword } from "./users.ts";

const ANSWER = z.strictObject({ username: z.string(), password: z.string() });

/** Declares the calls; the guard of the control token comes before them. */
export function flowControl(app: Hono, tenant: Tenant): void {
  app.get("/__sandbox/ciba", (context) =>
    respond(context, { status: 200, body: { pending: pendingRequests(tenant).map(describe) } }),
  );

  app.post("/__sandbox/ciba/:id/:answer{approve|deny}", async (context) => {
    const { id, answer } = context.req.param();
    const body = ANSWER.safeParse(await jsonOf(context));
    if (!body.success) return respond(context, { status: 400, body: { message: z.prettifyError(body.error) } });
    const pending = pendingRequests(tenant).find((one) => one.id === id);
    if (!pending) return respond(context, { status: 404, body: { message: "no such request waits for an approval" } });
    const { user } = pending;
    const isUser = body.data.username === user.userName && hasPassword(user, body.data.password) && user.active;
    if (!isUser) return respond(context, { status: 403, body: { message: "only the user who is asked may answer" } });
    answerRequest(tenant, id, answer === "approve");
    return respond(context, { status: 204 });
  });
}

/** A request as it is listed. The `auth_req_id` stays with the client, whose credential it is. */
function describe({ id, user, request }: PendingRequest) {
  const { realm, client, scopes, bindingMessage, acr, journey, createdAt, expiresAt } = request;
  return {
    id,
    realm,
    client,
    user: user.userName,
    userId: user.id,
    scopes,
    binding_message: bindingMessage,
    acr,
    journey,
    createdAt: new Date(createdAt * 1000).toISOString(),
    expiresAt: new Date(expiresAt * 1000).toISOString(),
  };
}
