/** How the pages of the local tenant look. */

export const STYLE = `
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
