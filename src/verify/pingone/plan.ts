/** What is to be verified on PingOne, as plain data. Whoever holds a declaration maps it to this. */

/** A client of the token service. PingOne chooses client ids: they come from the outputs of the stack. */
export type PingOneClient = {
  /** Key in the declaration, for the report. */
  readonly key: string;
  readonly clientId: string;
  readonly authMethod: "client_secret_basic" | "client_secret_post";
  readonly secret: string;
};

/** One resource that an agent reaches. */
export type PingOneAccess = {
  /** Audience of its tokens. */
  readonly audience: string;
  readonly scopes: readonly string[];
  /** Lifetime of its tokens in seconds. */
  readonly lifetime: number;
};

/** A user whose token is exchanged, or who is asked. */
export type PingOneUser = {
  readonly name: string;
  /** Id, which is the subject of tokens. */
  readonly id: string;
};

export type PingOneAgent = {
  readonly client: PingOneClient;
  readonly pattern: "autonomous" | "on-behalf-of" | "approved";
  readonly access: readonly PingOneAccess[];
};

export type PingOnePlan = {
  /** Issuer of the environment: `https://auth.pingone.eu/<environment>/as`. */
  readonly issuer: string;
  readonly agents: readonly PingOneAgent[];
  /** Every scope that the declaration knows: those that an agent was not given must be refused. */
  readonly scopes: readonly string[];
};

/** A scope that the agent was not given; undefined when it has them all. */
export function foreignScope({ scopes }: PingOnePlan, agent: PingOneAgent): string | undefined {
  const own = new Set(agent.access.flatMap((entry) => entry.scopes));
  return scopes.find((scope) => !own.has(scope));
}
