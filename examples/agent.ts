/**
 * An agent's token requests, with nothing but the variables that `npx ping-agents env` writes; the same code on both clouds.
 *
 *     (set -a; . ./agent.env; npx node examples/agent.ts TOOL [USER])
 *
 * USER is whom the agent works for: the name of the user who is asked to approve (CIBA), or a file with the user's access token
 * (token exchange). It prints what the token for the tool says, never the token; the exit code is 1 where there is none.
 */

import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { decodeJwt, importJWK, SignJWT } from "jose";

const ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";

/** How a tool is authorised; null for a public one. */
type Tool = {
  readonly type: "client_credentials" | "token_exchange" | "ciba";
  readonly scope: string;
  readonly audience?: string;
  readonly resource?: string;
  readonly actor?: { readonly scope: string };
} | null;

type Form = Readonly<Record<string, string | undefined>>;
type Answer = Readonly<Record<string, unknown>>;

/** What a token service refuses, in its own words. */
class Refused extends Error {
  readonly error: string;
  constructor({ error, error_description: description }: Answer) {
    super(`${error}: ${description}`);
    this.error = String(error);
  }
}

const { env } = process;
const setting = (name: string): string => env[name] || fail(`${name} is not set`);

/** A request of the agent, authenticated in the way that it is set to. */
async function post(endpoint: string, form: Form): Promise<Answer> {
  const [id, secret] = [setting("PINGONE_CLIENT_ID"), setting("PINGONE_CLIENT_SECRET")];
  const isBasic = env.PINGONE_AUTH_METHOD === "client_secret_basic";
  const fields = Object.entries({ ...form, ...(!isBasic && { client_id: id, client_secret: secret }) });
  const basic = Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString("base64");
  const response = await fetch(endpoint, {
    method: "POST",
    headers: isBasic ? { authorization: `Basic ${basic}` } : {},
    body: new URLSearchParams(fields.filter((field): field is [string, string] => field[1] !== undefined)),
  });
  const answer = (await response.json()) as Answer;
  if (!response.ok) throw new Refused(answer);
  return answer;
}

const tokenOf = async (form: Form): Promise<string> =>
  String((await post(setting("PINGONE_TOKEN_ENDPOINT"), form)).access_token);

/** A token of the agent's own. */
const ownToken = (scope: string): Promise<string> => tokenOf({ grant_type: "client_credentials", scope });

/** A token for somebody else's API, in exchange for the user's, or for its own where the agent acts for itself. */
async function exchange({ scope, audience, resource, actor }: NonNullable<Tool>, file?: string): Promise<string> {
  return tokenOf({
    grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
    subject_token: file ? readFileSync(file, "utf8").trim() : await ownToken(setting("PINGONE_SCOPES")),
    subject_token_type: ACCESS_TOKEN,
    ...(actor && { actor_token: await ownToken(actor.scope), actor_token_type: ACCESS_TOKEN }),
    ...{ scope, audience, resource },
  });
}

/** A token that the user approves on the phone (CIBA). */
async function approval({ scope }: NonNullable<Tool>, message: string, user: string): Promise<string> {
  const asked = { scope, login_hint: user, binding_message: message };
  const request = env.PINGONE_CIBA_JWK ? { request: await signed({ ...asked, scope: `openid ${scope}` }) } : asked;
  const started = await post(setting("PINGONE_CIBA_ENDPOINT"), request);
  const grant = { grant_type: "urn:openid:params:grant-type:ciba", auth_req_id: String(started.auth_req_id) };
  const end = Date.now() + Number(started.expires_in) * 1000;
  for (let interval = Number(started.interval ?? 5); Date.now() < end; ) {
    await sleep(interval * 1000);
    try {
      return await tokenOf(grant);
    } catch (error) {
      if (!(error instanceof Refused) || !["authorization_pending", "slow_down"].includes(error.error)) throw error;
      if (error.error === "slow_down") interval += 5;
    }
  }
  return fail(`${user} has not answered`);
}

/** The signed request that AIC takes: for its issuer, by the key that the agent publishes. */
async function signed(claims: Answer): Promise<string> {
  const jwk = JSON.parse(setting("PINGONE_CIBA_JWK"));
  return new SignJWT({ ...claims, acr_values: setting("PINGONE_CIBA_ACR_VALUES"), jti: crypto.randomUUID() })
    .setProtectedHeader({ alg: "ES256", kid: setting("PINGONE_CIBA_KID") })
    .setIssuer(setting("PINGONE_CIBA_ISSUER"))
    .setAudience(setting("PINGONE_CIBA_AUDIENCE"))
    .setIssuedAt()
    .setNotBefore("-10s")
    .setExpirationTime("10m")
    .sign(await importJWK(jwk, "ES256"));
}

function fail(what: string): never {
  console.error(what);
  return process.exit(1);
}

/** The token that a tool needs; a public one needs none. */
async function tokenFor(name: string, tool: Tool, user: string | undefined): Promise<string | undefined> {
  if (tool === null) return undefined;
  if (tool.type === "client_credentials") return ownToken(tool.scope);
  if (tool.type === "token_exchange") return exchange(tool, user);
  return approval(tool, `May I use ${name}?`, user ?? fail("say whom to ask"));
}

const [name = "", user] = process.argv.slice(2);
const tools: Readonly<Record<string, Tool>> = JSON.parse(setting("PINGONE_TOOLS"));
const tool = tools[name];
if (tool === undefined) fail(`no tool "${name}"; there are ${Object.keys(tools).join(", ")}`);
try {
  const token = await tokenFor(name, tool, user);
  const { sub, act, client_id, aud, scope } = token ? decodeJwt(token) : {};
  console.log(JSON.stringify({ tool: name, sub, act, client_id, aud, scope }));
} catch (error) {
  fail(error instanceof Error ? error.message : String(error));
}
