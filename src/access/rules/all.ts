/** Every rule over access, in the order of their names. */

import { actsForEveryone } from "./acts-for-everyone.ts";
import { agentExpired } from "./agent-expired.ts";
import { agentReachesAgent } from "./agent-reaches-agent.ts";
import { allScopes } from "./all-scopes.ts";
import { applicationAsAgent } from "./application-as-agent.ts";
import { autonomousWrites } from "./autonomous-writes.ts";
import { clearRedirect } from "./clear-redirect.ts";
import { delegatesCombine } from "./delegates-combine.ts";
import { endlessException } from "./endless-exception.ts";
import { expiredException } from "./expired-exception.ts";
import { groupWritesWidely } from "./group-writes-widely.ts";
import { idleScope } from "./idle-scope.ts";
import { implicitGrant } from "./implicit-grant.ts";
import { lifeEnds } from "./life-ends.ts";
import { longLivedToken } from "./long-lived-token.ts";
import { manyTargets } from "./many-targets.ts";
import { noExpiry } from "./no-expiry.ts";
import { noOwner } from "./no-owner.ts";
import { openRegistration } from "./open-registration.ts";
import { ownerDisabled } from "./owner-disabled.ts";
import { passwordGrant } from "./password-grant.ts";
import { readsAndWrites } from "./reads-and-writes.ts";
import type { Rule } from "./rule.ts";
import { secretInClear } from "./secret-in-clear.ts";
import { sharedKey } from "./shared-key.ts";
import { sharedSecret } from "./shared-secret.ts";
import { undeclaredStays } from "./undeclared-stays.ts";
import { unreadClaim } from "./unread-claim.ts";
import { unusedScope } from "./unused-scope.ts";
import { wildcardRedirect } from "./wildcard-redirect.ts";

export const rules: readonly Rule[] = [
  actsForEveryone,
  agentExpired,
  agentReachesAgent,
  allScopes,
  applicationAsAgent,
  autonomousWrites,
  clearRedirect,
  delegatesCombine,
  endlessException,
  expiredException,
  groupWritesWidely,
  idleScope,
  implicitGrant,
  lifeEnds,
  longLivedToken,
  manyTargets,
  noExpiry,
  noOwner,
  openRegistration,
  ownerDisabled,
  passwordGrant,
  readsAndWrites,
  secretInClear,
  sharedKey,
  sharedSecret,
  undeclaredStays,
  unreadClaim,
  unusedScope,
  wildcardRedirect,
];
