/** Secrets as a request brings them: the credentials of HTTP Basic, and comparison that tells nothing by its time. */
import { timingSafeEqual } from "node:crypto";
import { sha256 } from "./json.ts";

/** Id and secret of a client. */
export type BasicCredentials = {
  readonly id: string;
  readonly secret: string;
  /** False when a part is not form-urlencoded (RFC 6749 §2.3.1), as `curl --user` sends it: that part is as it came. */
  readonly isEncoded: boolean;
};

/** The credentials of an `Authorization` header. @returns undefined for a header of another scheme, or none */
export function basicCredentials(header: string | undefined): BasicCredentials | undefined {
  const [, encoded] = header?.match(/^Basic\s+(\S+)$/i) ?? [];
  if (encoded === undefined) return undefined;
  const [rawId = "", ...rest] = Buffer.from(encoded, "base64").toString().split(":");
  const rawSecret = rest.join(":");
  const [id, secret] = [formDecoded(rawId), formDecoded(rawSecret)];
  return { id: id ?? rawId, secret: secret ?? rawSecret, isEncoded: id !== undefined && secret !== undefined };
}

/** True when a secret is the expected one, if there is one; takes the same time wherever the two differ. */
export function isSecret(given: string, expected: string | undefined): boolean {
  const digest = (text: string) => Buffer.from(sha256(text));
  return timingSafeEqual(digest(given), digest(expected ?? "")) && expected !== undefined;
}

function formDecoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return undefined;
  }
}
