import { CATALOGUE } from '../errors/catalogue.ts';
import { EXIT_CODES } from './exit-codes.ts';

const HEAD = `# Error codes

Errors go to stderr, one line each: \`error[CODE]: where: what. What to do.\` The code stays the same from version to
version, so a script can ask for it; with \`--json\` the same facts are one document on stdout. This page is made from the
program by \`npm run docs\`.`;

const AGAIN = '"Again" says whether trying again may help: the fault may pass by itself.';

/** docs/error-codes.md: every exit code and every error code, as the program knows them. */
export function renderErrorCodesPage(): string {
  const exits = table(
    ['Exit', 'Meaning'],
    EXIT_CODES.map(([code, meaning]) => [`${code}`, meaning]),
  );
  const errors = table(
    ['Code', 'Exit', 'Again', 'What it means', 'What to do'],
    Object.entries(CATALOGUE).map(([code, entry]) => [
      `\`${code}\``,
      `${entry.exit}`,
      entry.transient ? 'yes' : '',
      entry.meaning,
      entry.hint,
    ]),
  );
  return `${[HEAD, '## Exit codes', exits, '## Errors', AGAIN, errors].join('\n\n')}\n`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(escaped).join(' | ')} |`);
  return lines.join('\n');
}

function escaped(cell: string): string {
  return cell.replaceAll('|', '\\|');
}
