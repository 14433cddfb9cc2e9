/**
 * What the claims of a resource's tokens decide about exchanges, declared or read: `may_act` is evaluated for everybody who may have got a
 * token, and `act` for one whom the token names and for others (delegation §1, §3). Pure.
 */

import { isDeepStrictEqual } from "node:util";
import { CIBA, TOKEN_EXCHANGE } from "../../fields/grant-types.ts";
import type { Claim } from "../../fields/pingone.ts";
import { evaluate, lookedAt, Unknown, type Variables } from "../../fields/pingone-expressions.ts";
import type { Unenforced } from "../row.ts";
import { LOGIN, type ResourceFacts, type UnreadClaim } from "./facts.ts";

/** Claims by name; all but `may_act`, `act` and `sub` are of no concern here. */
type Claims = Readonly<Record<string, Claim | undefined>>;

/** What follows of {@link ResourceFacts} from claims. */
type Said = Pick<
  ResourceFacts,
  "mayAct" | "isForHolder" | "isForUsers" | "nestsAct" | "namesClient" | "unenforced" | "unread"
>;

/**
 * What claims say; what cannot be read names nobody, and is told.
 *
 * @param clients ids among the facts, by the client ids that claims have
 */
export function saidByClaims({ may_act: mayAct, act, sub }: Claims, clients: ReadonlyMap<string, string>): Said {
  const named = read("may_act", () => namedBy(claimValue(mayAct, OF_REQUEST), clients));
  const shown = read("act", () => shownBy(claimValue(act, OF_EXCHANGE), act?.required ?? false));
  return {
    ...(named.said ?? { mayAct: [] }),
    ...(shown.said ?? { unenforced: "unknown" }),
    // Whom else a token is about makes no difference to who may act.
    namesClient: read("sub", () => namesClient(claimValue(sub, OF_EXCHANGE))).said,
    unread: [...named.unread, ...shown.unread],
  };
}

/** Why a claim says nothing here, in words that go on after its name. */
class Unread extends Error {}

const beyond = () => new Unread("is an expression that nobody can evaluate here");

/** What a claim says, or why it cannot be read. */
function read<T>(claim: string, say: () => T): { readonly said?: T; readonly unread: readonly UnreadClaim[] } {
  try {
    return { said: say(), unread: [] };
  } catch (error) {
    if (!(error instanceof Unread || error instanceof Unknown)) throw error;
    return { unread: [{ claim, why: (error instanceof Unread ? error : beyond()).message }] };
  }
}

const REQUEST = "#root.context.requestData";
/** What every request says. What else `may_act` looks at is of a user or a token, of which there are many. */
const OF_REQUEST = [`${REQUEST}.grantType`, "#root.context.appConfig.clientId"];
/** What an exchange says. */
const OF_EXCHANGE = [
  ...OF_REQUEST,
  ...[`${REQUEST}.subjectToken`, `${REQUEST}.actorToken`, `${REQUEST}.actorToken.client_id`],
  ...["sub", "client_id", "may_act", "may_act.sub", "act"].map((name) => `${REQUEST}.subjectToken.${name}`),
];

/** A claim's value in a request; undefined for none. */
type ValueIn = (request: Partial<Variables["requestData"]> & { readonly clientId: string }) => unknown;

/** @throws Unread, {@link Unknown} for a claim that looks at more than what is known. */
function claimValue(claim: Claim | undefined, known: readonly string[]): ValueIn {
  if (!claim) return () => undefined;
  if (!lookedAt(claim.value).every((path) => known.includes(path))) throw beyond();
  const nothing = { grantType: TOKEN_EXCHANGE, scope: null, subjectToken: null, actorToken: null };
  return ({ clientId, ...request }) =>
    evaluate(claim.value, {
      user: null,
      requestData: { ...nothing, ...request },
      appConfig: { clientId, tokenEndpointAuthMethod: "", envId: "", orgId: "" },
    });
}

/** By what users get tokens, an exchange among it. */
const OF_USERS = [...LOGIN, CIBA, TOKEN_EXCHANGE];
/** A client that is none of those that are known. */
const STRANGER = "";

/** Whom `may_act` names, by who got the token and in which way. */
function namedBy(value: ValueIn, clients: ReadonlyMap<string, string>) {
  const holders = [...clients.keys(), STRANGER];
  const namedIn = (grantType: string) => holders.map((clientId) => subjectOf(value({ grantType, clientId })));
  const [users = [], ...others] = OF_USERS.map(namedIn);
  const own = namedIn("client_credentials");
  const isForUsers = own.every((one) => one === undefined);
  const isOneOf = (one: unknown) => isDeepStrictEqual(one, users);
  if (!others.every(isOneOf) || !(isForUsers || isOneOf(own))) throw beyond();
  const isForHolder = users.every((one, index) => one === undefined || one === holders[index]);
  const named = [...new Set(users)].filter((one) => one !== undefined && (!isForHolder || one !== STRANGER));
  // Who may act hangs on who got it, in another way than by being it.
  if (!isForHolder && new Set(users).size > 1) throw beyond();
  const mayAct = named.map((one = STRANGER) => {
    const id = clients.get(one);
    if (id === undefined) throw new Unread(`names ${JSON.stringify(one)}, which is no client that is known here`);
    return id;
  });
  return { mayAct, isForHolder, isForUsers };
}

/** Whom a `may_act` names. */
function subjectOf(mayAct: unknown): string | undefined {
  if (mayAct === undefined) return undefined;
  if (typeof mayAct === "object" && mayAct !== null && "sub" in mayAct && typeof mayAct.sub === "string")
    return mayAct.sub;
  throw new Unread("names nobody by sub");
}

const [NAMED, OTHER] = ["named", "other"] as const;
const BEFORE = { sub: "before", act: null };
const SUBJECT = { sub: "subject", client_id: "holder", act: BEFORE };

/** What `act` says of who exchanges, and of those who may not. */
function shownBy(value: ValueIn, isRequired: boolean): Pick<Said, "nestsAct" | "unenforced"> {
  const subjectToken = { ...SUBJECT, may_act: { sub: NAMED } };
  const by = (clientId: string) => ({ clientId, actorToken: { client_id: clientId } });
  const shown = value({ subjectToken, ...by(NAMED) });
  const others = [
    value({ subjectToken, ...by(OTHER) }),
    value({ subjectToken, clientId: OTHER }),
    value({ subjectToken: SUBJECT, ...by(NAMED) }),
  ];
  const isShown = (act: unknown): act is object => typeof act === "object" && act !== null;
  const isIssued = !isRequired || others.some((act) => act !== undefined);
  const unenforced: Unenforced | undefined = others.some(isShown) ? "named" : isIssued ? "unnamed" : undefined;
  return { nestsAct: isShown(shown) && "act" in shown && isDeepStrictEqual(shown.act, BEFORE), unenforced };
}

/** Whether `sub` names the client whose own token was exchanged, which has none. */
const namesClient = (value: ValueIn): boolean =>
  value({ subjectToken: { client_id: "holder" }, actorToken: { client_id: NAMED }, clientId: NAMED }) === "holder";
