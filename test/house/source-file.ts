import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A file under src/, its path relative to src/ with slashes. */
export interface SourceFile {
  path: string;
  text: string;
}

export async function readHouse(root: string): Promise<SourceFile[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(
    paths.sort().map(async (path) => ({
      path: path.slice(root.length + 1).replaceAll('\\', '/'),
      text: await readFile(path, 'utf8'),
    })),
  );
}

/** The room is the first folder; a file beside the rooms is a room of its own. */
export function roomOf(path: string): string {
  return path.split('/')[0] ?? path;
}

/** Every specifier that a file imports or re-exports, types included. The code is as biome formats it. */
export function importsOf({ text }: SourceFile): string[] {
  const code = withoutComments(text);
  const plain = /^import\s+(?:[^'"`;]*?\sfrom\s+)?'([^']+)';/gm;
  const passedOn = /^export\s+(?:type\s+)?(?:\*[^'"`;]*?|\{[^}]*\})\s*from\s+'([^']+)';/gm;
  const dynamic = /\bimport\(\s*'([^']+)'/g;
  return [plain, passedOn, dynamic]
    .flatMap((form) => [...code.matchAll(form)])
    .map((found) => found[1] ?? '');
}

/** The functions of a file with their first line and their length in lines, found by the indentation that biome gives. */
export function functionsOf({ text }: SourceFile): { line: number; lines: number }[] {
  const lines = text.split('\n');
  return lines.flatMap((opening, start) => {
    if (!opensFunction(opening)) return [];
    const indent = indentOf(opening);
    const end = lines.findIndex(
      (line, at) =>
        at > start && indentOf(line) === indent && line.trim().startsWith('}') && !line.endsWith('{'),
    );
    return end < 0 ? [] : [{ line: start + 1, lines: end - start + 1 }];
  });
}

/** Comments blanked out, lines kept. A text that holds a comment sign loses its rest, which hides no import. */
export function withoutComments(text: string): string {
  return text
    .replaceAll(/\/\*[\s\S]*?\*\//g, (comment) => comment.replaceAll(/[^\n]/g, ''))
    .replaceAll(/(^|\s)\/\/.*$/gm, '$1');
}

const CONTROL = /^(?:if|for|while|switch|catch|else|do|try|return|}|\/|\*)/;

function opensFunction(line: string): boolean {
  const code = line.trim();
  if (CONTROL.test(code) && !code.endsWith('=> {')) return false;
  if (/=> \{$/.test(code)) return true;
  if (/\bfunction\b/.test(code)) return /[({]$/.test(code);
  return (
    /^(?:(?:async|static|override|get|set)\s+)*\*?[\w$#]+(?:<.*>)?\(.*[({]$/.test(code) && /\{$/.test(code)
  );
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
