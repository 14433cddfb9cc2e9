/** The pages on which a user signs on: forms without a script. What anybody wrote comes in as text, never as markup. */
import { STYLE } from "../../page-style.ts";
import type { Shown } from "../agreements.ts";

const OWN_STYLE = `
  .text { white-space: pre-wrap; overflow-wrap: anywhere; max-height: 24rem; overflow-y: auto; padding: .9rem;
          border: 1px solid var(--line); border-radius: 1rem; margin: 0 0 1rem; }
  h1 { overflow-wrap: anywhere; }
  @media (min-width: 30.01rem) { main { min-height: 0; border: 1px solid var(--line); border-radius: 1rem; } }
`;

/** The text as HTML shows it. */
const escaped = (text: string) => text.replaceAll(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);

type Page = {
  /** Allows the page's own style and no other (Content-Security-Policy). */
  readonly nonce: string;
  readonly title: string;
  readonly body: string;
};

const page = ({ nonce, title, body }: Page) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,">
<title>${escaped(title)}</title>
<style nonce="${nonce}">${STYLE}${OWN_STYLE}</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
${body}
</main>
</body>
</html>
`;

/**
 * User name and password.
 *
 * @param application which the user signs on to
 * @param isRefused whether the last try failed
 */
export function loginPage(nonce: string, application: string, isRefused: boolean): string {
  const body = `<form method="post">
<p class="quiet">to go on to ${escaped(application)}</p>
${isRefused ? '<p class="failed" role="alert">Wrong user name or password.</p>' : ""}
<label>User name<input name="username" autocomplete="username" required autofocus></label>
<label>Password<input name="password" type="password" autocomplete="current-password" required></label>
<button class="primary">Sign on</button>
</form>`;
  return page({ nonce, title: "Sign on", body });
}

/** Consent to an agreement. HTML of one is shown as it is written: the local tenant renders none. */
export function consentPage(nonce: string, application: string, { title, text, locale, labels }: Shown): string {
  const body = `<p class="quiet">${escaped(application)} asks for your consent.</p>
<div class="text" lang="${escaped(locale)}" tabindex="0" role="region" aria-label="Agreement">${escaped(text)}</div>
<form method="post" class="answers">
<button class="primary" name="decision" value="accept">${escaped(labels.continueButtonText ?? "Agree")}</button>
<button name="decision" value="decline">${escaped(labels.declineButtonText ?? "Decline")}</button>
</form>`;
  return page({ nonce, title, body });
}

/** What went wrong, where there is no application to go back to. @param code as OAuth 2.0 calls it */
export function errorPage(nonce: string, said: string, code?: string): string {
  const called = code === undefined ? "" : `<p class="quiet"><code>${escaped(code)}</code></p>`;
  return page({ nonce, title: "This cannot go on", body: `<p class="failed">${escaped(said)}</p>${called}` });
}
