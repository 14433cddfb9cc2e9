/** Leaf schemas of PingOne: what a declaration may say is what the resources take, in the same words. */

import { z } from "zod";
import { seconds } from "./duration.ts";
import { name, names, nonEmptyScopes, scope } from "./text.ts";

/** UUID of an environment. */
export const environmentIdSchema = z
  .uuid()
  .meta({ description: "UUID of the environment", examples: ["00000000-0000-4000-8000-000000000000"] });

/** Kinds of application that are no agents, in the words of AIC's templates. Workers are not for agents (pingone §1). */
export const applicationType = z.enum(["web", "service", "spa", "native", "custom"]).meta({
  description: "Kind of application, as in the console",
  words: {
    web: "runs on a server; users sign on",
    service: "a machine, without users",
    spa: "runs in a browser: a public client",
    native: "runs on a device: a public client",
    custom: "any grant types and response types",
  },
});

/** Name of the resource that every environment has for OpenID Connect, and of the scope that needs no grant. */
export const OPENID = "openid";

/** Scopes of a grant. */
export const grantScopes = nonEmptyScopes("name the scopes").meta({
  description: "Scopes that may be asked for",
  examples: [["orders:read"]],
});

/** The scopes that stand in a grant: PingOne grants `openid` implicitly, and it cannot be listed (pingone §5.2). */
export function listedScopes(resource: string, scopes: readonly string[]): readonly string[] {
  return resource === OPENID ? scopes.filter((scope) => scope !== OPENID) : scopes;
}

/** What to say of a grant that {@link listedScopes} leaves nothing of. */
export const NOTHING_TO_GRANT = "openid alone needs no grant: PingOne grants it implicitly";

/** How users sign on to an application. It has policies of one kind at a time (pingone §5.4). */
export const policiesSchema = z.strictObject({
  /** `sign-on`: PingOne's own policies; `davinci`: flow policies. */
  kind: z.enum(["sign-on", "davinci"]).meta({
    description: "Sort of the policies: an application has one at a time",
    words: { "sign-on": "PingOne's own policies", davinci: "DaVinci flow policies" },
  }),
  /** Names, the first that applies wins. */
  names: names
    .min(1, "name the policies, the first that applies wins")
    .refine((list) => new Set(list).size === list.length, "a policy is assigned once")
    .meta({
      description: "Names of the policies; the first that applies wins",
      examples: [["Agent Approval"]],
      uniqueItems: true,
    }), // for the JSON Schema, which cannot run the check
});

/** Claims that PingOne sets itself; `sub` alone can be changed. */
const RESERVED = "acr amr at_hash aud auth_time azp client_id exp iat iss jti nbf nonce org scope sid".split(" ");

/** Name of a claim, of an application or of a resource (pingone §5.5, delegation §3). */
export const claimName = name
  .refine((value) => !RESERVED.includes(value) && !value.startsWith("p1."), "PingOne sets this claim itself")
  .meta({ description: "Name of the claim", examples: ["email"], pattern: `^(?!(${RESERVED.join("|")})$|p1\\.)` });

/** As PingOne writes an expression. */
const expressionOf = (inner: string) => `$${"{"}${inner}}`;
const USER_EMAIL = expressionOf("user.email");

