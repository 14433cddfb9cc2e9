/** `ping-agents forge review`: what people said of the change, as options of `ping-agents preview`. */

import { z } from "zod";
import { PingAgentsError } from "../../errors.ts";
import { ownComments } from "./comment.ts";
import type { Repository } from "./github.ts";
import { fingerprintsOf } from "./marker.ts";
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
 * The options, one a line. Of what is merged the fingerprints of the reports are among them: the plan is to be one that people saw.
 *
 * @param of undefined where the commit came by no pull request
 * @param expect the fingerprint, where somebody says it
 * @throws ERR_NOT_REVIEWED
 */
export async function reviewOptions(
  repository: Repository,
  of: PullRequest | undefined,
  expect?: string,
): Promise<string[]> {
  const said = expect === undefined ? [] : [expect];
  if (!of) return said.map(expecting);
  const reviews = await repository.all(`/pulls/${of.number}/reviews`, review);
  const expected = of.merged && said.length === 0 ? await fingerprints(repository, of) : said;
  return [
    ...approvers(reviews, of.head).map((login) => `--approved-by=${login}`),
    ...acknowledged(of.body).map((what) => `--allow-delete=${what}`),
    ...expected.map(expecting),
  ];
}

const expecting = (fingerprint: string) => `--expect=${fingerprint}`;

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

async function fingerprints(repository: Repository, of: PullRequest): Promise<string[]> {
  const reports = await ownComments(repository, of);
  const found = reports.flatMap(({ body }) => fingerprintsOf(body ?? ""));
  if (found.length > 0) return found;
  const what = `pull request ${of.number} has no report with a fingerprint`;
  throw new PingAgentsError("ERR_NOT_REVIEWED", what, {
    hint: "look at what is to be deployed, then run the deployment by hand with its fingerprint",
  });
}
