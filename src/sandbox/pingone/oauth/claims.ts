/** Claims that an administrator maps: constants, JSON, and the few expressions whose meaning somebody has seen. */
import type { JWTPayload } from "jose";
import { Gap } from "../../errors.ts";
import { isObject } from "../../json.ts";
import type { Document } from "../documents.ts";

/** What an expression may look at. */
export type Context = {
  readonly user: Document | undefined;
  readonly subjectToken?: JWTPayload | undefined;
  readonly actorToken?: JWTPayload | undefined;
};

const REQUEST = "#root.context.requestData";
/** The delegation expression that a third party saw at work on a tenant, without blanks (pingone §5.6). */
const DELEGATION = [
  `(${REQUEST}.actorToken!=null`,
  `and${REQUEST}.subjectToken.may_act!=null`,
  `and${REQUEST}.subjectToken.may_act.sub==${REQUEST}.actorToken.client_id)`,
  `?${REQUEST}.subjectToken.may_act:null`,
].join("");

/**
 * The claims of mapped attributes; one without a value is left out.
 *
 * @throws {Gap} for an expression that the sandbox cannot evaluate
 */
export function mappedClaims(attributes: readonly Document[], context: Context): Record<string, unknown> {
  const entries = attributes.map(({ name, value }) => [String(name), evaluate(String(value), context)] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined && value !== null));
}

function evaluate(text: string, context: Context): unknown {
  const [, expression] = text.match(/^\$\{([\s\S]*)\}$/) ?? [];
  // `#{…}` and bare expressions are not evaluated but come out as they are (pingone §5.6).
  if (expression === undefined) return literal(text);
  const bare = expression.replaceAll(/\s+/g, "");
  const { user, subjectToken, actorToken } = context;
  if (bare.startsWith("user.")) return at(user, bare.slice("user.".length));
  if (bare === DELEGATION) {
    const mayAct = subjectToken?.may_act;
    const isActor = isObject(mayAct) && actorToken !== undefined && mayAct.sub === actorToken.client_id;
    return isActor ? mayAct : undefined;
  }
  const [, which, path = ""] = bare.match(/^#root\.context\.requestData\.(subjectToken|actorToken)\.([\w.]+)$/) ?? [];
  if (which) return at(which === "subjectToken" ? subjectToken : actorToken, path);
  throw new Gap(`the expression ${text}`);
}

/** Text that is a JSON object becomes one (pingone §5.6, seen by a third party). */
function literal(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : text;
  } catch {
    return text;
  }
}

function at(from: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), from);
}
