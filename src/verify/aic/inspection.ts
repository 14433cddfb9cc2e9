/** Everything that can be learned about a token: the answer, tokeninfo, the token itself, introspection. */
import type { Proof } from "../case.ts";
import { isObject, type Json, type Observation, textOf } from "../http.ts";
import { audiencesOf, brief, scopesOf, shown } from "../judge.ts";
import { claimsOf } from "../jwt.ts";
import type { Client } from "../oauth.ts";
import { checkClaims, checkIntrospection, checkTokenResponse, type ExpectedToken } from "./claims.ts";
import type { ClientPlan } from "./plan.ts";
import { lifetimeOf, type Session } from "./session.ts";
import { signatureProblems } from "./signature.ts";

/** Holds an answer to what is expected of its token (oauth-flows §5.2). @param client that may introspect it */
export async function inspect(
  session: Pick<Session, "oauth" | "issuer" | "clock" | "send">,
  client: Client,
  answer: Observation,
  expected: ExpectedToken,
): Promise<Proof> {
  const token = textOf(answer.body.access_token);
  if (!token) return { got: shown(answer), problems: ["no token was issued"] };
  const { body: claims, status } = await session.oauth.tokeninfo(token);
  const decoded = claimsOf(token);
  const { body: introspected } = await session.oauth.introspect(client, token);
  const problems = [
    ...checkTokenResponse(answer.body, expected),
    ...(status === 200 ? checkClaims(claims, expected) : [`tokeninfo answers ${status}`]),
    ...(decoded ? checkClaims(decoded, expected).map((problem) => `decoded ${problem}`) : []),
    ...(await signatureProblems(session, token)),
    ...checkIntrospection(introspected, expected),
  ];
  return { got: brief(answer), claims: inWords(claims), problems: [...new Set(problems)] };
}

/** What is expected of a client's token, with what every token of the realm has. */
export function expectedToken(
  session: Pick<Session, "live" | "issuer" | "plan">,
  client: ClientPlan,
  token: Pick<ExpectedToken, "sub" | "aud" | "actor" | "scopes" | "grantType">,
): ExpectedToken {
  const { clientId, audience, mayAct } = client;
  return {
    ...token,
    // What scripts say of one token of the client they say of each (delegation §2.1).
    ...(audience !== undefined && { aud: [audience] }),
    ...{ clientId, mayAct },
    lifetime: lifetimeOf(session, client),
    issuer: session.issuer,
    realm: session.plan.realm,
  };
}

/** The claims that were looked at, as the tenant shows them. */
function inWords(claims: Json): string {
  const { sub, act } = claims;
  const actor = isObject(act) ? [`act.sub=${String(act.sub)}`] : [];
  const aud = audiencesOf(claims).join(" ");
  const scope = scopesOf({ body: claims }).join(" ");
  return [`sub=${String(sub)}`, ...actor, `aud=[${aud}]`, `scope=[${scope}]`].join(" ");
}
