/** `ping-agents forge review NAME`: what people said of the change, as options of `ping-agents preview`. */

import { z } from "zod";
import { PingAgentsError } from "../../errors.ts";
import { named, ownComments } from "./comment.ts";
import type { Repository } from "./github.ts";
import { fingerprintOf } from "./marker.ts";
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

/**
 * The options, one a line. Of what is merged the fingerprint is one of them: the plan is to be the one that people saw.
 *
 * @param of undefined where the commit came by no pull request
 * @param name of the comment that they saw
 * @param expect the fingerprint, where somebody says it
 * @throws ERR_NOT_REVIEWED
 */
export async function reviewOptions(
  repository: Repository,
  of: PullRequest | undefined,
  { name, expect }: { readonly name: string; readonly expect?: string | undefined },
): Promise<string[]> {
  if (!of) return expect === undefined ? [] : [`--expect=${expect}`];
  const reviews = await repository.all(`/pulls/${of.number}/reviews`, review);
  const expected = expect ?? (of.merged ? await fingerprint(repository, of, name) : undefined);
  return [
    ...approvers(reviews, of.head).map((login) => `--approved-by=${login}`),
    ...acknowledged(of.body).map((what) => `--allow-delete=${what}`),
    ...(expected === undefined ? [] : [`--expect=${expected}`]),
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

async function fingerprint(repository: Repository, of: PullRequest, name: string): Promise<string> {
  const found = fingerprintOf(named(await ownComments(repository, of), name)?.body ?? "");
  if (found) return found;
  throw new PingAgentsError("ERR_NOT_REVIEWED", `pull request ${of.number} has no comment ${name} with a fingerprint`, {
    hint: "look at what is to be deployed, then run the deployment by hand with its fingerprint",
  });
}
