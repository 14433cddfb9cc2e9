/** What becomes of a server's text that repeats a secret: canaries with every awkward character, in every spelling and place. */
import { describe, expect, test } from "vitest";
import { aicDialect } from "../../../src/admin-api/aic/dialect.ts";
import { serviceAccountToken } from "../../../src/admin-api/aic/service-account.ts";
import { notePrivateKey, noteSecret, redact } from "../../../src/admin-api/http/redaction.ts";
import { keepToken, token } from "../../../src/admin-api/http/token-source.ts";
import { type ApiRequest, Transport } from "../../../src/admin-api/http/transport.ts";
import { workerToken } from "../../../src/admin-api/pingone/worker-token.ts";
import { failureOf } from "../failure.ts";
import { serve } from "../server.ts";

const CANARIES = {
  plain: "canary-5up3r-s3cret",
  quoted: 'canary "with" quotes',
  "with a backslash": String.raw`canary\back\slash\n\ `,
  "with a backslash at the end": "canary-trailing\\",
  "of several lines": "-- canary\nof\tlines --\r\n",
  "like an escape": "canary%41%2520+u0041&amp;",
  "of an URL": "canary/+?&=#~!'()*",
  "beyond ASCII": "canäry-ß-日本語-😀",
  long: `canary-${"0123456789abcdef".repeat(300)}`,
};

const percent = (text: string, encoder: (character: string) => string) => [...text].map(encoder).join("");
const bytes = (text: string) => [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
const base64 = (text: string) => Buffer.from(text).toString("base64");
const json = (text: string) => JSON.stringify(text);

const SPELLINGS: Record<string, (secret: string) => string> = {
  "as it is": (secret) => secret,
  "in JSON": json,
  "in JSON in JSON": (secret) => json(json(secret)),
  "in JSON of ASCII": (secret) =>
    json(secret).replaceAll(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`),
  "in JSON with escaped slashes": (secret) => json(secret).replaceAll("/", "\\/"),
  "percent-encoded": encodeURIComponent,
  "percent-encoded in lower case": (secret) => percent(secret, (one) => (/\w/.test(one) ? one : bytes(one))),
  "percent-encoded, each character": bytes,
  "percent-encoded twice": (secret) => encodeURIComponent(encodeURIComponent(secret)),
  "percent-encoded JSON": (secret) => encodeURIComponent(json(secret)),
  "in a form": (secret) => new URLSearchParams({ password: secret }).toString(),
  "in HTML": (secret) => secret.replaceAll(/[^\w]/gu, (one) => `&#${one.codePointAt(0)};`),
  "in base64": base64,
  "in base64 for URLs": (secret) => Buffer.from(secret).toString("base64url"),
  "in base64, in a form": (secret) => encodeURIComponent(base64(secret)),
  "in credentials": (secret) => base64(`client:${secret}`),
  "in the base64 of longer text": (secret) => base64(`[{"op":"replace","value":${json(secret)}}]`),
  "in base64 behind letters": (secret) => `x${base64(`{"a":${json(secret)}}`)}`,
  "in a JSON Patch": (secret) => JSON.stringify([{ op: "replace", path: "/x", value: secret }]),
};

/** Longest run of a secret that is still in the text; what four characters of base64 give away is no secret. */
function remains(secret: string, text: string): string[] {
  const pieces = [secret, base64(secret), encodeURIComponent(secret)].flatMap((spelled) =>
    [...spelled.matchAll(/[A-Za-z0-9]{6,}/g)].map(([piece]) => piece),
  );
  return pieces.filter((piece) => text.includes(piece));
}

describe.each(Object.entries(CANARIES))("a secret that is noted, %s", (_what, secret) => {
  noteSecret(secret);

  test.each(Object.entries(SPELLINGS))("is not in what a server says %s", (_how, spelled) => {
    const text = redact(`before ${spelled(secret)} after`);
    expect(text).toMatch(/before .*\[redacted\].* after/s);
    expect(remains(secret, text)).toEqual([]);
  });
});

test("what is not secret stays as it is, escapes and all", () => {
  const text = String.raw`no "\u0041" or %41 of C:\new\table, 100% of a+b; é 日本 😀`;
  expect(redact(text)).toBe(text);
});

test("secrets that begin alike, that overlap and that hold one another are found among a thousand others", () => {
  for (let number = 0; number < 1_000; number += 1) noteSecret(`overlap-${number}-other`);
  for (const secret of ["overlapping", "overlapping-longer", "longer-tail", "over"]) noteSecret(secret);
  expect(redact("a overlapping b overlapping-longer-tail c overlap-999-other d over e ove")).toBe(
    "a [redacted] b [redacted] c [redacted] d [redacted] e ove",
  );
});

test("public members of a key stay readable, private ones do not", () => {
  const key = { kty: "RSA", n: "public-modulus", e: "AQAB", d: "canary-exponent", oth: [{ r: "canary-prime" }] };
  notePrivateKey(key);
  expect(redact("public-modulus canary-exponent canary-prime")).toBe("public-modulus [redacted] [redacted]");
});

test("a key that is noted as text is hidden as a whole and by its members", () => {
  const text = JSON.stringify({ kty: "EC", x: "public-x", d: "canary-of-an-ec-key" });
  noteSecret(text);
  expect(redact(`${text} public-x canary-of-an-ec-key`)).toBe("[redacted] public-x [redacted]");
});

describe("who notes", () => {
  /** What an error says of an answer that repeats `echoed`. */
  async function said(
    echoed: string,
    request: Partial<ApiRequest> = {},
    bearer = keepToken(async () => token("x", 0, 60)),
  ) {
    const server = await serve({ status: 400, body: { code: 400, message: `seen: ${echoed}` } });
    const transport = new Transport({ baseUrl: server.url, dialect: aicDialect, bearer, retries: 0 });
    return (await failureOf(transport.request({ method: "GET", path: "/x", ...request }))).message;
  }

  test("a token is known from its answer on", async () => {
    const value = "canary.opaque.token";
    const bearer = keepToken(async () => token(value, Date.now(), 600));
    expect(await said(encodeURIComponent(base64(value)), {}, bearer)).toContain("seen: [redacted]");
  });

  test("the worker's secret and its credentials", async () => {
    const settings = { environmentId: "e", clientId: "worker", clientSecret: "canary of/an un-trusted app" };
    const form = new URLSearchParams({ s: settings.clientSecret }).toString().slice(2);
    const echo = `${settings.clientSecret} ${form} ${base64(`worker:${form}`)} ${base64(`worker:${settings.clientSecret}`)}`;
    const server = await serve({ status: 401, body: { error: "invalid_client", error_description: echo } });
    const source = workerToken({ ...settings, apiUrl: server.url, authUrl: server.url });
    const { message } = await failureOf(source.get());
    expect(message).toContain("invalid_client");
    expect(remains(settings.clientSecret, message)).toEqual([]);
  });

  test("the service account's key", async () => {
    const { generateKeyPairSync } = await import("node:crypto");
    const key = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ format: "jwk" });
    const server = await serve({
      status: 400,
      body: { error: "invalid_request", error_description: `${key.d} ${base64(`x${key.p}`)} ${key.n?.slice(0, 30)}` },
    });
    const { message } = await failureOf(serviceAccountToken({ tenantUrl: server.url, id: "sa", key }).get());
    expect(remains(String(key.d), message)).toEqual([]);
    expect(remains(String(key.p), message)).toEqual([]);
    expect(message).toContain(key.n?.slice(0, 30));
  });
});
