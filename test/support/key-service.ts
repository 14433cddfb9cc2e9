/**
 * A key service for the secrets of tests' stacks, in the protocol of Vault. A passphrase does the same, but takes each run of the CLI 0.2 s of
 * processor time, by design; stacks that have one are in the tests of the pages and in those of an earlier version's state.
 */

import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** Of AES-256, in base64. It protects nothing: the states of tests hold no secret of anybody. */
const KEY = Buffer.from("a key for the states of the tests").subarray(0, 32).toString("base64");

/** What stands in the settings of a stack whose secrets it keeps. The encrypted key is not read here: there is one key. */
export const keptSecrets = {
  secretsprovider: "hashivault://tests",
  encryptedkey: Buffer.from("encrypted").toString("base64"),
} as const;

/** Starts one; whoever starts it stops it. */
export async function startKeyService() {
  const server = createServer((_request, response) => response.end(JSON.stringify({ data: { plaintext: KEY } })));
  server.listen(0, "127.0.0.1").unref();
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    variables: { VAULT_SERVER_URL: `http://127.0.0.1:${port}`, VAULT_SERVER_TOKEN: "of nobody" },
    stop: () => void server.close(),
  };
}
