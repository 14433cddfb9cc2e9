// Gives the stacks of the local tenant their passphrase, unless the user chose one, and no other tenant's stack.
import { readFileSync } from "node:fs";
import { request } from "node:http";
import { localPassphrase } from "../src/engine/local-passphrase.mjs";
import { Failure } from "./bootstrap/failure.mjs";

/** Milliseconds that a local tenant gets to say that it is one. */
const patience = 2000;

/**
 * `env` with the repository's passphrase where none is set and every tenant that `env` names says that it is a local one.
 * An address on this machine alone proves nothing: a tunnel to a real tenant has one, too.
 *
 * @param {Record<string, string>} env
 * @returns {Promise<Record<string, string>>}
 * @throws {Failure} when `env` brings that very passphrase for a real tenant
 */
export async function withPassphrase(env) {
  const own = passphraseOf(env);
  if (own !== undefined && own !== localPassphrase) return env;
  const tenants = tenantsOf(env);
  if (tenants.length === 0) return env;
  const real = (await Promise.all(tenants.map(async (url) => ((await isSandbox(url)) ? [] : [url])))).flat();
  if (real.length === 0) return { ...env, PULUMI_CONFIG_PASSPHRASE: localPassphrase };
  const names = real.map(originOf).join(" and ");
  if (own !== undefined) {
    throw new Failure(
      `The passphrase that is set stands in this repository and protects nothing, and no local tenant answers at ${names}.\n` +
        "Set PULUMI_CONFIG_PASSPHRASE to one of your own. A stack that has this one gets another with\n" +
        "  npx pulumi stack change-secrets-provider passphrase --stack <stack>\n" +
        "in a shell that names no tenant; then replace its secrets, which anybody could read.",
    );
  }
  if (real.every(isOnThisMachine)) {
    console.error(
      `No local tenant answers at ${names}: start it with npx ping-agents sandbox, or set PULUMI_CONFIG_PASSPHRASE.`,
    );
  }
  return env;
}

/** @param {Record<string, string>} env */
function passphraseOf({ PULUMI_CONFIG_PASSPHRASE, PULUMI_CONFIG_PASSPHRASE_FILE }) {
  if (PULUMI_CONFIG_PASSPHRASE !== undefined || PULUMI_CONFIG_PASSPHRASE_FILE === undefined)
    return PULUMI_CONFIG_PASSPHRASE;
  try {
    return readFileSync(PULUMI_CONFIG_PASSPHRASE_FILE, "utf8").trim();
  } catch {
    return ""; // The CLI says it better.
  }
}

/**
 * The tenants that the environment names, each once. Without a URL of its own, a PingOne environment is in Ping's cloud.
 *
 * @param {Record<string, string>} env
 */
function tenantsOf({ AIC_TENANT_URL, PINGONE_API_URL, PINGONE_ENVIRONMENT_ID }) {
  const urls = [AIC_TENANT_URL, PINGONE_API_URL || (PINGONE_ENVIRONMENT_ID && "https://api.pingone.com")];
  return [...new Map(urls.flatMap((url) => (url ? [[originOf(url), url]] : []))).values()];
}

/**
 * Without a password that stands in the address.
 *
 * @param {string} url
 */
function originOf(url) {
  return URL.canParse(url) ? new URL(url).origin : "an address that is no URL";
}

/** @param {string} url */
function isOnThisMachine(url) {
  if (!URL.canParse(url)) return false;
  const { hostname } = new URL(url);
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d+){3}$/.test(hostname);
}

/**
 * Whether the local tenant of this project answers there; it speaks plain HTTP and says what it is.
 *
 * @param {string} url
 * @returns {Promise<boolean>}
 */
function isSandbox(url) {
  if (!isOnThisMachine(url) || new URL(url).protocol !== "http:") return Promise.resolve(false);
  return new Promise((resolve) => {
    const asked = request(new URL("/__sandbox/", url), { timeout: patience, agent: false }, (answer) => {
      answer.resume();
      resolve(answer.headers["x-ping-agents-sandbox"] === "1");
    });
    asked.on("timeout", () => asked.destroy(new Error("no answer")));
    asked.on("error", () => resolve(false));
    asked.end();
  });
}
