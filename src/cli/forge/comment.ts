/** `ping-agents forge comment NAME FILE`: the one comment of a name on the pull request, written or written anew, and its labels. */

import { z } from "zod";
import { AdminApiError } from "../../admin-api/http/errors.ts";
import { segment } from "../../admin-api/http/url.ts";
import { post, type Repository } from "./github.ts";
import { labelsOf, markerOf, postOf } from "./marker.ts";
import type { PullRequest } from "./pull-request.ts";

const comment = post.extend({ id: z.number() });
type Comment = z.infer<typeof comment>;

const labels = z.array(z.object({ name: z.string() }));

/** The comments on a pull request that this kit wrote, from all pages. */
export async function ownComments(repository: Repository, { number }: Pick<PullRequest, "number">): Promise<Comment[]> {
  const all = await repository.all(`/issues/${number}/comments`, comment);
  return all.filter((one) => repository.isOwn(one));
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
  const own = await ownComments(repository, on);
  const old = own.find((one) => one.body?.startsWith(markerOf(name)));
  if (old && old.body !== body) await repository.call("PATCH", `/issues/comments/${old.id}`, comment, { body });
  if (!old) await repository.call("POST", `/issues/${on.number}/comments`, comment, { body });
  const others = own.filter((one) => one !== old);
  await setLabels(repository, on, {
    wanted: labelsOf(body),
    former: labelsOf(old?.body ?? ""),
    others: others.flatMap((one) => labelsOf(one.body ?? "")),
  });
  const done = old ? (old.body === body ? "stays as it is" : "is updated") : "is written";
  return `the comment ${name} of pull request ${on.number} ${done}`;
}

/** Adds the labels of a report, and takes away those of the one before that no report has any more. */
async function setLabels(
  repository: Repository,
  { number }: Pick<PullRequest, "number">,
  said: Record<"wanted" | "former" | "others", readonly string[]>,
): Promise<void> {
  const { wanted, former, others } = said;
  if (wanted.length > 0) await repository.call("POST", `/issues/${number}/labels`, labels, { labels: wanted });
  for (const name of former.filter((one) => ![...wanted, ...others].includes(one))) {
    try {
      await repository.call("DELETE", `/issues/${number}/labels/${segment(name)}`, labels);
    } catch (error) {
      // Somebody was faster.
      if (!(error instanceof AdminApiError && error.code === "ERR_API_NOT_FOUND")) throw error;
    }
  }
}
