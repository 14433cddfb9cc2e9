/** A tenant that cannot be reached is one error that says what to do. */
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { call } from "../../src/verify/http.ts";
import { CERTIFICATE, KEY } from "../admin-api/http/certificate.ts";

const server = createServer({ key: KEY, cert: CERTIFICATE }, (_request, response) => response.end("{}"));
const port = () => (server.address() as AddressInfo).port;
beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
afterAll(() => new Promise((resolve) => server.close(resolve)));

test("a certificate that nobody knows: the message names the setting", async () => {
  await expect(call(`https://localhost:${port()}/`)).rejects.toMatchObject({
    code: "ERR_VERIFY_UNREACHABLE",
    message: expect.stringMatching(
      /certificate is not trusted \(DEPTH_ZERO_SELF_SIGNED_CERT\): set NODE_EXTRA_CA_CERTS/,
    ),
  });
});

test("nobody listens", async () => {
  await expect(call("http://127.0.0.1:1/")).rejects.toMatchObject({
    code: "ERR_VERIFY_UNREACHABLE",
    message: expect.stringMatching(/no answer from http:\/\/127\.0\.0\.1:1\n {2}Next: check that it is up/),
  });
});
