/** The page's only style: light or dark as its reader has it, and of any width. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1c2128; --soft: #59636e; --line: #d1d9e0; --paper: #fff; --card: #f6f8fa;
  --good: #1a7f37; --bad: #cf222e; --wait: #9a6700; --bar: #0969da; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6edf3; --soft: #9198a1; --line: #3d444d; --paper: #0d1117; --card: #151b23;
    --good: #3fb950; --bad: #f85149; --wait: #d29922; --bar: #4493f8; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 1.5rem 1rem 3rem; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.4rem; margin: 0; }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
p { margin: .25rem 0; }
a { color: var(--bar); }
code { font: .9em ui-monospace, monospace; }
.soft, .none { color: var(--soft); }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: .75rem; margin: 1.25rem 0; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .75rem 1rem; }
.card b { display: block; font-size: 1.5rem; }
svg { display: block; width: 100%; height: auto; }
.bar { fill: var(--bar); }
.mark { stroke: var(--line); stroke-width: 1; }
.label { fill: var(--soft); font-size: 11px; text-anchor: end; }
ol { list-style: none; margin: 0; padding: 0 0 0 1rem; border-left: 2px solid var(--line); }
.push { margin: 0 0 1.25rem; position: relative; }
.push::before { content: ""; position: absolute; left: -1.4rem; top: .45rem; width: .7rem; height: .7rem;
  border-radius: 50%; background: var(--bar); }
.trigger { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .5rem .75rem;
  margin: .4rem 0; }
.state { font-weight: 600; }
.good { color: var(--good); } .bad { color: var(--bad); } .wait { color: var(--wait); }
table { border-collapse: collapse; margin-top: .25rem; font-size: .85em; display: block; overflow-x: auto; }
td { padding: .1rem .75rem .1rem 0; color: var(--soft); white-space: nowrap; }
`;
