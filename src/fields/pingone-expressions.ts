/**
 * PingOne's expressions, as far as their meaning is known: the grammar of delegation §3, whole. Of what else SpEL can do
 * nobody has seen the outcome here, so that it is {@link Unknown} and never a text.
 *
 *     expression = condition [ "?" expression ":" expression ]
 *     condition  = all { "or" all }
 *     all        = equality { "and" equality }
 *     equality   = value [ ( "==" | "!=" ) value ]
 *     value      = "(" expression ")" | map | text | "null" | path
 *     map        = "{" text ":" expression { "," text ":" expression } "}"
 *     path       = ( "#root" | name ) { "." name }
 */

type JsonObject = { [key: string]: unknown };

/** An expression beyond the grammar, or over something whose value nobody knows. */
export class Unknown extends Error {}

export type Expression =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "null" }
  | { readonly kind: "path"; readonly names: readonly string[] }
  | { readonly kind: "map"; readonly entries: readonly (readonly [key: string, value: Expression])[] }
  | { readonly kind: "equal" | "unequal" | "and" | "or"; readonly left: Expression; readonly right: Expression }
  | {
      readonly kind: "choice";
      readonly condition: Expression;
      readonly met: Expression;
      readonly unmet: Expression;
    };

/** What an expression may look at (delegation §3, variables). */
export type Variables = {
  /** Null where nobody is signed on. */
  readonly user: JsonObject | null;
  readonly requestData: {
    /** As the request says it: `client_credentials`, the URN of token exchange. */
    readonly grantType: string;
    /** The requested scope; null where none was. */
    readonly scope: string | null;
    /** Claims of the verified tokens of an exchange; null without one. */
    readonly subjectToken: JsonObject | null;
    readonly actorToken: JsonObject | null;
  };
  /** The client that asks. */
  readonly appConfig: {
    readonly clientId: string;
    readonly tokenEndpointAuthMethod: string;
    readonly envId: string;
    readonly orgId: string;
  };
};

/** An expression that comes to nothing: it looks into null, or decides by it. */
class Failure extends Error {}

/**
 * The value of a claim's text: only `${…}` is evaluated, the text of a JSON object becomes that object, and any other text,
 * a bare `#root…` and `#{…}` among them, stays as it is (delegation §3).
 *
 * @returns undefined where the expression fails or gives null
 * @throws {Unknown} for an expression beyond the grammar, and for a text with one in its midst
 */
export function evaluate(text: string, variables: Variables): unknown {
  const inner = innerOf(text);
  if (inner === undefined) return literal(text);
  const expression = parseExpression(inner);
  try {
    return outcome(expression, variables) ?? undefined;
  } catch (error) {
    if (error instanceof Failure) return undefined;
    throw error;
  }
}

/**
 * The root of an expression that PingOne does not know and refuses on write: `actor` of `${actor.client_id}` (delegation §3).
 * Of an expression beyond the grammar nothing is said.
 */
export function unknownRoot(text: string): string | undefined {
  try {
    const inner = innerOf(text);
    if (inner === undefined) return undefined;
    return pathsOf(parseExpression(inner))
      .map(([root]) => root)
      .find((root) => root !== "user" && root !== "#root");
  } catch (error) {
    if (error instanceof Unknown) return undefined;
    throw error;
  }
}

/**
 * What a claim's text looks at, each as it is written: `#root.context.requestData.grantType`.
 *
 * @throws {Unknown} as {@link evaluate}
 */
export function lookedAt(text: string): string[] {
  const inner = innerOf(text);
  return inner === undefined ? [] : pathsOf(parseExpression(inner)).map((names) => names.join("."));
}

const OPENING = ["$", "{"].join("");

/** What stands between the braces of `${…}`; undefined for a text without any. */
function innerOf(text: string): string | undefined {
  if (!text.includes(OPENING)) return undefined;
  if (!text.startsWith(OPENING) || !text.endsWith("}")) throw new Unknown(`an expression within the text ${text}`);
  return text.slice(OPENING.length, -1);
}

/** Text that is a JSON object becomes one. */
function literal(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : text;
  } catch {
    return text;
  }
}

// From text to expression

/** A text is in either quotes, and doubles one that stands in it; backslashes are beyond the grammar. */
const TOKEN = /\s*(?:("(?:[^"\\]|"")*"|'(?:[^'\\]|'')*')|(#?[A-Za-z_]\w*)|(==|!=|[?:(){},.]))/y;
/** Words of SpEL that are no names, however they are spelt. */
const RESERVED = "true false null and or not eq ne lt gt le ge div mod instanceof matches between new".split(" ");
/** Longer expressions are beyond what anybody writes, and would exhaust the stack. */
const MAX_TOKENS = 500;

/**
 * Reads what stands between the braces of `${…}`.
 *
 * @throws {Unknown} for what is beyond the grammar
 */
