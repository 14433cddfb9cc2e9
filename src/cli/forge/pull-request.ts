/** The pull request that a job is about: of its event, or the one that brought the commit. */

import { readFileSync } from "node:fs";
import { z } from "zod";
import { PingAgentsError } from "../../errors.ts";
import { type Repository, setting } from "./github.ts";

/** A pull request as of an event. */
export type PullRequest = {
  readonly number: number;
  /** The commit that the job looks at, or that was merged. */
  readonly head: string;
  /** The description, as it is now. */
  readonly body: string;
  readonly merged: boolean;
};

const answer = z.object({
  number: z.number(),
  head: z.object({ sha: z.string() }),
  body: z.string().nullish(),
});
const listed = answer.extend({ merged_at: z.string().nullish(), merge_commit_sha: z.string().nullish() });
const event = z.object({ pull_request: answer.optional() });

/**
 * Asks for it: of an event only number and head count, which belong to what was checked out.
 *
 * @returns undefined for a commit that came without one
 * @throws AdminApiError, SettingError
 */
export async function findPullRequest(
  repository: Repository,
  env: NodeJS.ProcessEnv,
): Promise<PullRequest | undefined> {
  const { pull_request: own } = event.parse(JSON.parse(readFileSync(setting(env, "GITHUB_EVENT_PATH"), "utf8")));
  if (own) {
    const { body } = await repository.call("GET", `/pulls/${own.number}`, answer);
    return { number: own.number, head: own.head.sha, body: body ?? "", merged: false };
  }
  const commit = setting(env, "GITHUB_SHA");
  const found = await repository.all(`/commits/${commit}/pulls`, listed);
  const merged = found.find((one) => one.merged_at && one.merge_commit_sha === commit);
  return merged && { number: merged.number, head: merged.head.sha, body: merged.body ?? "", merged: true };
}

/** The same, where there must be one. @throws ERR_PULL_REQUEST, too */
export async function pullRequest(repository: Repository, env: NodeJS.ProcessEnv): Promise<PullRequest> {
  const found = await findPullRequest(repository, env);
  if (found) return found;
  const what = `no merged pull request ends with the commit ${setting(env, "GITHUB_SHA")}`;
  throw new PingAgentsError("ERR_PULL_REQUEST", what, {
    hint: "merge a pull request, or run the deployment by hand with the fingerprint of what was reviewed",
  });
}
