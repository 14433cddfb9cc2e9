/** An example stack of PingOne on the real engine and a local tenant, and the requests that its clients make. */

import { readFileSync } from "node:fs";
import { decodeJwt } from "jose";
import { afterAll, expect, test } from "vitest";
import { TOKEN_EXCHANGE } from "../../../src/fields/grant-types.ts";
import { startPingOne } from "../../support/pingone.ts";
import { summary } from "../cli.ts";
import { openProject } from "../project.ts";

/** An answer of the token service: the claims of its access token, or the refusal. */
export type Answer = {
  readonly status: number;
  readonly token: string;
  /** Without what changes with every token. */
  readonly claims: Readonly<Record<string, unknown>>;
  readonly error: unknown;
  readonly text: unknown;
};

type Change = {
  /** By whom the actor token is. @default the acting client */
  readonly actor?: string | undefined;
  readonly subject: Answer;
  readonly scope?: string | undefined;
};

/** What PingOne says of a required claim without a value (delegation §1.2). */
export const requiredBut = (claim: string) =>
  `${claim} is configured as required for the Access token but does not have a value`;

/**
 * Provisions an example once; the tests of the file use it, and the last of them destroys it.
 *
 * @param name of the file in `stacks/examples`
 */
export async function example(name: string) {
  const tenant = await startPingOne();
  afterAll(() => tenant.stop());
  const declaration = readFileSync(new URL(`../../../stacks/examples/${name}.yaml`, import.meta.url), "utf8");
  const stack = await openProject(tenant)(name, declaration);
  const before = await tenant.dump();
  const made = summary(await stack.up());

  const clients = new Map(
    (await tenant.admin.applications.list()).map(({ id, name: called }) => [String(called), id] as const),
  );
  /** The client id of an application, by its name. */
  const idOf = (client: string) => clients.get(client) ?? expect.unreachable(client);
  const basic = async (client: string) => {
    const { secret = "" } = (await tenant.admin.secret(idOf(client))) ?? {};
    return `Basic ${Buffer.from(`${idOf(client)}:${secret}`).toString("base64")}`;
  };
  const answered = (status: number, body: Record<string, unknown>): Answer => {
    const token = String(body.access_token ?? "");
    const { iat: _iat, exp: _exp, jti: _jti, ...claims } = token ? decodeJwt(token) : {};
    return { status, token, claims, error: body.error, text: body.error_description };
  };
  const post = async (client: string, form: Record<string, string>) => {
    const response = await fetch(`${tenant.url}/${tenant.environmentId}/as/token`, {
      method: "POST",
      headers: { authorization: await basic(client) },
      body: new URLSearchParams(form),
    });
    return answered(response.status, (await response.json()) as Record<string, unknown>);
  };
  /** A token of a client's own. */
  const own = (client: string, scope?: string) =>
    post(client, { grant_type: "client_credentials", ...(scope !== undefined && { scope }) });
  const type = "urn:ietf:params:oauth:token-type:access_token";
  /** The exchange as all stacks make it (delegation §1): no resource, no audience. */
  const exchange = async (client: string, { subject, actor = client, scope }: Change, actorScope = scope) => {
    const { token: actorToken } = actor === "" ? { token: "" } : await own(actor, actorScope);
    return post(client, {
      grant_type: TOKEN_EXCHANGE,
      ...{ subject_token: subject.token, subject_token_type: type, requested_token_type: type },
      ...(actorToken && { actor_token: actorToken, actor_token_type: type }),
      ...(scope !== undefined && { scope }),
    });
  };
  /** A person signs in at a client. */
  const signOn = async (client: string, scope: string) => {
    const username = "barbara.jensen";
    const { password } = tenant.sandbox.users[username] ?? expect.unreachable();
    const body = { username, password, client_id: idOf(client), scope };
    return answered(200, (await tenant.control("pingone/sign-on", body)) as Record<string, unknown>);
  };
  const userId = async () => {
    const [user] = await tenant.admin.users.list('username eq "barbara.jensen"');
    return user?.id;
  };

  test("is drift-free: nothing to do, and nothing to see", async () => {
    const { created } = made as { created: number };
    expect(summary(await stack.up())).toEqual({ unchanged: created });
    expect(summary(await stack.drift())).toEqual({ unchanged: created });
  });

  test("access says of the tenant what it says of the declaration", async () => {
    const rowsOf = async (...more: string[]) => {
      const { stdout } = await stack.kit(["access", name, "--format", "json", ...more]);
      type Report = { readonly rows: readonly { readonly sentence: string; readonly tokens?: unknown }[] };
      const { environments } = JSON.parse(stdout) as { environments: Report[] };
      return environments.flatMap(({ rows }) => rows).map(({ sentence, tokens }) => ({ sentence, tokens }));
    };
    const declared = await rowsOf();
    expect(declared.filter(({ tokens }) => tokens !== undefined)).not.toEqual([]);
    expect(await rowsOf("--tenant")).toEqual(expect.arrayContaining(declared));
    expect(await rowsOf("--tenant")).toHaveLength(declared.length);
  });

  test("verify proves it, and that there is no way around it", async () => {
    const env = { PING_AGENTS_PASSWORD_BARBARA_JENSEN: tenant.sandbox.users["barbara.jensen"]?.password ?? "" };
    const control = { PING_AGENTS_SANDBOX_CONTROL_TOKEN: tenant.sandbox.controlToken };
    const args = ["verify", name, "--user", "barbara.jensen", "--format", "json"];
    const { stdout } = await stack.kit(args, { env: { ...env, ...control } });
    const { rows } = JSON.parse(stdout) as { rows: { case: string; verdict: string }[] };
    expect(rows.filter(({ verdict }) => verdict !== "pass")).toEqual([]);
    expect(rows.map((row) => row.case)).toEqual(expect.arrayContaining(["P06", "N14", "N15", "N17", "N20"]));
  });

  test("an environment that nobody can tell of a required claim is refused before the first write", async () => {
    const [real, far] = [{ PINGONE_REGION_CODE: "EU" }, { PINGONE_API_URL: "", PINGONE_AUTH_URL: "" }];
    await tenant.calls();
    for (const command of [["up", "--yes", "--skip-preview"], ["preview"]]) {
      const { stdout, stderr } = await stack.run(command, { env: { ...real, ...far }, exit: 1 });
      const said = stdout + stderr;
      expect(said).toMatch(/ERR_UNENFORCED: act of .+ is required/);
      expect(said).toMatch(new RegExp(`${name}\\.declaration\\.yaml:\\d+:\\d+, applications\\.`));
      expect(said).toContain("required: false");
    }
    expect(await tenant.calls()).toEqual([]);
  });

  return {
    ...{ tenant, stack, idOf, own, exchange, signOn, userId },
    /** Declares the last test of the file. */
    endsWithNothing: () =>
      test("is gone when it is destroyed", async () => {
        await stack.destroy();
        expect(await tenant.dump()).toEqual(before);
      }),
  };
}
