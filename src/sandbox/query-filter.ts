/** The query filter language of CREST and of SCIM, as far as both are one (aic §1.3, §3.7; pingone §3.2): parsed once, then a predicate on documents. */
import { ApiError } from "./errors.ts";
import { memberOf } from "./json.ts";

export type Filter = {
  readonly matches: (document: unknown) => boolean;
  /** First parts of the pointers that the filter looks at. */
  readonly properties: ReadonlySet<string>;
};

type Predicate = (document: unknown) => boolean;
type Literal = string | number | boolean;

/** Parentheses and negations inside each other; more would exhaust the stack. */
const MAX_DEPTH = 500;

const TOKEN = /\s*(?:([()!])|("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|([^\s()!"']+))/y;

const ORDER: Record<string, (order: number) => boolean> = {
  gt: (order) => order > 0,
  ge: (order) => order >= 0,
  lt: (order) => order < 0,
  le: (order) => order <= 0,
};

/**
 * @param text e.g. `name eq "x" and !(description pr)`
 * @param ignoreCase whether strings are compared without regard to case
 * @throws {ApiError} 400 for anything else, the operator `in` among it (aic §3.7)
 */
export function parseFilter(text: string, { ignoreCase }: { ignoreCase: boolean }): Filter {
  const tokens = tokenize(text);
  const properties = new Set<string>();
  let position = 0;
  let depth = 0;
  const bad = () => new ApiError(400, `Invalid query filter: ${text}`);
  const next = () => {
    const token = tokens[position];
    if (token === undefined) throw bad();
    position += 1;
    return token;
  };
  const taken = (word: string) => tokens[position] === word && Boolean(++position);

  function either(): Predicate {
    const parts = [both()];
    while (taken("or")) parts.push(both());
    return (document) => parts.some((part) => part(document));
  }
  function both(): Predicate {
    const parts = [not()];
    while (taken("and")) parts.push(not());
    return (document) => parts.every((part) => part(document));
  }
  function not(): Predicate {
    if (!taken("!")) return primary();
    const inner = nested(not);
    return (document) => !inner(document);
  }
  function nested(inner: () => Predicate): Predicate {
    depth += 1;
    if (depth > MAX_DEPTH) throw bad();
    const predicate = inner();
    depth -= 1;
    return predicate;
  }
  function primary(): Predicate {
    if (taken("(")) {
      const inner = nested(either);
      if (!taken(")")) throw bad();
      return inner;
    }
    const token = next();
    if (/^["'()!]/.test(token)) throw bad();
    if (tokens[position] === undefined || /^(and|or|\))$/.test(tokens[position] ?? "")) {
      if (token === "true" || token === "false") return () => token === "true";
      throw bad();
    }
    return comparison(token, next());
  }
  function comparison(field: string, operator: string): Predicate {
    const pointer = field.split("/").filter(Boolean);
    properties.add(pointer[0] ?? "");
    if (operator === "pr") return (document) => valuesAt(document, pointer).length > 0;
    const fold = (value: unknown) => (ignoreCase && typeof value === "string" ? value.toLowerCase() : value);
    const test = operation(operator, fold(literal(next(), bad)) as Literal, bad);
    return (document) => valuesAt(document, pointer).some((value) => test(fold(value)));
  }

  const matches = either();
  if (position !== tokens.length) throw bad();
  return { matches, properties };
}

function tokenize(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  const end = text.trimEnd().length;
  while (TOKEN.lastIndex < end) {
    const match = TOKEN.exec(text);
    if (!match) throw new ApiError(400, `Invalid query filter: ${text}`);
    tokens.push(match[1] ?? match[2] ?? match[3] ?? "");
  }
  return tokens;
}

function literal(token: string, bad: () => ApiError): Literal {
  if (/^["']/.test(token)) return token.slice(1, -1).replace(/\\(.)/g, "$1");
  if (token === "true" || token === "false") return token === "true";
  if (/^-?\d+(\.\d+)?$/.test(token)) return Number(token);
  throw bad();
}

function operation(operator: string, wanted: Literal, bad: () => ApiError): (value: unknown) => boolean {
  if (operator === "eq") return (value) => value === wanted;
  if (operator === "co") return (value) => typeof value === "string" && value.includes(String(wanted));
  if (operator === "sw") return (value) => typeof value === "string" && value.startsWith(String(wanted));
  const accepts = ORDER[operator];
  if (!accepts) throw bad();
  return (value) =>
    typeof value === typeof wanted && accepts(value === wanted ? 0 : (value as Literal) < wanted ? -1 : 1);
}

/** The values that a pointer reaches; of an array each element. Null counts as absent. */
function valuesAt(value: unknown, pointer: string[]): unknown[] {
  if (Array.isArray(value)) return value.flatMap((element) => valuesAt(element, pointer));
  const [head, ...rest] = pointer;
  if (head === undefined) return value === null || value === undefined ? [] : [value];
  return valuesAt(memberOf(value, head), rest);
}
