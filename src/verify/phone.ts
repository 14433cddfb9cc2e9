/** The user of a real tenant, who is asked by a line of text. */
import type { Approver } from "./credentials.ts";

/** On a real tenant the user decides on the phone; polling waits for it. */
export function phone(progress: (line: string) => void): Approver {
  return {
    decidesAtOnce: false,
    async ready() {},
    async decide({ userName, message }, decision) {
      progress(`${userName}: please ${decision} "${message}" on your phone`);
    },
  };
}
