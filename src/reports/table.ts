/** Tables, as aligned text and as Markdown. Pure. */

/** Characters of a cell before its text goes on in the next line. */
const WIDEST = 40;

/** Columns side by side; long cells go on in the next line. */
export function textTable(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const wrapped = [header, ...rows].map((row) => row.map((cell) => wrap(cell)));
  const widths = header.map((_title, column) =>
    Math.max(...wrapped.flatMap((row) => (row[column] ?? []).map((line) => line.length))),
  );
  return wrapped.flatMap((row) => {
    const height = Math.max(...row.map((cell) => cell.length));
    return Array.from({ length: height }, (_line, at) =>
      row
        .map((cell, column) => (cell[at] ?? "").padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    );
  });
}

function wrap(cell: string): string[] {
  const lines: string[] = [];
  for (const word of cell.split(" ")) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= WIDEST) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** A table of GitHub's Markdown. Cells are escaped by who calls. */
export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(header), line(header.map(() => "---")), ...rows.map(line)];
}
