/** The user of a real tenant, who is asked by a line of text. */

/** On a real tenant the user decides on the phone; polling waits for it. */
import type { Approver } from "./credentials.ts";
export function phone(progress: (line: string) => void): Approver {
  return {
    async ready() {},
    async decide({ userName, message }, decision) {
      progress(`${userName}: please ${decision} "${message}" on your phone`);
    },
  };
}