/** The value of a claim as text. PingOne evaluates `${…}` only: an expression that is sent without it comes out as it is (delegation §3). */
const isBare = (text: string) => /^[\s(]*#root\b/.test(text);
const wrapIt = (text: string) => `PingOne would take this for a text: wrap it, ${expressionOf(text)}`;
const claimText = name.refine((value) => !isBare(value), { error: ({ input }) => wrapIt(String(input)) });
/** The same for JSON Schema, which cannot run the check. */
const CLAIM_TEXT = "^(?![\\s(]*#root\\b)";

/** Fields of a claim about the user, beside its name. */
export const claimFields = {
  /** A constant or an expression, e.g. `${user.email}`. */
  value: claimText.meta({
    description: "A constant, or an expression over the user",
    examples: [USER_EMAIL],
    pattern: CLAIM_TEXT,
  }),
  idToken: z.boolean().describe("Whether ID tokens have the claim"),
  userInfo: z.boolean().describe("Whether the UserInfo endpoint shows the claim"),
  /** Scopes of OpenID Connect that bring the claim; they must be granted. @default any */
  scopes: nonEmptyScopes("name the scopes, or leave this out")
    .optional()
    .meta({
      description: "Scopes of OpenID Connect that bring the claim; they must be granted",
      otherwise: "any",
      examples: [["email"]],
    }),
};

/** A claim has to go somewhere. */
export function checkClaim(
  { idToken, userInfo }: { readonly idToken?: boolean | undefined; readonly userInfo?: boolean | undefined },
  { addIssue }: z.RefinementCtx,
): void {
  if (idToken !== false || userInfo !== false) return;
  const message = "a mapping goes to the ID token, to UserInfo, or both";
  addIssue({ code: "custom", path: ["userInfo"], message });
}

/** Seconds for which the old secret still works. PingOne takes one minute to thirty days by its own clock: the margin is for clocks that differ. */
export const secretOverlap = seconds(120, 29 * 24 * 60 * 60).meta({
  description: "How long the old secret still works after a rotation",
  examples: ["1d"],
});

/** Scopes of a resource: descriptions by name, "" for none. */
export const resourceScopes = z.record(scope, z.string()).meta({
  description: 'Descriptions of scopes by name, "" for none',
  examples: [{ "orders:read": "Read orders" }],
});

/** An expression, or a JSON value that PingOne keeps as text. */
const claimValue = z.union([
  name.meta({ pattern: CLAIM_TEXT }),
  z
    .record(z.string(), z.json())
    .refine((json) => !hasFlag(json), "its `value` is neither an expression nor a JSON value"),
]);
const claimForms = z.union([
  z.strictObject({
    value: claimValue.meta({ description: "An expression, or a JSON value", examples: [USER_EMAIL] }),
    required: z.boolean().describe("Whether a request is refused where the claim has no value"),
  }),
  ...claimValue.options,
]);
type ClaimForms = z.output<typeof claimForms>;

/**
 * A claim of access tokens: an expression, or JSON that PingOne keeps as text, `{"sub": "<client id>"}` for `may_act` (pingone §5.6);
 * and whether there is no token where it has no value, PingOne's flag "Required" (delegation §2.3).
 */
export const resourceClaim = claimForms
  .superRefine((declared, { addIssue }) => {
    const { value } = claimOf(declared);
    const path = hasFlag(declared) ? ["value"] : [];
    if (isBare(value)) addIssue({ code: "custom", path, message: wrapIt(value) });
  })
  .meta({
    description: "An expression, or a JSON value; or such a `value`, and whether it is `required`",
    examples: [{ sub: "<client id>" }],
  });

/** A claim as text, and whether it is required. */
export type Claim = { readonly value: string; readonly required: boolean };

/** What a claim of access tokens says. JSON objects are in one spelling, so that blanks are no difference. */
export function claimOf(declared: ClaimForms): Claim {
  const { value, required } = hasFlag(declared) ? declared : { value: declared, required: false };
  return { value: typeof value === "string" ? compact(value) : JSON.stringify(value), required };
}

type Json = z.output<ReturnType<typeof z.json>>;

/** Whether it is a claim with its flag, and no JSON value. */
function hasFlag<Form extends string | Readonly<Record<string, Json>> | { readonly required: boolean }>(
  claim: Form,
): claim is Extract<Form, { readonly required: boolean }> {
  return (
    typeof claim === "object" &&
    Object.keys(claim).toSorted().join() === "required,value" &&
    typeof claim.required === "boolean"
  );
}

/** A claim as it is declared in the fewest words. */
export const shortClaim = ({ value, required }: Claim): string | Claim => (required ? { value, required } : value);

/** JSON objects in one spelling; any other text as it is. */
function compact(text: string): string {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? JSON.stringify(value) : text;
  } catch {
    return text;
  }
}

/** Most characters that the text of an agreement may have (delegation §1.1). */
const LONGEST_TEXT = 32_000;

/** What users consent to, by the tag of a language (RFC 5646). */
export const agreementLanguages = z
  .record(
    z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, "the tag of a language, such as en or en-GB (RFC 5646)"),
    z.strictObject({
      title: name.meta({ description: "Title of the agreement", examples: ["Agent consent"] }),
      text: z
        .string()
        .max(LONGEST_TEXT, `the text has at most ${LONGEST_TEXT} characters`)
        .regex(/\S/, "say what users consent to")
        .transform((text) => text.trimEnd())
        .meta({
          description: "The text; a change of it is a new revision, to which everybody consents anew",
          examples: ["The agent may act in your name."],
        }),
      format: z
        .enum(["plain", "html"])
        .optional()
        .meta({ description: "How the text is written", default: "plain", words: { plain: "as it is", html: "HTML" } }),
    }),
  )
  .refine((languages) => Object.keys(languages).length > 0, "say what users consent to, in one language or more")
  .meta({
    description:
      "Title and text by language. The environment's default language has to be among them; all others are disabled",
    examples: [{ en: { title: "Agent consent", text: "The agent may act in your name." } }],
  });

/** Days after which users are asked again. */
export const reconsentPeriodDays = z
  .int()
  .min(1)
  .meta({ description: "Days after which a user is asked again", otherwise: "never", examples: [180] });

/** Most steps of a policy (delegation §1.1). */
const MOST_ACTIONS = 20;

/**
 * What a sign-on policy asks of users, one after the other.
 *
 * @param agreement what names an agreement
 */
export const signOnActions = (agreement = name.describe("Name of the agreement")) =>
  z
    .array(
      z.discriminatedUnion("type", [
        z.strictObject({ type: z.literal("login").describe("User name and password") }),
        z.strictObject({ type: z.literal("agreement").describe("Consent to an agreement"), agreement }),
      ]),
    )
    .min(1, "a policy has an action before it can be assigned")
    .max(MOST_ACTIONS, `a policy has at most ${MOST_ACTIONS} actions`)
    .refine(([first]) => first?.type === "login", "begin with login: before it nobody is there to consent")
    .refine(
      (actions) => new Set(actions.map((action) => JSON.stringify(action))).size === actions.length,
      "an action stands once",
    )
    .meta({
      description: "What is asked of users, one after the other; what somebody adds is removed",
      examples: [[{ type: "login" }, { type: "agreement", agreement: "agent-consent" }]],
    });
