/** The phone page: one document without outside resources. It writes text only, never markup, into itself. */
import { REALMS } from "../realms.ts";

const STYLE = `
  :root { color-scheme: light dark; --back: #e8e8ef; --paper: #fff; --ink: #1c1c22; --quiet: #55555f; --line: #c9c9d4;
          --frame: #1c1c22; --button: #e8e8ef; --primary: #1f4bd8; --on-primary: #fff; --good: #14693a; --bad: #a8201a; }
  @media (prefers-color-scheme: dark) {
    :root { --back: #121216; --paper: #1d1d23; --ink: #ececf1; --quiet: #b4b4c0; --line: #44444f; --frame: #3a3a44;
            --button: #33333d; --primary: #9db4ff; --on-primary: #10142a; --good: #7fd6a2; --bad: #ff9c94; }
  }
  * { box-sizing: border-box; }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--back); color: var(--ink);
         font: 16px/1.4 system-ui, sans-serif; }
  main { width: min(24rem, 100%); min-height: 34rem; padding: 2rem 1.25rem; background: var(--paper);
         border: .6rem solid var(--frame); border-radius: 2.2rem; }
  @media (max-width: 30rem) {
    body { display: block; background: var(--paper); }
    main { width: 100%; min-height: 100vh; padding: 1rem; border: 0; border-radius: 0; }
  }
  h1 { font-size: 1.1rem; margin: 0 0 1rem; }
  h2 { font-size: 1rem; margin: 0; overflow-wrap: anywhere; }
  label, input, select { display: block; width: 100%; }
  input, select { margin: .2rem 0 .8rem; padding: .5rem; min-height: 44px; font: inherit; color: inherit;
                  background: var(--paper); border: 1px solid var(--quiet); border-radius: .4rem; }
  button { min-width: 44px; min-height: 44px; padding: .5rem 1rem; font: inherit; color: inherit; border: 0;
           border-radius: .6rem; background: var(--button); cursor: pointer; }
  button.primary { background: var(--primary); color: var(--on-primary); }
  button:disabled { opacity: .6; cursor: default; }
  :focus-visible { outline: 3px solid var(--primary); outline-offset: 2px; }
  article { margin: 0 0 1rem; padding: .9rem; border: 1px solid var(--line); border-radius: 1rem; }
  article p { margin: .3rem 0; overflow-wrap: anywhere; }
  .message { font-size: 1.15rem; }
  dl { display: grid; grid-template-columns: auto 1fr; gap: .1rem .8rem; margin: .6rem 0; font-size: .9rem; }
  dt { color: var(--quiet); }
  dd { margin: 0; overflow-wrap: anywhere; }
  code { font-size: .75rem; }
  .quiet { color: var(--quiet); font-size: .9rem; }
  .answers { display: flex; gap: .6rem; }
  .answers button { flex: 1; }
  .approved { color: var(--good); font-weight: 600; }
  .denied, .failed { color: var(--bad); font-weight: 600; }
  footer { display: flex; justify-content: space-between; align-items: center; margin-top: 1rem; }
  [hidden] { display: none; }
`;

const SCRIPT = `
  const part = (id) => document.getElementById(id);
  const call = (method, path, body) => fetch("/__sandbox/phone/" + path, {
    method, ...(body && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
  });
  const SAID = { approve: ["approved", "You approved this."], deny: ["denied", "You denied this."] };
  const GONE = ["failed", "This request does not wait any more."];
  const cards = new Map();

  function element(tag, text, properties) {
    return Object.assign(document.createElement(tag), { textContent: text, ...properties });
  }

  function time(seconds) {
    const at = new Date(seconds * 1000);
    return element("time", at.toLocaleTimeString(), { dateTime: at.toISOString() });
  }

  function facts(rows) {
    const list = element("dl", "");
    for (const [name, value] of rows) {
      const said = element("dd", "");
      said.append(value);
      list.append(element("dt", name), said);
    }
    return list;
  }

  function card({ id, client, displayName, bindingMessage, scopes, createdAt, expiresAt }) {
    const article = element("article", "", { id: "request-" + id });
    const answers = element("div", "", { className: "answers" });
    const answer = (label, path, className) => element("button", label, {
      type: "button", className,
      onclick: async () => {
        for (const button of answers.children) button.disabled = true;
        const { ok } = await call("POST", "requests/" + id + "/" + path);
        const [kind, text] = ok ? SAID[path] : GONE;
        const said = element("p", text, { className: kind, tabIndex: -1 });
        answers.replaceWith(said);
        said.focus();
        article.classList.add("answered");
        await refresh();
      },
    });
    answers.append(answer("Approve", "approve", "primary"), answer("Deny", "deny", ""));
    article.append(
      element("h2", displayName),
      element("p", "asks for your approval", { className: "quiet" }),
      element("p", bindingMessage ?? "(no message)", { className: "message" }),
      facts([["Would get", scopes.join(", ")], ["Client", client], ["Asked", time(createdAt)], ["Expires", time(expiresAt)],
             ["Request", element("code", id)]]),
      answers,
    );
    return article;
  }

  /* Cards of requests that wait come and go with them; one that was answered stays, with what was said, until the next sign-in. */
  async function refresh() {
    const { user, pending } = await (await call("GET", "requests")).json();
    const signedIn = user !== null;
    part("sign-in").hidden = signedIn;
    part("inbox").hidden = !signedIn;
    part("user").textContent = user ?? "";
    for (const [id, shown] of cards) {
      const goes = !signedIn || !(shown.classList.contains("answered") || pending.some((one) => one.id === id));
      if (goes) { shown.remove(); cards.delete(id); }
    }
    for (const one of pending) {
      if (cards.has(one.id)) continue;
      cards.set(one.id, card(one));
      part("requests").prepend(cards.get(one.id));
    }
    part("none").hidden = pending.length > 0;
    return signedIn;
  }

  async function watch() {
    const goOn = await refresh().catch(() => true);
    if (goOn) setTimeout(watch, 1000);
  }

  part("sign-in").addEventListener("submit", async (event) => {
    event.preventDefault();
    const { realm, username, password } = event.target.elements;
    const answer = await call("POST", "session", { realm: realm.value, username: username.value, password: password.value });
    const { signedIn } = await answer.json();
    password.value = "";
    part("status").textContent = signedIn ? "" : "Wrong name or password.";
    if (signedIn) watch();
  });
  part("sign-out").addEventListener("click", async () => {
    await call("DELETE", "session");
    part("status").textContent = "";
    await refresh();
  });
  watch();
`;

/** @param nonce allows the page's own style and script, and no other (Content-Security-Policy) */
export function page(nonce: string): string {
  const realms = REALMS.map((realm) => `<option>${realm}</option>`).join("");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,">
<title>Phone of the local tenant</title>
<style nonce="${nonce}">${STYLE}</style>
</head>
<body>
<main>
<h1>Approvals</h1>
<form id="sign-in" hidden>
<label>Realm<select name="realm">${realms}</select></label>
<label>User name<input name="username" autocomplete="username" required></label>
<label>Password<input name="password" type="password" autocomplete="current-password" required></label>
<button class="primary">Sign in</button>
</form>
<section id="inbox" hidden>
<p id="none">Nothing waits for you.</p>
<div id="requests" aria-live="polite"></div>
<footer><span class="quiet" id="user"></span><button type="button" id="sign-out">Sign out</button></footer>
</section>
<p id="status" role="status"></p>
</main>
<script nonce="${nonce}">${SCRIPT}</script>
</body>
</html>
`;
}
