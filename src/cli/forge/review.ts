/** `ping-agents forge review NAME`: what people said of the change, as options of `ping-agents preview`. */

import { z } from "zod";
import type { Repository } from "./github.ts";
import type { PullRequest } from "./pull-request.ts";

const review = z.object({
  user: z.object({ login: z.string() }).nullable(),
  state: z.string(),
  /** What was looked at. */
  commit_id: z.string().nullish(),
});
type Review = z.infer<typeof review>;

/** The reviews that are a verdict; others leave it as it is. */
const VERDICTS = ["APPROVED", "CHANGES_REQUESTED", "DISMISSED"];

/** The options, one a line. */
export async function reviewOptions(repository: Repository, of: PullRequest): Promise<string[]> {
  const reviews = await repository.all(`/pulls/${of.number}/reviews`, review);
  return [
    ...approvers(reviews, of.head).map((login) => `--approved-by=${login}`),
    ...acknowledged(of.body).map((what) => `--allow-delete=${what}`),
  ];
}

/** Whose last verdict is an approval of this very commit. */
function approvers(reviews: readonly Review[], head: string): string[] {
  const last = new Map<string, Review>();
  for (const one of reviews) if (one.user && VERDICTS.includes(one.state)) last.set(one.user.login, one);
  return [...last]
    .filter(([, { state, commit_id }]) => state === "APPROVED" && commit_id === head)
    .map(([login]) => login);
}

/** What lines such as `allow-delete: agent/bot` in the description say. */
function acknowledged(body: string): string[] {
  return [...body.matchAll(/^[ \t]*(?:[-*] )?allow-delete:[ \t]*`?([^\s`]+)`?[ \t]*$/gim)].map(([, what = ""]) => what);
}
