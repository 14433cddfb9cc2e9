/**
 * PingOne's authorization endpoint, and the pages on which a user signs on and consents: from the request of an application to
 * its redirect with a code or an error (RFC 6749 §4.1, delegation §1.1).
 */
import { randomBytes } from "node:crypto";
import type { Context, Hono } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { Gap } from "../../errors.ts";
import { formOf, parameter } from "../../form.ts";
import { noteGap } from "../../http.ts";
import { Refusal } from "../../refusals.ts";
import type { Tenant } from "../../tenant.ts";
import { keepConsent, textOf } from "../agreements.ts";
import { collectionOf, type Document } from "../documents.ts";
import type { EnvironmentContext } from "../oauth/context.ts";
import { pingOneRules } from "../oauth/rules.ts";
import { userWith } from "../people.ts";
import {
  endFlow,
  type Flow,
  flowOf,
  issueCode,
  keepFlow,
  nextStep,
  type Step,
  servedPolicyOf,
  startFlow,
} from "./flows.ts";
import { consentPage, errorPage, loginPage } from "./page.ts";
import { broughtRequest } from "./pushed.ts";
import { redirectUriOf, requestOf } from "./request.ts";

/** Must come before the routes of the token service, which answer for all other paths. */
export function signOn(app: Hono, tenant: Tenant, environmentId: string): void {
  const rules = pingOneRules(tenant);
  const pages = `/${environmentId}/signon`;
  const contextOf = (http: Context): EnvironmentContext => ({
    ...{ tenant, rules },
    issuer: `${tenant.originOf(http.req.raw)}/${environmentId}/as`,
  });
  const clientOf = (id: string | undefined) =>
    id === undefined ? undefined : tenant.store.get<Document>(collectionOf("applications"), id);

  app.on(["GET", "POST"], `/${environmentId}/as/authorize`, (http) =>
    guarded(http, async () => {
      const context = contextOf(http);
      const sent = http.req.method === "GET" ? new URL(http.req.url).searchParams : await formOf(http.req);
      const client = clientOf(parameter(sent, "client_id"));
      if (!client) throw rules.refusal("unknownClient");
      rules.require("disabledClient", client.enabled === true);
      const form = broughtRequest(context, client, sent);
      const redirectUri = redirectUriOf(context, client, form);
      // From here on the application is told.
      return redirecting(http, redirectUri, parameter(form, "state"), () => {
        const request = requestOf(context, client, form, redirectUri);
        const secret = startFlow(tenant, request, servedPolicyOf(tenant, client).id);
        setCookie(http, cookieName(http), secret, { path: pages, httpOnly: true, sameSite: "Lax" });
        return http.redirect(pages, 302);
      });
    }),
  );

  app.get(pages, (http) => guarded(http, async () => withFlow(http, (flow, secret) => shown(http, flow, secret))));

  app.post(pages, (http) =>
    guarded(http, async () => {
      // Another page on this machine has the same cookies.
      if (http.req.header("origin") !== new URL(http.req.url).origin)
        return http.html(errorPage(...styled(http), "Only this page itself may do that."), 403);
      const form = await formOf(http.req);
      return withFlow(http, (flow, secret) => {
        const step = nextStep(tenant, flow);
        if (!step) return finished(http, flow, secret);
        return step.agreement
          ? consented(http, { flow, secret, step, form })
          : loggedIn(http, { flow, secret, step, form });
      });
    }),
  );

  type Answering = {
    readonly flow: Flow;
    readonly secret: string;
    readonly step: Step;
    readonly form: URLSearchParams;
  };

  function loggedIn(http: Context, { flow, secret, step, form }: Answering): Response | Promise<Response> {
    const user = userWith(tenant.store, form.get("username") ?? "", form.get("password") ?? "");
    if (!user || user.enabled === false) return login(http, flow, true);
    return goOn(http, secret, { ...flow, user: user.id, done: [...flow.done, step.action.id] });
  }

  function consented(http: Context, { flow, secret, step, form }: Answering): Response | Promise<Response> {
    const { user = "" } = flow;
    const { redirectUri, state } = flow.request;
    return redirecting(http, redirectUri, state, () => {
      const isAccepted = form.get("decision") === "accept";
      if (!isAccepted) endFlow(tenant, secret);
      rules.require("consentDeclined", isAccepted);
      if (isAccepted) keepConsent(tenant, step.agreement?.id ?? "", user);
      return goOn(http, secret, { ...flow, done: [...flow.done, step.action.id] });
    });
  }

  /** Keeps what is done, and shows what comes next at an address that may be loaded again. */
  function goOn(http: Context, secret: string, flow: Flow): Response {
    keepFlow(tenant, secret, flow);
    return nextStep(tenant, flow) ? http.redirect(pages, 303) : finished(http, flow, secret);
  }

  function shown(http: Context, flow: Flow, secret: string): Response | Promise<Response> {
    const step = nextStep(tenant, flow);
    if (!step) return finished(http, flow, secret);
    if (!step.agreement) return login(http, flow, false);
    const user = tenant.store.get(collectionOf("users"), flow.user ?? "");
    const locale = user?.preferredLanguage ?? http.req.header("accept-language")?.split(/[,;]/, 1)[0];
    const text = textOf(tenant, step.agreement, locale === undefined ? undefined : String(locale));
    if (!text) throw new Gap("an agreement without content in the default language");
    return http.html(consentPage(...styled(http, flow), applicationOf(flow), text));
  }

  const login = (http: Context, flow: Flow, isRefused: boolean) =>
    http.html(loginPage(...styled(http, flow), applicationOf(flow), isRefused));
  const applicationOf = ({ request }: Flow) => String(clientOf(request.client)?.name);

  function finished(http: Context, flow: Flow, secret: string): Response {
    endFlow(tenant, secret);
    const { redirectUri, state } = flow.request;
    return toApplication(http, redirectUri, { code: issueCode(tenant, flow, flow.user ?? ""), state });
  }

  function withFlow(
    http: Context,
    act: (flow: Flow, secret: string) => Response | Promise<Response>,
  ): Response | Promise<Response> {
    const secret = getCookie(http, cookieName(http)) ?? "";
    const flow = flowOf(tenant, secret);
    if (flow) return act(flow, secret);
    return http.html(
      errorPage(...styled(http), "This sign-on has ended. Go back to the application and begin anew."),
      400,
    );
  }

  /** Answers what is refused or not served with a page. */
  async function guarded(http: Context, work: () => Promise<Response>): Promise<Response> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof Refusal)
        return http.html(errorPage(...styled(http), error.message, error.error), 400, { ...error.headers });
      if (!(error instanceof Gap)) throw error;
      noteGap(tenant, http.req.raw, error.message);
      return http.html(errorPage(...styled(http), error.message), 501, { ...error.headers });
    }
  }
}

