/** `ping-agents forge issue TITLE FILE`: the one open issue of a title, opened, updated, or closed. */

import { z } from "zod";
import { post, type Repository } from "./github.ts";
import { markerOf, postOf } from "./marker.ts";

/** An issue or a pull request: a list has both. */
const issue = post.extend({ number: z.number(), pull_request: z.unknown().optional() });

/**
 * @param isResolved whether the report says that nothing is left to do: the issue is closed then, and none is opened
 * @returns what was done
 */
export async function writeIssue(
  repository: Repository,
  { title, file, isResolved }: { readonly title: string; readonly file: string; readonly isResolved: boolean },
): Promise<string> {
  const body = postOf(title, file);
  const all = await repository.all("/issues", issue, { state: "open", creator: repository.login });
  const old = all.find(
    (one) => one.pull_request === undefined && repository.isOwn(one) && one.body?.startsWith(markerOf(title)),
  );
  if (isResolved) {
    if (!old) return `no issue "${title}" is open`;
    await repository.call("PATCH", `/issues/${old.number}`, issue, {
      body,
      state: "closed",
      state_reason: "completed",
    });
    return `issue ${old.number} "${title}" is closed`;
  }
  if (!old) {
    const { number } = await repository.call("POST", "/issues", issue, { title, body });
    return `issue ${number} "${title}" is opened`;
  }
  if (old.body === body) return `issue ${old.number} "${title}" stays as it is`;
  await repository.call("PATCH", `/issues/${old.number}`, issue, { body });
  return `issue ${old.number} "${title}" is updated`;
}
