/** Error bodies of AM, IDM and the environment API as recorded (aic §1.4), and what becomes of them. */
import { inspect } from "node:util";
import { beforeAll, describe, expect, test } from "vitest";
import { aicDialect } from "../../../src/admin-api/aic/dialect.ts";
import { notePrivateKey, noteSecret } from "../../../src/admin-api/http/redaction.ts";
import { Transport } from "../../../src/admin-api/http/transport.ts";
import { PRIVATE_MEMBERS } from "../../../src/jwk.ts";
import { failureOf } from "../failure.ts";
import { type Behaviour, type Reply, serve } from "../server.ts";

const CANARY = "canary-5up3r-s3cret";

async function refusedWith(reply: Behaviour, body: unknown = {}, token = `${CANARY}-token`) {
  const server = await serve(reply);
  const bearer = { get: async () => token, renew: async () => token };
  const options = { baseUrl: server.url, dialect: aicDialect, bearer, retries: 0 };
  const transport = new Transport({ ...options, ...(reply === "hang" && { deadlineMs: 200 }) });
  return failureOf(transport.request({ method: "PUT", path: "/x", query: { q: CANARY, _action: "create" }, body }));
}

const json = (status: number, body: object): Reply => ({ status, body: { code: status, ...body } });

describe("codes", () => {
  const policyFailure = {
    reason: "Forbidden",
    message: "Failed policy validation",
    detail: {
      result: false,
      failedPolicyRequirements: [
        {
          property: "aiagentprivileges",
          policyRequirements: [{ policyRequirement: "VALID_TYPE", params: { invalidType: "object", value: CANARY } }],
        },
        { property: "name", policyRequirements: [{ policyRequirement: "REQUIRED" }, { policyRequirement: "UNIQUE" }] },
      ],
    },
  };

  test("IDM's 403 for a policy is a validation error that lists properties and requirements", async () => {
    const error = await refusedWith(json(403, policyFailure));
    expect(error).toMatchObject({
      code: "ERR_API_VALIDATION",
      status: 403,
      policyFailures: [
        { property: "aiagentprivileges", requirements: ["VALID_TYPE"] },
        { property: "name", requirements: ["REQUIRED", "UNIQUE"] },
      ],
    });
    expect(error.message).toContain("aiagentprivileges: VALID_TYPE; name: REQUIRED, UNIQUE");
    expect(error.message).not.toContain(CANARY);
  });

  test("IDM's 403 for access is a permission error", async () => {
    const error = await refusedWith(json(403, { reason: "Forbidden", message: "Access denied" }));
    expect(error).toMatchObject({ code: "ERR_API_FORBIDDEN", policyFailures: [] });
  });

  test("AM's unknown attribute is named, which AM itself does not do", async () => {
    const reply = json(400, {
      message: "Invalid attribute specified.",
      detail: { validAttributes: ["nodes", "enabled"] },
    });
    const error = await refusedWith(reply, { _id: "x", nodes: {}, nodes2: {} });
    expect(error.code).toBe("ERR_API_VALIDATION");
    expect(error.message).toContain("not known to the tenant: nodes2");
  });

  test.each([
    [400, { message: "Data validation failed for the attribute, OIDC Claims Script" }, "ERR_API_VALIDATION"],
    [400, { message: "Invalid config: Only a single alias per mapping is allowed" }, "ERR_API_VALIDATION"],
    [400, { message: "The request body must include 'bindPassword'." }, "ERR_API_VALIDATION"],
    [
      500,
      { message: "Unable to update SMS config: Data validation failed for the attribute, URL" },
      "ERR_API_VALIDATION",
    ],
    [422, { code: 606, message: "encoding in body should be one of [generic pem base64hmac]" }, "ERR_API_VALIDATION"],
    [400, { message: "Node with ID entryNodeId must exist in the tree." }, "ERR_API_BAD_REQUEST"],
    [400, { message: "Failed to create secret, the secret already exists" }, "ERR_API_CONFLICT"],
    [409, { message: "Unable to save config: Service already exists" }, "ERR_API_CONFLICT"],
    [404, { code: 404, reason: "Not Found", message: "Not Found" }, "ERR_API_NOT_FOUND"],
    [412, { message: "Entry Already Exists" }, "ERR_API_PRECONDITION"],
    [405, { message: "no" }, "ERR_API_BAD_REQUEST"],
    [408, { message: "slow" }, "ERR_API_TIMEOUT"],
    [429, { message: "slow down" }, "ERR_API_RATE_LIMITED"],
    [503, { message: "starting" }, "ERR_API_OUTAGE"],
    [500, { message: "AI Agent: Failed to create agent identity." }, "ERR_API_UNEXPECTED"],
  ])("%i %j is %s", async (status, body, code) => {
    const error = await refusedWith(json(status, body));
    expect(error).toMatchObject({ code, status });
    expect(error.message).toContain(body.message);
  });

  test("say method, path, action, tenant, transaction and what to do, but no other query", async () => {
    const error = await refusedWith({ ...json(409, {}), headers: { "x-forgerock-transactionid": "tx-1" } });
    expect(error).toMatchObject({ transactionId: "tx-1" });
    expect(error.message).toMatch(/^ERR_API_CONFLICT: PUT \/x\?_action=create answered 409 .*\(transaction tx-1\)\n/);
    expect(error.message).toMatch(/at tenant http:\/\/127\.0\.0\.1:\d+\n {2}Next: look at the object/);
    expect(error.message).not.toContain(CANARY);
  });

  test("resolve IDM's HTML character references", async () => {
    const error = await refusedWith(json(412, { message: "The entry &#39;a&#61;b&#39; &quot;c&quot; &#x27;" }));
    expect(error.message).toContain(`The entry 'a=b' "c" '`);
  });
});

