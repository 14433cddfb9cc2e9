/** The script of the page: filter, selection and lines. It makes no markup of text; it shows and hides what is there. */

export const SCRIPT = `
"use strict";
(() => {
  const MOST_NODES = 24, MOST_EDGES = 200, MOST_ROWS = 100, SVG = "http://www.w3.org/2000/svg";
  const wide = matchMedia("(min-width: 60rem)");
  const count = (number) => number.toLocaleString("en-US");

  for (const section of document.querySelectorAll(".report")) {
    const find = (selector) => section.querySelector(selector);
    const all = (selector) => [...section.querySelectorAll(selector)];
    const svg = find("svg"), search = find("input[type=search]"), status = find(".status"), hint = find(".hint");
    const columns = all(".column").map((element) => ({ element, rest: element.querySelector(".rest"), open: false,
      nodes: [...element.querySelectorAll(".node")] }));
    const nodes = new Map(columns.flatMap((column) => column.nodes.map((node) => [node.id, node])));
    const rows = all("tr[data-nodes]").map((element) => ({ element, mark: element.dataset.mark,
      nodes: element.dataset.nodes.split(" "), via: element.dataset.via?.split(" ") ?? [], text: element.textContent.toLowerCase() }));
    const views = { both: () => true, changes: (mark) => mark !== "kept", before: (mark) => mark === "kept" || mark === "lost",
      after: (mark) => mark !== "lost" };
    const every = find(".every");
    let selected, isFiltered = false, isLong = false, shown = [];

    function update() {
      const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
      const inView = views[find("input[type=radio]:checked")?.value ?? "both"];
      shown = rows.filter(({ element, mark, nodes, via, text }) => {
        const is = inView(mark) && words.every((word) => text.includes(word))
          && (!selected || nodes.includes(selected) || via.includes(selected));
        element.hidden = true;
        return is;
      });
      shown.slice(0, isLong ? Infinity : MOST_ROWS).forEach(({ element }) => { element.hidden = false; });
      every.hidden = isLong || shown.length <= MOST_ROWS;
      every.textContent = "Show all " + count(shown.length) + " lines";
      isFiltered = Boolean(selected) || words.length > 0;
      for (const body of all(".rows tbody")) body.hidden = !body.querySelector("tr[data-nodes]:not([hidden])");
      const reached = new Set(shown.flatMap((row) => [...row.nodes, ...row.via]));
      const everything = !isFiltered && inView === views.both;
      for (const column of columns) {
        const here = column.nodes.filter((node) => everything || reached.has(node.id));
        const most = column.open ? Infinity : MOST_NODES;
        for (const node of column.nodes) node.parentElement.hidden = true;
        here.forEach((node, at) => { node.parentElement.hidden = at >= most && node.id !== selected; });
        column.rest.hidden = here.length <= MOST_NODES;
        column.rest.textContent = column.open ? "Show fewer" : "Show " + count(here.length - MOST_NODES) + " more";
        column.element.querySelector(".count").textContent = here.length === column.nodes.length ? count(here.length)
          : count(here.length) + " of " + count(column.nodes.length);
      }
      for (const node of nodes.values()) node.setAttribute("aria-pressed", String(node.id === selected));
      status.textContent = count(shown.length) + " of " + count(rows.length) + (rows.length === 1 ? " line" : " lines");
      draw();
    }

    /** What is connected, each pair once; \`folded\` counts those of which one end is not shown. */
    function connections() {
      const edges = new Map(), folded = new Set();
      for (const { mark, via, nodes: [people, agent, target, ...scopes] } of shown) {
        const chain = [people, ...via, agent, target];
        const steps = chain.slice(1).map((to, at) => [chain[at], to]).filter(([from, to]) => from !== to);
        for (const [from, to] of [...steps, ...scopes.map((scope) => [target, scope])]) {
          const key = from + " " + to, before = edges.get(key);
          if (nodes.get(from).parentElement.hidden || nodes.get(to).parentElement.hidden) folded.add(key);
          else edges.set(key, { from, to, mark: before && before.mark !== mark ? "kept" : mark });
        }
      }
      return { edges: [...edges.values()], folded: folded.size };
    }

    /** A part of the connections would mislead, unless somebody asked for a part. */
    function draw() {
      svg.replaceChildren();
      const { edges, folded } = connections();
      const isKnot = edges.length > MOST_EDGES || (folded > 0 && !isFiltered);
      hint.hidden = !wide.matches || (!isKnot && folded === 0);
      hint.textContent = isKnot ? "Select something, or filter, to see how it is connected."
        : count(folded) + (folded === 1 ? " connection leads" : " connections lead") + " to what is folded.";
      if (!wide.matches || isKnot) return;
      const origin = svg.getBoundingClientRect();
      svg.setAttribute("viewBox", "0 0 " + origin.width + " " + origin.height);
      for (const { from, to, mark } of edges) {
        const a = nodes.get(from).getBoundingClientRect(), b = nodes.get(to).getBoundingClientRect();
        const x = a.right - origin.left, y = a.top + a.height / 2 - origin.top;
        const u = b.left - origin.left, v = b.top + b.height / 2 - origin.top, middle = (x + u) / 2;
        const path = document.createElementNS(SVG, "path");
        path.setAttribute("d", a.left === b.left ? bow(x, y, v)
          : "M" + x + " " + y + "C" + middle + " " + y + " " + middle + " " + v + " " + u + " " + v);
        path.setAttribute("class", mark);
        svg.append(path);
      }
    }

    /** From one agent to another in their column, with an arrow: down on the inside, up on the outside. */
    function bow(x, y, v) {
      const from = y + (v > y ? 5 : -5), to = v + (v > y ? -5 : 5), far = x + (v > y ? 26 : 44);
      return "M" + x + " " + from + "C" + far + " " + from + " " + far + " " + to + " " + (x + 2) + " " + to
        + "M" + (x + 8) + " " + (to - 4) + "L" + (x + 2) + " " + to + "L" + (x + 8) + " " + (to + 4);
    }

    function select(id) { selected = selected === id ? undefined : id; update(); }
    function clear() {
      selected = undefined;
      search.value = "";
      const first = find("input[type=radio]");
      if (first) first.checked = true;
      update();
    }

    function move(event) {
      const at = columns.findIndex((column) => column.nodes.includes(event.target));
      if (at < 0) return;
      const visible = (column) => column ? column.nodes.filter((node) => !node.parentElement.hidden) : [];
      const here = visible(columns[at]), index = here.indexOf(event.target);
      const there = { ArrowUp: here[index - 1], ArrowDown: here[index + 1], ArrowLeft: visible(columns[at - 1])[0],
        ArrowRight: visible(columns[at + 1])[0], Home: here[0], End: here.at(-1) }[event.key];
      if (!there) return;
      event.preventDefault();
      there.focus();
    }

    for (const node of nodes.values()) node.addEventListener("click", () => select(node.id));
    for (const column of columns) column.rest.addEventListener("click", () => { column.open = !column.open; update(); });
    every.addEventListener("click", () => { isLong = true; update(); });
    find(".graph").addEventListener("keydown", move);
    section.addEventListener("keydown", (event) => event.key === "Escape" && clear());
    search.addEventListener("input", update);
    find(".controls").addEventListener("change", update);
    find(".clear").addEventListener("click", clear);
    find(".controls").hidden = false;
    new ResizeObserver(draw).observe(find(".graph"));
    update();
  }

  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.target.matches("input")) return;
    event.preventDefault();
    document.querySelector("input[type=search]").focus();
  });
})();
`;
