/**
 * A key service for the secrets of tests' stacks, in the protocol of Vault. A passphrase does the same, but takes each run of the CLI half a
 * second of processor time, by design; the stacks that have one are in the tests of the README and of an earlier version's state.
 */

import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";

/** The provider of a stack's secrets, as the CLI takes it. */
export const secretsProvider = "hashivault://tests";

/** What stands in the settings of a stack whose secrets it keeps: 32 bytes for AES-256, in base64 twice, as Vault's key and the CLI's. */
export const keptSecrets = {
  secretsprovider: secretsProvider,
  encryptedkey: Buffer.from(Buffer.alloc(32, "key").toString("base64")).toString("base64"),
} as const;

/** Where it is, as the CLI takes it. There is one for all tests of a process, which ends with it. */
export async function keyService() {
  const { port } = (await service).address() as AddressInfo;
  return { VAULT_SERVER_URL: `http://127.0.0.1:${port}`, VAULT_SERVER_TOKEN: "of nobody" };
}

const service = listening();

/** It hides nothing: what is encrypted is what was given. The states of tests hold no secret of anybody. */
async function listening() {
  const server = createServer(async (request, response) => {
    const { plaintext, ciphertext } = (await json(request)) as Readonly<Record<string, string>>;
    response.end(JSON.stringify({ data: { plaintext: ciphertext, ciphertext: plaintext } }));
  });
  server.listen(0, "127.0.0.1").unref();
  await once(server, "listening");
  return server;
}