describe("secrets", () => {
  const oth = [{ r: `${CANARY}-r`, d: `${CANARY}-d2`, t: `${CANARY}-t` }];
  const jwk = { kty: "RSA", n: "modulus", e: "AQAB", d: `${CANARY}-d`, qi: `${CANARY}-qi`, oth };
  const body = {
    coreOAuth2ClientConfig: { userpassword: { inherited: false, value: `${CANARY}-password` } },
    signEncOAuth2ClientConfig: { jwkSet: JSON.stringify({ keys: [jwk] }) },
    valueBase64: Buffer.from(`${CANARY}-esv "quoted"`).toString("base64"),
  };
  beforeAll(() => {
    notePrivateKey(jwk);
    for (const secret of [`${CANARY}-password`, `${CANARY}-esv "quoted"`, `${CANARY}-token`]) noteSecret(secret);
  });
  const pem = `-----BEGIN PRIVATE KEY-----\n${CANARY}\n-----END PRIVATE KEY-----`;
  const echoes: [string, Behaviour][] = [
    [
      "the whole request as detail",
      (call) => json(400, { message: "The content is not valid JSON", detail: call.body }),
    ],
    ["the whole request as message", (call) => json(400, { message: call.body })],
    ["the request inside a JSON string", (call) => json(400, { message: JSON.stringify({ content: call.body }) })],
    ["the request percent-encoded", (call) => json(500, { message: encodeURIComponent(call.body) })],
    ["the request with HTML escapes", (call) => json(400, { message: call.body.replaceAll("-", "&#45;") })],
    ["the decoded value", () => json(400, { message: `value ${CANARY}-esv "quoted" is not allowed` })],
    ["the Authorization header", (call) => json(401, { message: call.headers.authorization })],
    ["a key that we did not send", () => json(400, { message: `bad key ${JSON.stringify({ d: CANARY })} ${pem}` })],
    ...PRIVATE_MEMBERS.map((member): [string, Behaviour] => [
      `the member ${member} of a key that we did not send, also in a string`,
      () => {
        const key = JSON.stringify({ keys: [{ [member]: member === "oth" ? oth : `${CANARY}-${member}` }] });
        return json(400, { message: `bad keys ${key} or ${JSON.stringify({ jwkSet: key })}` });
      },
    ]),
    [
      "a form that we did not send",
      () => json(400, { error: "invalid", error_description: `client_secret=${CANARY}&a=b` }),
    ],
    [
      "an unknown policy requirement",
      (call) =>
        json(403, {
          detail: {
            failedPolicyRequirements: [{ property: call.body, policyRequirements: [{ policyRequirement: call.body }] }],
          },
        }),
    ],
    [
      "an HTML page with everything",
      (call) => ({ status: 502, body: `<p>${call.body}${call.headers.authorization}</p>` }),
    ],
    ["text with everything", (call) => ({ status: 200, body: `${call.body}${call.headers.authorization}` })],
    [
      "a redirect with everything",
      (call) => ({ status: 307, headers: { location: `/x?${encodeURIComponent(call.body)}` } }),
    ],
    ["nothing, the connection is dropped", "drop"],
    ["nothing, the server hangs", "hang"],
  ];

  test.each(echoes)("do not come back when the server echoes %s", async (_what, reply) => {
    const error = await refusedWith(reply, body);
    const seen = [
      inspect(error, { depth: Number.POSITIVE_INFINITY, showHidden: true, getters: true }),
      JSON.stringify(error),
      String(error),
      error.stack,
      error.message,
    ].join("\n");
    expect(seen).not.toContain(CANARY);
    expect(seen).not.toContain(Buffer.from(CANARY).toString("base64").slice(0, 20));
    expect(error).not.toHaveProperty("cause");
    for (const member of ["config", "request", "response"]) expect(error).not.toHaveProperty(member);
  });

  test("a JWT is recognised by its form", async () => {
    const jwt = `eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.${CANARY}`;
    const error = await refusedWith(json(400, { message: `assertion ${jwt} is expired` }));
    expect(error.message).toContain("assertion [redacted] is expired");
  });

  test("names and labels of secrets stay readable", async () => {
    const sent = {
      secretId: "am.applications.oauth2.client.x.secret",
      secretLabelIdentifier: "x1",
      tokenEndpointAuthMethod: "client_secret_post",
    };
    const message = "no secret am.applications.oauth2.client.x.secret for x1 with client_secret_post";
    expect((await refusedWith(json(400, { message }), sent)).message).toContain(message);
  });
});
