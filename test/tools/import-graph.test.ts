/** The graph of imports inside `src`: no circle, two wings that do not know each other, and two rooms that stand alone. */

import { posix } from "node:path";
import { describe, expect, test } from "vitest";
import { sources } from "../support/sources.ts";

/** Every file with the files of `src` that it imports, types included. */
const graph = new Map(
  sources(["src"], [".ts"]).map(({ file, text }) => [
    file,
    [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*"(\.[^"]+\.ts)"/g)].map(([, specifier = ""]) =>
      posix.join(posix.dirname(file), specifier),
    ),
  ]),
);
const arrows = [...graph].flatMap(([from, targets]) => targets.map((to) => ({ from, to })));

/** The room of a file: the folder or file below `src`. */
const roomOf = (file: string) => file.split("/")[1] ?? "";

/** A way from a node to itself, or none. */
function circleIn(edges: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>();
  const visit = (node: string, way: readonly string[]): string[] => {
    if (way.includes(node)) return [...way.slice(way.indexOf(node)), node];
    if (done.has(node)) return [];
    for (const next of edges.get(node) ?? []) {
      const circle = visit(next, [...way, node]);
      if (circle.length) return circle;
    }
    done.add(node);
    return [];
  };
  for (const node of edges.keys()) {
    const circle = visit(node, []);
    if (circle.length) return circle;
  }
  return [];
}

test("a circle would be seen", () => {
  const edges = { a: ["b"], b: ["c"], c: ["b"] };
  expect(circleIn(new Map(Object.entries(edges)))).toEqual(["b", "c", "b"]);
});

test("every import leads to a file", () => {
  expect(arrows.length).toBeGreaterThan(900);
  expect(arrows.filter(({ to }) => !graph.has(to))).toEqual([]);
});

describe("no circle", () => {
  test("of files", () => expect(circleIn(graph)).toEqual([]));

  test("of rooms", () => {
    const rooms = Map.groupBy(
      arrows.filter(({ from, to }) => roomOf(from) !== roomOf(to)),
      ({ from }) => roomOf(from),
    );
    expect(circleIn(new Map([...rooms].map(([room, list]) => [room, list.map(({ to }) => roomOf(to))])))).toEqual([]);
  });
});

test.each([
  ["sandbox", "its errors and the language of claims", /^src\/(?:error(?:s|-codes)|fields\/pingone-expressions)\.ts$/],
  ["verify", "its errors and the way that calls are sent", /^src\/(?:error(?:s|-codes)|network)\.ts$/],
])("%s takes nothing of the kit but %s", (room, _what, shared) => {
  const foreign = arrows.filter(({ from, to }) => roomOf(from) === room && roomOf(to) !== room);
  expect(foreign.filter(({ to }) => !shared.test(to))).toEqual([]);
});

describe("wings", () => {
  /** Where the clouds meet: a row for each. */
  const TABLES = [
    ...["src/index.ts", "src/platforms.ts", "src/tenants.ts", "src/live-access.ts", "src/live-drift.ts"],
    ...["src/providers/entry.ts", "src/adoption/clouds.ts"],
    ...["src/cli/doctor/wings.ts", "src/cli/stop/command.ts", "src/cli/verify/command.ts", "src/sandbox/clouds.ts"],
  ];
  /** The cloud that a file is for; none for what both use. */
  const wingOf = (file: string) => file.match(/\/(aic|pingone)(?:\/|[.-])/)?.[1];

  test("a wing never imports the other", () => {
    const crossing = arrows.filter(({ from, to }) => wingOf(from) && wingOf(to) && wingOf(from) !== wingOf(to));
    expect(crossing).toEqual([]);
  });

  test("what both use knows neither, but for the tables and commands of one cloud", () => {
    const shared = arrows.filter(({ from, to }) => !wingOf(from) && wingOf(to));
    const commands = /^src\/cli\/[^/]+\.ts$/;
    expect(shared.filter(({ from }) => !TABLES.includes(from) && !commands.test(from))).toEqual([]);
    expect(TABLES.filter((table) => !shared.some(({ from }) => from === table))).toEqual([]);
  });
});

test("only components and the program know Pulumi, and fields nothing but zod", () => {
  const packages = sources(["src"], [".ts"]).flatMap(({ file, text }) =>
    [...text.matchAll(/^(?:import|export)\b(?:[^"=]*\bfrom)? "([^."][^"]*)";$/gm)].map(([, name = ""]) => ({
      file,
      name,
    })),
  );
  const pulumi = packages.filter(({ name }) => name.startsWith("@pulumi/")).map(({ file }) => roomOf(file));
  expect([...new Set(pulumi)].sort()).toEqual(["components", "program.ts"]);
  const fields = [...packages.map(({ file, name }) => ({ from: file, to: name })), ...arrows].filter(
    ({ from, to }) => roomOf(from) === "fields" && roomOf(to) !== "fields",
  );
  expect([...new Set(fields.map(({ to }) => to))]).toEqual(["zod"]);
});