/** Tells the application what is refused (RFC 6749 §4.1.2.1). */
async function redirecting(
  http: Context,
  redirectUri: string,
  state: string | undefined,
  work: () => Response | Promise<Response>,
): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    for (const [name, value] of Object.entries(error.headers)) http.header(name, value);
    return toApplication(http, redirectUri, { error: error.error, error_description: error.message, state });
  }
}

function toApplication(
  http: Context,
  redirectUri: string,
  parameters: Readonly<Record<string, string | undefined>>,
): Response {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries(parameters)) if (value) url.searchParams.append(name, value);
  http.header("cache-control", "no-store");
  // After a form the browser has to ask by GET.
  return http.redirect(url.href, 303);
}

/** Sets the headers of a page. @returns the nonce of its style */
function styled(http: Context, flow?: Flow): [nonce: string] {
  const nonce = randomBytes(16).toString("base64");
  // A browser holds the redirect that follows a form to the same rule.
  const target = flow && new URL(flow.request.redirectUri);
  const leads = target && (target.origin === "null" ? target.protocol : target.origin);
  const policy = [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    "img-src data:",
    "base-uri 'none'",
    `form-action 'self'${leads ? ` ${leads}` : ""}`,
    "frame-ancestors 'none'",
  ];
  http.header("content-security-policy", policy.join("; "));
  // Without a referrer at all, browsers call the origin of a form "null".
  http.header("referrer-policy", "same-origin");
  http.header("x-content-type-options", "nosniff");
  http.header("cache-control", "no-store");
  return [nonce];
}

/** Cookies are shared by all ports of a host; two sandboxes must not take each other's sign-ons. */
const cookieName = ({ req }: Context) => `sandbox-sign-on-${new URL(req.url).port || "default"}`;