export function parseExpression(text: string): Expression {
  const tokens = tokensOf(text);
  let next = 0;
  const whole = expression();
  if (next < tokens.length) throw beyond();
  return whole;

  function beyond() {
    return new Unknown(`the expression ${text}`);
  }
  function is(token: string): boolean {
    if (tokens[next] !== token) return false;
    next += 1;
    return true;
  }
  function expect(token: string): void {
    if (!is(token)) throw beyond();
  }

  function expression(): Expression {
    const condition = chain("or", () => chain("and", equality));
    if (!is("?")) return condition;
    const met = expression();
    expect(":");
    return { kind: "choice", condition, met, unmet: expression() };
  }

  function chain(word: "and" | "or", part: () => Expression): Expression {
    let left = part();
    while (is(word)) left = { kind: word, left, right: part() };
    return left;
  }

  function equality(): Expression {
    const left = value();
    const kind = is("==") ? "equal" : is("!=") ? "unequal" : undefined;
    return kind ? { kind, left, right: value() } : left;
  }

  function value(): Expression {
    if (is("(")) {
      const inner = expression();
      expect(")");
      return inner;
    }
    if (is("{")) return map();
    if (is("null")) return { kind: "null" };
    return isQuoted() ? { kind: "text", text: quoted() } : path();
  }

  function isQuoted(): boolean {
    return /^["']/.test(tokens[next] ?? "");
  }

  function quoted(): string {
    if (!isQuoted()) throw beyond();
    const [quote = "", ...rest] = tokens[next++] ?? "";
    return rest
      .slice(0, -1)
      .join("")
      .replaceAll(quote + quote, quote);
  }

  function map(): Expression {
    const entries: [string, Expression][] = [];
    do {
      const key = quoted();
      expect(":");
      entries.push([key, expression()]);
    } while (is(","));
    expect("}");
    return { kind: "map", entries };
  }

  function path(): Expression {
    const names = [name(true)];
    while (is(".")) names.push(name(false));
    return { kind: "path", names };
  }

  function name(isFirst: boolean): string {
    const token = tokens[next] ?? "";
    const isName = /^\w/.test(token) && !RESERVED.includes(token.toLowerCase());
    if (!isName && !(isFirst && token === "#root")) throw beyond();
    next += 1;
    return token;
  }
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  const rest = text.trimEnd();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < rest.length) {
    const token = TOKEN.exec(rest);
    if (!token) throw new Unknown(`the expression ${text}`);
    tokens.push(token[1] ?? token[2] ?? token[3] ?? "");
    if (tokens.length > MAX_TOKENS) throw new Unknown("an expression of that length");
  }
  return tokens;
}

// From expression to value

function outcome(expression: Expression, variables: Variables): unknown {
  switch (expression.kind) {
    case "text":
      return expression.text;
    case "null":
      return null;
    case "path":
      return at(expression.names, variables);
    case "map":
      // A null in a map stays: `"act": null` (delegation §3).
      return Object.fromEntries(expression.entries.map(([key, value]) => [key, outcome(value, variables)]));
    case "equal":
    case "unequal": {
      const isEqual = equal(outcome(expression.left, variables), outcome(expression.right, variables));
      return isEqual === (expression.kind === "equal");
    }
    case "and":
      return decision(expression.left, variables) && decision(expression.right, variables);
    case "or":
      return decision(expression.left, variables) || decision(expression.right, variables);
    case "choice":
      return outcome(decision(expression.condition, variables) ? expression.met : expression.unmet, variables);
  }
}

/** A condition. Null decides nothing; what else but true or false decides is not known. */
function decision(expression: Expression, variables: Variables): boolean {
  const value = outcome(expression, variables);
  if (value === null) throw new Failure();
  if (typeof value !== "boolean") throw new Unknown("a condition of an expression that is neither true nor false");
  return value;
}

function equal(left: unknown, right: unknown): boolean {
  const isWhole = (value: unknown) => typeof value === "object" && value !== null;
  if (left !== null && right !== null && (isWhole(left) || isWhole(right))) {
    throw new Unknown("a comparison of objects or lists in an expression");
  }
  return left === right;
}

function at([root, ...names]: readonly string[], { user, requestData, appConfig }: Variables): unknown {
  if (root === "user") return member(user, names);
  const [first, ...rest] = names;
  if (root === "#root" && first === "user") return member(user, rest);
  const [place = "", variable = "", ...inner] = rest;
  const context = root === "#root" && first === "context" ? { requestData, appConfig } : {};
  const value = memberOf(memberOf(context, place), variable);
  if (value === undefined) throw new Unknown(`the variable ${[root, ...names].join(".")} of an expression`);
  return member(value, inner);
}

/** A missing member of an object is null, a member of null fails; of texts and lists nobody knows the members (delegation §3). */
function member(from: unknown, names: readonly string[]): unknown {
  return names.reduce((value, name) => {
    if (value === null) throw new Failure();
    if (!isObject(value)) throw new Unknown(`the member ${name} of a text or list in an expression`);
    return memberOf(value, name) ?? null;
  }, from);
}

function pathsOf(expression: Expression): (readonly string[])[] {
  switch (expression.kind) {
    case "path":
      return [expression.names];
    case "map":
      return expression.entries.flatMap(([, value]) => pathsOf(value));
    case "choice":
      return [expression.condition, expression.met, expression.unmet].flatMap(pathsOf);
    case "text":
    case "null":
      return [];
    default:
      return [expression.left, expression.right].flatMap(pathsOf);
  }
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A member of an object; undefined for what is no object, and for what objects inherit (`__proto__`, `constructor`). */
const memberOf = (value: unknown, key: string): unknown =>
  isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
