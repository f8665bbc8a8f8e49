/** A delivered file as the importing system reads it: by the rules of RFC 4180, and by nothing of the program. */
export function readOutbound(text: string): string[][] {
  const rows: string[][] = [];
  let at = 0;
  while (at < text.length) {
    const end = text.indexOf('\r\n', at);
    const line = text.slice(at, end);
    if (line.includes('"')) {
      const quoted = readQuoted(text, at);
      rows.push(quoted.row);
      at = quoted.next;
    } else {
      rows.push(line.split(','));
      at = end + 2;
    }
  }
  return rows;
}

function readQuoted(text: string, from: number): { row: string[]; next: number } {
  const row: string[] = [];
  let cell = '';
  let isQuoted = false;
  for (let at = from; ; at++) {
    const letter = text[at];
    if (letter === undefined) throw new RangeError('The file ends within a row');
    if (isQuoted) {
      if (letter !== '"') cell += letter;
      else if (text[at + 1] === '"') cell += text[++at];
      else isQuoted = false;
    } else if (letter === '"') isQuoted = true;
    else if (letter === ',' || letter === '\r') {
      row.push(cell);
      cell = '';
      if (letter === '\r') return { row, next: at + 2 };
    } else cell += letter;
  }
}

/** For a comparison without order; each row as one text. */
export function sortedRows(rows: readonly (readonly string[])[]): string[] {
  return rows.map((row) => row.join(' | ')).sort();
}
