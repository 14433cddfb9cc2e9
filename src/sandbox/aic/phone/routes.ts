/**
 * `/__sandbox/phone`: a page that plays the user's phone. It knows no control token: only the user, signed in with the
 * user's own password, may approve. Safe against other pages on the same machine, whose cookies count as same-site: a change
 * must come from the page's own origin, and the page answers to names of the loopback interface only.
 */
import { randomBytes } from "node:crypto";
import type { Context, Hono } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { z } from "zod";
import { jsonOf, respond } from "../../http.ts";
import { isLoopback } from "../../loopback.ts";
import type { Tenant } from "../../tenant.ts";
import { answerRequest, pendingRequests } from "../oauth/ciba/requests.ts";
import { hasPassword, userByName } from "../oauth/users.ts";
import { REALMS } from "../realms.ts";
import { page } from "./page.ts";
import { Sessions } from "./sessions.ts";

const PATH = "/__sandbox/phone";
const SIGN_IN = z.strictObject({ realm: z.enum(REALMS), username: z.string(), password: z.string() });

/** Declares the page and its calls. Must come before the guard of the control token. */
export function phone(app: Hono, tenant: Tenant): void {
  const sessions = new Sessions(tenant);
  const tokenOf = (context: Context) => getCookie(context, cookieName(context)) ?? "";
  const answer = (context: Context, status: number, body?: unknown) =>
    respond(context, { status, ...(body !== undefined && { body }) });

  for (const path of [PATH, `${PATH}/*`]) {
    app.use(path, async (context, next) => {
      const url = new URL(context.req.url);
      const isOwn = context.req.method === "GET" || context.req.header("origin") === url.origin;
      if (isLoopback(url) && isOwn) return next();
      return answer(context, 403, { message: "only this page itself may do that" });
    });
  }

  app.get(PATH, (context) => {
    const nonce = randomBytes(16).toString("base64");
    const policy = [
      "default-src 'none'",
      `script-src 'nonce-${nonce}'`,
      `style-src 'nonce-${nonce}'`,
      "connect-src 'self'",
      "img-src data:",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ];
    const headers = {
      "content-security-policy": policy.join("; "),
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
      "cache-control": "no-store",
    };
    return context.html(page(nonce), 200, headers);
  });

  app.post(`${PATH}/session`, async (context) => {
    const body = SIGN_IN.safeParse(await jsonOf(context));
    if (!body.success) return answer(context, 400, { message: "realm, username and password are needed" });
    const { realm, username, password } = body.data;
    const user = userByName(tenant, realm, username);
    // No error: browsers write one to the console for every answer that is, and a mistyped password is none.
    if (!user?.active || !hasPassword(user, password)) return answer(context, 200, { signedIn: false });
    setCookie(context, cookieName(context), sessions.start(realm, user), {
      path: PATH,
      httpOnly: true,
      sameSite: "Strict",
    });
    return answer(context, 200, { signedIn: true });
  });

  app.delete(`${PATH}/session`, (context) => {
    sessions.end(tokenOf(context));
    deleteCookie(context, cookieName(context), { path: PATH });
    return answer(context, 204);
  });

  app.get(`${PATH}/requests`, (context) => {
    const session = sessions.userOf(tokenOf(context));
    if (!session) return answer(context, 200, { user: null, pending: [] });
    const pending = pendingOf(session).map(({ id, client, request }) => ({
      id,
      client: client.id,
      displayName: client.displayName,
      bindingMessage: request.bindingMessage,
      scopes: request.scopes,
      createdAt: request.createdAt,
      expiresAt: request.expiresAt,
    }));
    return answer(context, 200, { user: session.user.userName, pending });
  });

  app.post(`${PATH}/requests/:id/:answer{approve|deny}`, (context) => {
    const session = sessions.userOf(tokenOf(context));
    if (!session) return answer(context, 401, { message: "sign in first" });
    const { id, answer: said } = context.req.param();
    if (!pendingOf(session).some((one) => one.id === id)) return answer(context, 404, { message: "no such request" });
    answerRequest(tenant, id, said === "approve");
    return answer(context, 204);
  });

  function pendingOf({ realm, user }: NonNullable<ReturnType<Sessions["userOf"]>>) {
    return pendingRequests(tenant).filter(({ request }) => request.realm === realm && request.user === user.id);
  }
}

/** Cookies are shared by all ports of a host; two sandboxes must not sign each other's users out. */
function cookieName({ req }: Context): string {
  return `sandbox-phone-${new URL(req.url).port || "default"}`;
}
