/** What each agent is declared to be able to do, proven by the claims of the tokens that it gets (oauth-flows §5.2). */

import type { Positive } from "../../case.ts";
import { clientOf, passwordOf } from "../../credentials.ts";
import { GRANT } from "../../grants.ts";
import { isObject, type Json, type Observation, textOf } from "../../http.ts";
import { audiencesOf, brief, scopesOf, shown } from "../../judge.ts";
import { claimsOf } from "../../jwt.ts";
import type { Client } from "../../oauth.ts";
import { pollToTheEnd } from "../../polling.ts";
import { checkClaims, checkIntrospection, checkTokenResponse, type ExpectedToken } from "../claims.ts";
import {
  type Asker,
  ask,
  askedOf,
  askerOf,
  askingClaims,
  exchange,
  ownScopes,
  ownToken,
  poll,
  type Subject,
  userScopes,
  userToken,
} from "../flows.ts";
import { type AccessPlan, type AgentPlan, businessScopes, type CibaPlan, grantedScopes } from "../plan.ts";
import { signatureProblems } from "../signature.ts";
import { lifetimeOf, type World } from "../world.ts";

type Checked = Awaited<ReturnType<Positive["run"]>>;

const AS_DECLARED = "token as declared";

/** The agent's own token. */
export function ownTokenCase(world: World, agent: AgentPlan): Positive {
  const expected = expectedToken(world, agent, {
    sub: agent.clientId,
    aud: [agent.clientId],
    scopes: ownScopes(agent),
    grantType: GRANT.clientCredentials,
  });
  return {
    id: "F01",
    title: "token of its own",
    flow: "client-credentials",
    evidence: "S2",
    expected: AS_DECLARED,
    run: async () => inspect(world, await clientOf(world, agent), await ownToken(world, agent), expected),
  };
}

/** A user's token of the application: not the agent's doing, but what it starts from. */
export function userTokenCase(world: World, entry: AccessPlan, subject: Subject): Positive {
  const { application } = entry;
  const expected = expectedToken(world, application, {
    sub: subject.sub,
    aud: [application.clientId],
    scopes: userScopes(application.scopes),
    grantType: GRANT.password,
  });
  return {
    id: "F02",
    title: `token of ${subject.name} at ${application.clientId}`,
    flow: "user-token",
    evidence: "S3",
    expected: AS_DECLARED,
    run: async () => {
      const user = { userName: subject.name, password: await passwordOf(world, subject.name) };
      const answer = await userToken(world, entry, user);
      return inspect(world, await clientOf(world, application), answer, expected);
    },
  };
}

/** The exchange: for the agent itself, or on behalf of a user. */
export function exchangeCase(world: World, agent: AgentPlan, entry: AccessPlan, subject: Subject): Positive {
  const expected = expectedToken(world, agent, {
    sub: subject.sub,
    aud: [agent.clientId, entry.application.clientId],
    actor: agent.clientId,
    scopes: businessScopes(grantedScopes(entry)),
    grantType: GRANT.tokenExchange,
  });
  return {
    id: "F03",
    title: `exchange for ${subject.name} to ${entry.application.clientId}`,
    flow: "exchange",
    evidence: agent.pattern === "autonomous" ? "S2" : "S3",
    expected: AS_DECLARED,
    run: async () => {
      const answer = await exchange(world, agent, entry, await subject.token());
      return inspect(world, await clientOf(world, agent), answer, expected);
    },
  };
}

/** The request that a user approves. */
export function cibaCase(world: World, agent: AgentPlan, ciba: CibaPlan): Positive {
  return {
    id: "F04",
    title: `approved by a user, acr ${ciba.acr}`,
    flow: "ciba",
    evidence: "S4 D",
    expected: "pending, then as declared",
    run: async () => {
      const asker = await askerOf(world, agent, ciba);
      const claims = askingClaims(world, asker);
      const answer = await ask(world, asker, { claims });
      const asked = askedOf(answer, claims);
      if (!asked) return { got: shown(answer), problems: ["bc-authorize refuses"] };
      const problems = asked.expiresIn > 0 ? [] : [`expires_in ${asked.expiresIn} of the request`];
      const early = await poll(world, asker.client, asked);
      if (early.error !== "authorization_pending") {
        return { got: brief(early), problems: [...problems, `before the approval: ${shown(early)}`] };
      }
      await world.approver.decide({ userName: asker.user.userName, message: asked.message }, "approve");
      const final = await pollToTheEnd(world, asked, () => poll(world, asker.client, asked));
      const checked = await inspectApproved(world, agent, asker, final);
      return { ...checked, problems: [...problems, ...checked.problems] };
    },
  };
}

async function inspectApproved(world: World, agent: AgentPlan, asker: Asker, answer: Observation): Promise<Checked> {
  const expected = expectedToken(world, agent, {
    sub: asker.user.id,
    aud: [agent.clientId],
    scopes: asker.scopes,
    grantType: GRANT.ciba,
  });
  const checked = await inspect(world, asker.client, answer, expected);
  if (!textOf(answer.body.access_token)) return checked;
  const identity = claimsOf(textOf(answer.body.id_token) ?? "");
  const told = !identity
    ? ["no id_token"]
    : identity.acr === asker.acr
      ? []
      : [`acr ${String(identity.acr)} in the id_token`];
  return {
    ...checked,
    claims: `${checked.claims} acr=${String(identity?.acr)}`,
    problems: [...checked.problems, ...told],
  };
}

/** Everything that can be learned about a token: the answer, tokeninfo, the token itself, introspection. */
async function inspect(world: World, client: Client, answer: Observation, expected: ExpectedToken): Promise<Checked> {
  const token = textOf(answer.body.access_token);
  if (!token) return { got: shown(answer), problems: ["no token was issued"] };
  const { body: claims, status } = await world.oauth.tokeninfo(token);
  const decoded = claimsOf(token);
  const { body: introspected } = await world.oauth.introspect(client, token);
  const problems = [
    ...checkTokenResponse(answer.body, expected),
    ...(status === 200 ? checkClaims(claims, expected) : [`tokeninfo answers ${status}`]),
    ...(decoded ? checkClaims(decoded, expected).map((problem) => `decoded ${problem}`) : []),
    ...(await signatureProblems(world, token)),
    ...checkIntrospection(introspected, expected),
  ];
  return { got: brief(answer), claims: inWords(claims), problems: [...new Set(problems)] };
}

function expectedToken(
  world: World,
  client: AgentPlan | AccessPlan["application"],
  token: Pick<ExpectedToken, "sub" | "aud" | "actor" | "scopes" | "grantType">,
): ExpectedToken {
  return {
    ...token,
    clientId: client.clientId,
    lifetime: lifetimeOf(world, client),
    issuer: world.issuer,
    realm: world.plan.realm,
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
