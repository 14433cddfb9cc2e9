/** The phone page: one document without outside resources. It writes text only, never markup, into itself. */
import { STYLE } from "../../page-style.ts";
import { REALMS } from "../realms.ts";

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
