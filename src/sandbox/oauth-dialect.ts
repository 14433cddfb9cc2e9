/** From an OAuth 2.0 request to its answer, also where the request is refused or the sandbox does not serve it. */
import type { Context } from "hono";
import { Gap } from "./errors.ts";
import { type Answer, noteGap, respond } from "./http.ts";
import { Refusal } from "./refusals.ts";
import type { Tenant } from "./tenant.ts";

/** How a cloud's endpoints write what they refuse, and what the sandbox does not serve. */
export type OAuthDialect = {
  readonly refusal: (refusal: Refusal) => Answer;
  readonly gap: (gap: Gap) => Answer;
};

/** Answers a request by what `work` says, or by the refusal or gap that ends it. */
export async function answered(
  tenant: Tenant,
  http: Context,
  dialect: OAuthDialect,
  work: () => Promise<Answer>,
): Promise<Response> {
  try {
    return respond(http, await work());
  } catch (error) {
    if (error instanceof Refusal) return respond(http, dialect.refusal(error));
    if (!(error instanceof Gap)) throw error;
    noteGap(tenant, http.req.raw, error.message);
    return respond(http, dialect.gap(error));
  }
}
