/** `ping-agents forge comment NAME FILE`: the one comment of a name on the pull request, written or written anew. */

import { z } from "zod";
import { post, type Repository } from "./github.ts";
import { markerOf, postOf } from "./marker.ts";
import type { PullRequest } from "./pull-request.ts";

const comment = post.extend({ id: z.number() });

/** The comment of a name, on whichever page it is. */
async function ownComment(repository: Repository, { number }: Pick<PullRequest, "number">, name: string) {
  const all = await repository.all(`/issues/${number}/comments`, comment);
  return all.find((one) => repository.isOwn(one, markerOf(name)));
}

/**
 * Writes it, unless it says the same already.
 *
 * @returns what was done
 */
export async function writeComment(
  repository: Repository,
  on: Pick<PullRequest, "number">,
  { name, file }: { readonly name: string; readonly file: string },
): Promise<string> {
  const body = postOf(name, file);
  const old = await ownComment(repository, on, name);
  const where = `the comment ${name} of pull request ${on.number}`;
  if (old?.body === body) return `${where} stays as it is`;
  if (old) await repository.call("PATCH", `/issues/comments/${old.id}`, comment, { body });
  else await repository.call("POST", `/issues/${on.number}/comments`, comment, { body });
  return `${where} is ${old ? "updated" : "written"}`;
}
