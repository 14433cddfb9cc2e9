/** Control plane of PingOne's token flows: what waits for a user, the user's answer, and a user's sign-on without a browser. */
import type { Hono } from "hono";
import { z } from "zod";
import { splitScopes } from "../../form.ts";
import { jsonOf, respond } from "../../http.ts";
import { answered } from "../../oauth-dialect.ts";
import { isSecret } from "../../secrets.ts";
import type { Tenant } from "../../tenant.ts";
import { collectionOf, type Document, listed } from "../documents.ts";
import { pingOneIdentity } from "../environment-settings.ts";
import { answer, waiting } from "./approvals.ts";
import { oauthDialect } from "./dialect.ts";
import { userTokens } from "./grants.ts";
import { pingOneRules } from "./rules.ts";
import { signOnNow } from "./sign-on.ts";

const USER = z.strictObject({ username: z.string(), password: z.string() });
const SIGN_ON = USER.extend({ client_id: z.string(), scope: z.string() });

/** Declares the calls; the guard of the control token comes before them. */
export function pingOneFlowControl(app: Hono, tenant: Tenant): void {
  app.get("/__sandbox/pingone/approvals", (context) => {
    const pending = waiting(tenant).map(({ id, document }) => {
      const { kind, client, scopes, bindingMessage, acr, userCode: code } = document;
      return {
        id,
        kind,
        client,
        user: nameOf(tenant, document.user),
        scopes,
        binding_message: bindingMessage,
        acr,
        user_code: code,
      };
    });
    return respond(context, { status: 200, body: { pending } });
  });

  app.post("/__sandbox/pingone/approvals/:id/:answer{approve|deny}", async (context) => {
    const { id, answer: word } = context.req.param();
    const body = USER.safeParse(await jsonOf(context));
    if (!body.success) return respond(context, { status: 400, body: { message: z.prettifyError(body.error) } });
    const pending = waiting(tenant).find((one) => one.id === id);
    if (!pending) return respond(context, { status: 404, body: { message: "nothing of this id waits for an answer" } });
    const user = userOf(tenant, body.data);
    const isAsked = user && (pending.document.user === undefined || pending.document.user === user.id);
    if (!isAsked) return respond(context, { status: 403, body: { message: "only the user who is asked may answer" } });
    answer(tenant, id, user.id, word === "approve");
    return respond(context, { status: 204 });
  });

  // What a user gets by the authorization code grant; its pages are not emulated.
  app.post("/__sandbox/pingone/sign-on", async (context) => {
    const body = SIGN_ON.safeParse(await jsonOf(context));
    if (!body.success) return respond(context, { status: 400, body: { message: z.prettifyError(body.error) } });
    const user = userOf(tenant, body.data);
    const client = tenant.store.get<Document>(collectionOf("applications"), body.data.client_id);
    if (!user || !client) return respond(context, { status: 403, body: { message: "no such user or application" } });
    const issuer = `${tenant.originOf(context.req.raw)}/${pingOneIdentity(tenant.store).environmentId}/as`;
    const { scope } = body.data;
    const form = new URLSearchParams({ grant_type: "authorization_code", scope });
    const request = { tenant, rules: pingOneRules(tenant), issuer, client, form };
    return answered(tenant, context, oauthDialect, async () => {
      const agreed = { user: user.id, scopes: splitScopes(scope), signOn: signOnNow(tenant, client) };
      return { status: 200, body: await userTokens(request, agreed) };
    });
  });
}

const nameOf = ({ store }: Tenant, id: string | undefined) =>
  id === undefined ? undefined : store.get(collectionOf("users"), id)?.username;

/** The user with this name and password. */
function userOf({ store }: Tenant, { username, password }: z.infer<typeof USER>): Document | undefined {
  const user = listed(store, "users").find((row) => row.username === username);
  const known = user && store.get<{ secret: string }>("pingone-passwords", user.id);
  return isSecret(password, known?.secret) ? user : undefined;
}
