/** Requests to a user that must not start for what they ask (oauth-flows §6.1): for which scope, by which journey, of whom, in which words. */
import { randomUUID } from "node:crypto";
import type { Case, Negative } from "../../case.ts";
import type { Observation } from "../../http.ts";
import { badRequest } from "../answers.ts";
import { whileInactive, withAttribute } from "../changes.ts";
import { startRequest } from "../ciba.ts";
import { cibaGroup, type Starts, startsOf } from "../ciba-starts.ts";
import { signerAsClient } from "../rig-ciba.ts";
import type { Session } from "../session.ts";
import { providerPath, treePath } from "../snapshot.ts";

const start: Negative<Starts>["twin"] = (on) => on.start();
const badScope = {
  id: "B11",
  title: "scope without openid, or not the client's",
  evidence: "D",
  exact: { status: 400, error: "invalid_scope" },
  twin: start,
} as const;
const badAcr = {
  id: "B12",
  core: true,
  title: "acr value that leads nowhere",
  evidence: "K",
  exact: badRequest(),
  must: "record",
} as const;
const badMessage = {
  id: "B13",
  core: true,
  title: "binding message not allowed",
  evidence: "D P",
  exact: { status: 400, error: "invalid_binding_message" },
  twin: start,
} as const;

const DECLARED: readonly Case<Starts>[] = [
  {
    ...badScope,
    variant: "without openid",
    provoke: ({ claiming }) => claiming(({ scope }) => ({ scope: scope.replace(/^openid /, "") })),
  },
  {
    ...badScope,
    variant: "not the client's",
    provoke: ({ claiming }) => claiming(({ scope }) => ({ scope: `${scope} ping-agents-unlisted` })),
  },
  {
    ...badAcr,
    variant: "missing",
    twin: start,
    provoke: ({ claiming }) => claiming(() => ({ acr_values: undefined })),
  },
  {
    ...badAcr,
    variant: "unmapped",
    twin: start,
    provoke: ({ claiming }) => claiming(() => ({ acr_values: "ping-agents-unmapped" })),
  },
  {
    ...badMessage,
    variant: "101 characters",
    provoke: ({ claiming }) => claiming(() => ({ binding_message: "x".repeat(101) })),
  },
  {
    ...badMessage,
    variant: "starts with £",
    provoke: ({ claiming }) => claiming(({ binding_message }) => ({ binding_message: `£${binding_message}` })),
  },
  {
    ...badMessage,
    variant: "starts with a space",
    provoke: ({ claiming }) => claiming(({ binding_message }) => ({ binding_message: ` ${binding_message}` })),
  },
  {
    ...badMessage,
    variant: "line break",
    provoke: ({ claiming }) => claiming(({ binding_message }) => ({ binding_message: `${binding_message}\nx` })),
  },
  {
    id: "B14",
    title: "unknown login_hint",
    evidence: "P",
    exact: { status: 400, error: "unknown_user_id" },
    twin: start,
    provoke: ({ claiming }) => claiming(() => ({ login_hint: "ping-agents-nobody" })),
  },
];

/** Requests of a throw-away client to a throw-away user. */
type ThrowAway = Pick<Starts, "start" | "claiming"> & {
  startWhileInactive(): Promise<Observation>;
  /** Starts a request by an acr value whose journey is there, or that was deleted under it. */
  startByJourney(isGone: boolean): Promise<Observation>;
  /** Whether nobody else uses the provider. */
  readonly isProviderOurs: boolean;
};

const THROWN_AWAY: readonly Case<ThrowAway>[] = [
  {
    id: "B22",
    title: "no hint who is asked",
    evidence: "P",
    exact: badRequest(),
    twin: ({ start }) => start(),
    provoke: ({ claiming }) => claiming(() => ({ login_hint: undefined })),
  },
  {
    id: "B24",
    title: "user who is asked deactivated",
    evidence: "K",
    exact: { status: 400, error: "unknown_user_id" },
    must: "record",
    twin: ({ start }) => start(),
    provoke: ({ startWhileInactive }) => startWhileInactive(),
  },
  {
    ...badAcr,
    variant: "journey gone",
    when: ({ isProviderOurs }) => isProviderOurs,
    twin: ({ startByJourney }) => startByJourney(false),
    provoke: ({ startByJourney }) => startByJourney(true),
  },
];

export const cibaAskingCases = cibaGroup(DECLARED, THROWN_AWAY, throwAway);

function throwAway(session: Session, acr: string): ThrowAway {
  const { rig, admin, target } = session;
  const client = (value = acr) => signerAsClient(rig, value);
  const { start, claiming } = startsOf(session, client);
  return {
    start,
    claiming,
    startWhileInactive: async () => whileInactive(admin, rig.realm, await rig.member(), start),
    startByJourney: (isGone) => byJourney(session, isGone, async (value) => startRequest(session, await client(value))),
    isProviderOurs: target === "sandbox",
  };
}

const FAILURE = "e301438c-0bd0-429c-ab0c-66126501069a";

/** Maps a throw-away acr value to a throw-away journey, and deletes the journey under it. */
async function byJourney<Result>(
  { admin, rig }: Pick<Session, "admin" | "rig">,
  isGone: boolean,
  act: (acr: string) => Promise<Result>,
): Promise<Result> {
  const name = `ping-agents-verify-${randomUUID()}`;
  const path = treePath(rig.realm, name);
  await admin.write("PUT", path, { entryNodeId: FAILURE, nodes: {}, staticNodes: {}, enabled: true });
  try {
    return await withAttribute(
      admin,
      providerPath(rig.realm),
      ["advancedOIDCConfig", "loaMapping"],
      (mapping) => ({ ...(mapping as object), [name]: name }),
      async () => {
        if (isGone) await admin.write("DELETE", path);
        return act(name);
      },
    );
  } finally {
    await admin.attempt("DELETE", path);
  }
}
