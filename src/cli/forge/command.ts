/** `ping-agents forge …`: what a workflow asks of GitHub and tells it; nothing of it is in the workflow's own script. */

import { Command } from "commander";
import { writeComment } from "./comment.ts";
import { connectGithub } from "./github.ts";
import { writeIssue } from "./issue.ts";
import { postName } from "./marker.ts";
import { findPullRequest, pullRequest } from "./pull-request.ts";
import { reviewOptions } from "./review.ts";

type Options = { readonly login?: string };

const LOGIN = ["--login <login>", "under which the token writes; default: that of a job's own token"] as const;

/** @returns the command; it needs what a job of GitHub Actions has in its environment, and `GITHUB_TOKEN` */
export function forgeCommand(): Command {
  const { env } = process;
  return new Command("forge")
    .description("what a workflow of GitHub asks and tells: comments, issues, reviews")
    .addCommand(
      new Command("comment")
        .description("write a report as a comment on the pull request, in place of the former one")
        .argument("<name>", "of the comment: a pull request has one of a name")
        .argument("<file>", "the report, in Markdown")
        .option(...LOGIN)
        .action(async (name: string, file: string, { login }: Options) => {
          const repository = connectGithub(env, login);
          const on = await pullRequest(repository, env);
          console.log(await writeComment(repository, on, { name: postName(name), file }));
        }),
    )
    .addCommand(
      new Command("issue")
        .description("keep one issue about something that is not in order: open it, update it, close it")
        .argument("<title>", "of the issue: one of a title is open at most")
        .argument("<file>", "the report, in Markdown")
        .requiredOption("--result <code>", "exit code of the command that made the report; 0 closes the issue")
        .option(...LOGIN)
        .action(async (title: string, file: string, { login, result }: Options & { readonly result: string }) => {
          const repository = connectGithub(env, login);
          const said = { title: postName(title), file, isResolved: result === "0" };
          console.log(await writeIssue(repository, said));
        }),
    )
    .addCommand(
      new Command("review")
        .description("what the pull request says of the change, as options of ping-agents preview, one a line")
        .option(
          "--expect <fingerprint>",
          "where it is merged, in place of those of its reports; also where the commit came by no pull request",
        )
        .option(...LOGIN)
        .action(async ({ login, expect }: Options & { readonly expect?: string }) => {
          const repository = connectGithub(env, login);
          const find = expect === undefined ? pullRequest : findPullRequest;
          for (const option of await reviewOptions(repository, await find(repository, env), expect))
            console.log(option);
        }),
    );
}
