/** What goes over the wire while a verifier runs in this process. */

import { createRequire } from "node:module";

/** A call and its answer. */
export type Overheard = {
  readonly url: string;
  readonly sent: string;
  readonly authorization: string | undefined;
  readonly answer: string;
  readonly location: string | undefined;
  readonly cookies: readonly string[];
};

/**
 * Tells every call when it is answered.
 *
 * @returns ends it
 */
export function overhear(tell: (exchange: Overheard) => void): () => void {
  // The copy that the verifier has.
  const { default: axios } = createRequire(import.meta.url)("axios") as typeof import("axios");
  const { response } = axios.interceptors;
  const listener = response.use((answer) => {
    const { url = "", data = "", headers } = answer.config;
    tell({
      ...{ url, sent: String(data), answer: String(answer.data) },
      authorization: headers.get("authorization")?.toString(),
      location: answer.headers.location,
      cookies: answer.headers["set-cookie"] ?? [],
    });
    return answer;
  });
  return () => response.eject(listener);
}
