/** Control plane of PingOne's token flows: what waits for a user, the user's answer and consents, and a sign-on without a browser. */
import type { Hono } from "hono";
import { z } from "zod";
import { controlCall } from "../../control-call.ts";
import { splitScopes } from "../../form.ts";
import { jsonOf, respond } from "../../http.ts";
import { answered } from "../../oauth-dialect.ts";
import type { Tenant } from "../../tenant.ts";
import { allConsents, putConsents } from "../agreements.ts";
import { collectionOf, type Document } from "../documents.ts";
import { pingOneIdentity } from "../environment-settings.ts";
import { userWith } from "../people.ts";
import { answer, waiting } from "./approvals.ts";
import { oauthDialect } from "./dialect.ts";
import { userTokens } from "./grants.ts";
import { pingOneRules } from "./rules.ts";
import { signOnNow } from "./sign-on.ts";

const USER = z.strictObject({ username: z.string(), password: z.string() });
const CONSENTS = z.strictObject({
  user: z.string(),
  consents: z.array(z.strictObject({ agreement: z.string(), at: z.number() })),
});
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

  app.get("/__sandbox/pingone/consents", (context) =>
    respond(context, { status: 200, body: { consents: allConsents(tenant) } }),
  );
  controlCall(app, "pingone/consents", CONSENTS, ({ user, consents }) => putConsents(tenant, user, consents));

  // What a user gets by the authorization code grant, for whoever has no browser: no page, and no consent.
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

const userOf = ({ store }: Tenant, { username, password }: z.infer<typeof USER>) => userWith(store, username, password);
