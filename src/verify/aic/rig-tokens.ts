/** Tokens of throw-away objects, by requests that work until a case changes them or what they are about. */
import { tokenOf } from "../credentials.ts";
import type { Observation } from "../http.ts";
import { type Client, type Form, grant } from "../oauth.ts";
import type { OAuth } from "./endpoints.ts";
import type { Session } from "./session.ts";

export type RigTokens = {
  /** An agent's own token. */
  own(agent: Client, change?: Form, realm?: OAuth): Promise<Observation>;
  ownToken(agent: Client, realm?: OAuth): Promise<string>;
  /** A token of `member` at `application`. */
  signIn(change?: Form): Promise<Observation>;
  userToken(): Promise<string>;
  /** An exchange for `application`, scope `read`. */
  exchange(client: Client, subjectToken: string, change?: Form): Promise<Observation>;
  /** That of `autonomous` for itself. */
  forItself(change?: Form): Promise<Observation>;
  /** That of `delegate` for `member`. */
  onBehalf(change?: Form): Promise<Observation>;
};

export function rigTokens({ rig, oauth }: Pick<Session, "rig" | "oauth">): RigTokens {
  const own: RigTokens["own"] = (agent, change = {}, realm = oauth) =>
    realm.post("access_token", agent, { ...grant.clientCredentials(["own"]), ...change });
  const ownToken: RigTokens["ownToken"] = async (agent, realm) =>
    tokenOf(await own(agent, {}, realm), "token of the agent's own");
  const signIn: RigTokens["signIn"] = async (change = {}) => {
    const { userName, password } = await rig.member();
    const form = grant.password(userName, password, ["openid"]);
    return oauth.post("access_token", await rig.application(), { ...form, ...change });
  };
  const userToken = async () => tokenOf(await signIn(), "token of the user");
  const exchange: RigTokens["exchange"] = async (client, token, change = {}) => {
    const { clientId } = await rig.application();
    return oauth.post("access_token", client, { ...grant.exchange(token, clientId, ["read"]), ...change });
  };
  return {
    own,
    ownToken,
    signIn,
    userToken,
    exchange,
    async forItself(change) {
      const agent = await rig.autonomous();
      await rig.autonomousPrivilege();
      return exchange(agent, await ownToken(agent), change);
    },
    onBehalf: async (change) => exchange(await rig.delegate(), await userToken(), change),
  };
}
