/** Logins of people: few, and none after one that was refused, since a tenant locks an account after a handful of wrong passwords. */
import type { Clock } from "./clock.ts";
import { Unprovable } from "./errors.ts";
import { type Observation, textOf } from "./http.ts";
import { shown } from "./judge.ts";

export type Logins = {
  /**
   * Sends a person's password.
   *
   * @throws {Unprovable} when one login of the person did not succeed before
   */
  attempt(userName: string, login: () => Promise<Observation>): Promise<Observation>;
  /** The same, once for what it is about: later calls get the answer of the first, for as long as its token lives. */
  once(userName: string, about: string, login: () => Promise<Observation>): Promise<Observation>;
  /** The answer of the first call for what it is about, for as long as its token lives, whatever way the person signs in. */
  kept<Answer extends Observation>(userName: string, about: string, signIn: () => Promise<Answer>): Promise<Answer>;
};

/** What is wrong with the client or its request, before anybody looks at the password (RFC 6749 §5.2). */
const NOT_ABOUT_THE_PERSON = ["invalid_client", "unauthorized_client", "unsupported_grant_type", "invalid_scope"];

export function createLogins({ now }: Pick<Clock, "now">): Logins {
  const failed = new Map<string, string>();
  const answers = new Map<string, { readonly answer: Observation; readonly until: number }>();

  const attempt: Logins["attempt"] = async (userName, login) => {
    const before = failed.get(userName);
    if (before !== undefined) {
      throw new Unprovable(`a login of ${userName} brought ${before}: not tried again, so that no account is locked`);
    }
    // Also after an answer that never came nobody knows what the tenant has counted.
    failed.set(userName, "no answer");
    const answer = await login();
    const isFine = answer.status < 300 || NOT_ABOUT_THE_PERSON.includes(answer.error ?? "");
    if (isFine) failed.delete(userName);
    else failed.set(userName, shown(answer));
    return answer;
  };

  const kept = async <Answer extends Observation>(userName: string, about: string, signIn: () => Promise<Answer>) => {
    const key = JSON.stringify([userName, about]);
    const known = answers.get(key);
    // What it is about decides about the kind of answer.
    if (known && now() < known.until) return known.answer as Answer;
    const answer = await signIn();
    const { access_token: token, expires_in: seconds } = answer.body;
    // A token that is about to expire would not last through a case.
    if (textOf(token)) answers.set(key, { answer, until: now() + 0.8 * Number(seconds ?? 0) });
    return answer;
  };

  return {
    attempt,
    once: (userName, about, login) => kept(userName, about, () => attempt(userName, login)),
    kept,
  };
}
