/** Users' tokens whose life is so short that a case can wait for its end. */

import type { Observation } from "../http.ts";
import { withAttribute } from "./changes.ts";
import { rigTokens } from "./rig-tokens.ts";
import type { Session } from "./session.ts";
import { clientPath } from "./snapshot.ts";

/** Seconds; long enough for the twin to be done within. */
const LIFE = 10;

/** @param isLate whether the token has expired when `act` gets it */
export async function shortLived(
  { rig, oauth, admin, clock }: Pick<Session, "rig" | "oauth" | "admin" | "clock">,
  isLate: boolean,
  act: (token: string) => Promise<Observation>,
): Promise<Observation> {
  const { userToken } = rigTokens({ rig, oauth });
  const path = clientPath(rig.realm, await rig.application());
  return withAttribute(
    admin,
    path,
    ["coreOAuth2ClientConfig", "accessTokenLifetime"],
    () => LIFE,
    async () => {
      const token = await userToken();
      if (isLate) await clock.wait(LIFE + 1);
      return act(token);
    },
  );
}
