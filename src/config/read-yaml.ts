import { dirname, isAbsolute, join } from 'node:path';
import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type YAMLError,
  YAMLParseError,
} from 'yaml';
import { AppError, type Place } from '../errors/app-error.ts';
import type { Path } from './fit-schema.ts';
import { readText } from './read-text.ts';
import { findTraps } from './yaml-traps.ts';

export interface YamlFile {
  /** Absolute. */
  path: string;
  /** The name under which errors speak of the file. */
  shown: string;
  text: string;
  /** Plain maps, lists and scalars; undefined where the file cannot be read as YAML. */
  value: unknown;
  /** What is wrong with the YAML itself. */
  mistakes: AppError[];
  /** Where something stands; the nearest thing above it where it is not written at all. */
  placeOf(path: Path, at?: 'key' | 'value'): Place;
}

/** @param namedAt where another file names this one; left out where a person gave it */
export async function readYaml(path: string, shown: string, namedAt?: Place): Promise<YamlFile> {
  const { text, mistake } = await readText(path, shown, namedAt);
  if (mistake) return unreadable(path, shown, mistake);
  if (text.length > LONGEST_TEXT) return unreadable(path, shown, tooLong(shown));
  const lines = new LineCounter();
  const document = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    lineCounter: lines,
    prettyErrors: false,
    // As written: YAML takes 01 and 1 for the same key, and codes do not.
    uniqueKeys: (one, other) => isScalar(one) && isScalar(other) && one.source === other.source,
  });
  const placeOf: YamlFile['placeOf'] = (wanted, at = 'value') => {
    const { line, col } = lines.linePos(offsetOf(document, wanted, at));
    return { file: shown, line, column: col };
  };
  const mistakes = worthSaying([...document.errors, ...brokenAliases(document)]).map((error) =>
    explainYamlError(error, shown, lines),
  );
  if (mistakes.length === 0) mistakes.push(...trapMistakes(document, shown, lines));
  if (mistakes.length > 0) return { path, shown, text, value: undefined, mistakes, placeOf };
  keepTextOfScalars(document);
  return { path, shown, text, ...plainValue(document, shown), placeOf };
}

/** Larger than any that people write; beyond it, reading alone takes minutes. */
const LONGEST_TEXT = 4_000_000;

function tooLong(shown: string): AppError {
  return new AppError('config_invalid', `the file has more than ${LONGEST_TEXT} characters`, {
    place: { file: shown },
    hint: 'Put long lists of codes into a CSV file and name it in the mapping.',
  });
}

function trapMistakes(document: Document, shown: string, lines: LineCounter): AppError[] {
  return findTraps(document).map(({ offset, sentence }) => {
    const { line, col } = lines.linePos(offset);
    return new AppError('config_invalid', sentence, { place: { file: shown, line, column: col } });
  });
}

/** The name under which errors speak of a file that another one names. */
export function shownFrom(from: YamlFile, written: string): string {
  return isAbsolute(written) ? written : join(dirname(from.shown), written);
}

function unreadable(path: string, shown: string, mistake: AppError): YamlFile {
  const place = mistake.place ?? { file: shown };
  return { path, shown, text: '', value: undefined, mistakes: [mistake], placeOf: () => place };
}

/**
 * Codes and ids are written without quotes: 01, 0x1F and the key `null` are kept as they stand, because YAML would make
 * 1, 31 and nothing of them.
 */
function keepTextOfScalars(document: Document): void {
  visit(document, {
    Scalar(key, node) {
      if (node.source === undefined) return;
      if (key === 'key') node.value = node.source;
      else if (typeof node.value === 'number' && String(node.value) !== node.source) node.value = node.source;
      // In capitals it is the word that stands in somebody's file: `null: [NULL, NA]`.
      else if (node.value === null && node.source.startsWith('N')) node.value = node.source;
    },
  });
}

