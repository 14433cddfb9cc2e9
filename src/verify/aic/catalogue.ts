/** Every case on Advanced Identity Cloud, by subject, in the order in which they run. */
import { negativesOf } from "../case.ts";
import { cibaAskingCases } from "./cases/ciba-asking.ts";
import { cibaJwtCases } from "./cases/ciba-jwt.ts";
import { cibaPollingCases } from "./cases/ciba-polling.ts";
import { clientAuthenticationCases } from "./cases/client-authentication.ts";
import { exchangeCases } from "./cases/exchange.ts";
import { exchangeAgentCases } from "./cases/exchange-agent.ts";
import { exchangeDelegatedCases } from "./cases/exchange-delegated.ts";
import { exchangeSubjectCases } from "./cases/exchange-subject.ts";
import { introspectionCases } from "./cases/introspection.ts";
import { keyCases } from "./cases/keys.ts";
import { ownTokenCases } from "./cases/own-token.ts";
import { switchedOffCases } from "./cases/switched-off.ts";
import { userCases } from "./cases/user.ts";
import type { Group } from "./session.ts";

export const GROUPS: readonly Group[] = [
  switchedOffCases,
  ownTokenCases,
  clientAuthenticationCases,
  userCases,
  exchangeCases,
  exchangeSubjectCases,
  exchangeAgentCases,
  exchangeDelegatedCases,
  introspectionCases,
  keyCases,
  cibaJwtCases,
  cibaAskingCases,
  cibaPollingCases,
];

/** What is provoked, by id. */
export const CASES = negativesOf(GROUPS);
