/** Which addresses lead to this machine. */

/** Names of the loopback interface: an address with another one leads to somewhere else. */
const NAMES = ["127.0.0.1", "localhost", "[::1]"];

/** Whether an address leads to this machine, whatever a resolver says. */
export function isLoopback({ hostname }: URL): boolean {
  return NAMES.includes(hostname);
}
