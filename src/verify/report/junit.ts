/** The report as JUnit XML, which CI systems show: one suite an assertion and an agent, one test a case. */
import { count, type Report, type Row } from "./report.ts";

export function junit(report: Report): string {
  const nameOf = ({ asserted, agent }: Row) => (asserted ? `${asserted.name} (${asserted.place})` : agent);
  const suites = [...Map.groupBy(report.rows, nameOf)].map(([name, rows]) => suite(name, rows));
  const { pass, fail, inconclusive } = count(report);
  const attributes = attributesOf({
    name: `ping-agents verify ${report.target}`,
    tests: pass + fail + inconclusive,
    failures: fail,
    skipped: inconclusive,
  });
  return ['<?xml version="1.0" encoding="UTF-8"?>', `<testsuites ${attributes}>`, ...suites, "</testsuites>", ""].join(
    "\n",
  );
}

function suite(name: string, rows: readonly Row[]): string {
  const number = (verdict: Row["verdict"]) => rows.filter((row) => row.verdict === verdict).length;
  const attributes = attributesOf({
    name,
    tests: rows.length,
    failures: number("fail"),
    skipped: number("inconclusive"),
  });
  return [`  <testsuite ${attributes}>`, ...rows.map(testCase), "  </testsuite>"].join("\n");
}

function testCase({ agent, flow, case: id, title, expected, got, verdict, cause }: Row): string {
  const attributes = attributesOf({ classname: `${agent}.${flow}`, name: `${id} ${title}` });
  const message = [`expected ${expected}, got ${got}`, cause].filter(Boolean).join("; ");
  if (verdict === "pass") return `    <testcase ${attributes}/>`;
  const element = verdict === "fail" ? "failure" : "skipped";
  return `    <testcase ${attributes}><${element} ${attributesOf({ message })}/></testcase>`;
}

function attributesOf(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}="${escaped(String(value))}"`)
    .join(" ");
}

/** XML 1.0 allows no control characters but tab and line ends, not even escaped. */
function escaped(value: string): string {
  return [...value]
    .filter((character) => character >= " " || "\t\n\r".includes(character))
    .join("")
    .replaceAll(/[&<>"'\t\n\r]/g, (character) => `&#${character.codePointAt(0)};`);
}
