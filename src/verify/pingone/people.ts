/** What claims say of a user, as far as their declared texts are known. Pure. */
import type { Json } from "../http.ts";
import type { PingOneClient, PingOnePlan } from "./plan.ts";
import type { PingOneUser } from "./session.ts";

const expression = (text: string) => ["$", `{${text}}`].join("");

/** The subject of tokens of a resource (pingone §5.5, delegation §1). @param subjectToken claims of the token that is exchanged */
export function subjectOf(
  { resources }: Pick<PingOnePlan, "resources">,
  resource: string,
  user: PingOneUser,
  subjectToken?: Json,
): string | undefined {
  const { claims = {} } = resources.find(({ name }) => name === resource) ?? {};
  return Object.hasOwn(claims, "sub") ? saidBy(claims.sub, user, subjectToken) : user.id;
}

/** The subject of the ID tokens of a client. */
export const idSubjectOf = ({ claims = {} }: PingOneClient, user: PingOneUser): string | undefined =>
  Object.hasOwn(claims, "sub") ? saidBy(claims.sub, user) : user.id;

/** @returns undefined where nobody can tell: it is another expression */
function saidBy(claim: string | undefined, user: PingOneUser, subjectToken?: Json): string | undefined {
  const known: Readonly<Record<string, unknown>> = {
    [expression("user.id")]: user.id,
    [expression("user.username")]: user.name,
    [expression("#root.context.requestData.subjectToken.sub")]: subjectToken?.sub,
  };
  const value = known[claim ?? ""];
  return typeof value === "string" ? value : undefined;
}