function plainValue(document: Document, shown: string): { value: unknown; mistakes: AppError[] } {
  try {
    return { value: document.toJS(), mistakes: [] };
  } catch {
    // Not kept as the cause: its message may quote the file.
    const sentence = 'the anchors and aliases of the file unfold to more than any real configuration';
    const place = { file: shown };
    return { value: undefined, mistakes: [new AppError('config_invalid', sentence, { place })] };
  }
}

function offsetOf(document: Document, path: Path, at: 'key' | 'value'): number {
  let node: unknown = document.contents;
  let key: unknown;
  for (const segment of path) {
    const pair = pairOf(resolved(document, node), segment);
    if (!pair) return startOf(key) ?? startOf(node) ?? 0;
    [key, node] = pair;
  }
  // The key names a map or a list better than its first line does.
  const wanted = at === 'key' || isCollection(node) || isAlias(node) ? (key ?? node) : node;
  return startOf(wanted) ?? startOf(key) ?? 0;
}

function pairOf(node: unknown, segment: PropertyKey): [unknown, unknown] | undefined {
  if (isSeq(node)) {
    const item = node.items[Number(segment)];
    return item === undefined ? undefined : [item, item];
  }
  if (!isMap(node)) return undefined;
  const pair = node.items.find((one) => isScalar(one.key) && String(one.key.value) === String(segment));
  return pair ? [pair.key, pair.value] : undefined;
}

function resolved(document: Document, node: unknown): unknown {
  return isAlias(node) ? node.resolve(document) : node;
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}

/** The library finds an alias without an anchor only when it is followed. */
function brokenAliases(document: Document): YAMLParseError[] {
  const broken: YAMLParseError[] = [];
  visit(document, {
    Alias(_, node) {
      const [from = 0, to = 0] = node.range ?? [];
      if (!node.resolve(document)) broken.push(new YAMLParseError([from, to], 'BAD_ALIAS', ''));
    },
  });
  return broken;
}

/** One slip of the syntax makes all that follows it look wrong: only the first is said, and every repeated key. */
function worthSaying(errors: readonly YAMLError[]): YAMLError[] {
  const first = errors.find((error) => error.code !== 'DUPLICATE_KEY');
  return errors.filter((error) => error === first || error.code === 'DUPLICATE_KEY');
}

/** The library's own sentences quote the text, and the text may be a secret: so these are ours. */
const YAML_SENTENCES: Partial<Record<YAMLError['code'], string>> = {
  BAD_ALIAS:
    'a text that begins with * must stand in quotes; without them it is an alias, and no anchor (&) has its name',
  BAD_DQ_ESCAPE: 'a backslash in a double-quoted text starts no known escape; single quotes keep it as it is',
  BAD_INDENT: 'the indentation does not fit the lines above, or a bracket is not closed',
  BAD_SCALAR_START: 'a text that starts with this character must stand in quotes',
  BLOCK_AS_IMPLICIT_KEY: 'a second colon in the line: put the text in quotes, or start a new line',
  DUPLICATE_KEY: 'the key stands here a second time in the same map',
  MISSING_CHAR: 'a quote, bracket, comma or colon is missing',
  MULTILINE_IMPLICIT_KEY: 'a key must stand on one line and be followed by a colon',
  MULTIPLE_DOCS: 'a second document (---) starts here; a file holds one',
  TAB_AS_INDENT: 'a tab is used as indentation; YAML takes spaces only',
  TAG_RESOLVE_FAILED: 'a tag (!) that is not known',
  UNEXPECTED_TOKEN: 'something stands here that does not belong to the value before it',
};

function explainYamlError(error: YAMLError, shown: string, lines: LineCounter): AppError {
  const { line, col } = lines.linePos(error.pos[0]);
  const sentence = YAML_SENTENCES[error.code] ?? 'the file is no YAML from here on';
  return new AppError('config_invalid', sentence, {
    place: { file: shown, line, column: col },
    hint: 'Mend the line that is named.',
  });
}
