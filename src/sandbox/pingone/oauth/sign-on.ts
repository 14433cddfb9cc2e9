/** How a user signed on, as tokens tell it (delegation §1.1). */

export type SignOn = {
  /** Name of the policy. */
  readonly acr: string;
  /** Seconds since 1970. */
  readonly authTime: number;
  /** Id of the session. */
  readonly sid: string;
  /** Of the request; ID tokens repeat it (OpenID Connect Core §2). */
  readonly nonce: string | undefined;
};

/** The claims that tell it. */
export const signOnClaims = (signOn: SignOn | undefined) =>
  signOn ? { acr: signOn.acr, auth_time: signOn.authTime, sid: signOn.sid } : {};
