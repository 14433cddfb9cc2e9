/** Puts many objects into a local tenant, as if they had always been there. */

import type { RunningSandbox } from "../../../src/sandbox/index.ts";

const BATCH = 500;

/** @param all objects by the paths of their reads */
export async function load(
  { url, controlToken }: Pick<RunningSandbox, "url" | "controlToken">,
  all: readonly { readonly path: string; readonly body: object }[],
): Promise<void> {
  for (let from = 0; from < all.length; from += BATCH) {
    const headers = { authorization: `Bearer ${controlToken}` };
    const body = JSON.stringify({ objects: all.slice(from, from + BATCH) });
    const { ok, status } = await fetch(`${url}/__sandbox/load`, { method: "POST", headers, body });
    if (!ok) throw new Error(`the local tenant loads nothing: ${status}`);
  }
}
