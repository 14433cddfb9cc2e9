/** Questions to the person at the terminal; where there is none, nobody is asked. */

import { PingAgentsError } from "../errors.ts";

type Prompts = typeof import("@inquirer/prompts");

/** What a prompt is given beside its question. */
type Context = { readonly output: NodeJS.WritableStream; readonly signal: AbortSignal };

/**
 * Goes on only when a person types the tenant's address, or said `--yes` beforehand.
 *
 * @throws ERR_NOT_CONFIRMED, also where nobody can answer; ERR_INTERRUPTED on Ctrl-C
 */
export async function confirmTenant(origin: string, { yes }: { readonly yes: boolean }): Promise<void> {
  if (yes) return;
  const answer = await answered(({ input }, context) =>
    input({ message: "Type the tenant's address to go on:" }, context),
  );
  if (answer?.trim() === origin) return;
  throw new PingAgentsError("ERR_NOT_CONFIRMED", "not confirmed; nothing was changed", {
    hint: "answer with the address, or pass --yes where nobody can answer",
  });
}

/**
 * Asks for a secret, without an echo.
 *
 * @param signal ends the question, as Ctrl-C does
 * @returns nothing when nobody is there, or the input ends (Ctrl-D)
 * @throws ERR_INTERRUPTED
 */
export function askHidden(message: string, signal?: AbortSignal): Promise<string | undefined> {
  return answered(({ password }, context) => password({ message: `${message}:`, toggleMask: false }, context), signal);
}

/**
 * Asks for one of several.
 *
 * @param choices what can be chosen, with what people read; the first is preselected
 * @returns nothing when nobody is there, or the input ends (Ctrl-D)
 * @throws ERR_INTERRUPTED
 */
export function askChoice<T extends string>(
  message: string,
  choices: Readonly<Record<T, string>>,
): Promise<T | undefined> {
  const rows = Object.entries<string>(choices).map(([value, name]) => ({ value: value as T, name }));
  return answered(({ select }, context) => select({ message: `${message}:`, choices: rows }, context));
}

/** Whether a person is there to read and to answer; a stream that is no terminal does not have `isTTY` at all. */
export const isAtTerminal = (): boolean => process.stdin.isTTY === true && process.stderr.isTTY === true;

/** Questions go to stderr: stdout is for what the command prints. */
async function answered<T>(
  ask: (prompts: Prompts, context: Context) => Promise<T>,
  signal?: AbortSignal,
): Promise<T | undefined> {
  const { stdin, stderr } = process;
  if (!isAtTerminal()) return undefined;
  // By the first question: most commands ask none, and start sooner.
  const prompts = await import("@inquirer/prompts");
  // A prompt whose input ends is never settled; that the input pauses is all there is to see of it.
  const ended = new AbortController();
  const end = () => ended.abort();
  stdin.once("pause", end);
  try {
    return await ask(prompts, { output: stderr, signal: AbortSignal.any([ended.signal, ...(signal ? [signal] : [])]) });
  } catch (error) {
    const name = error instanceof Error ? error.name : "";
    if (name === "AbortPromptError" && !signal?.aborted) return undefined;
    if (!["AbortPromptError", "ExitPromptError"].includes(name)) throw error;
    throw new PingAgentsError("ERR_INTERRUPTED", "interrupted at the question; nothing was changed");
  } finally {
    stdin.off("pause", end);
  }
}
