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
import type { Path } from './fit-schema.ts';
import { findTraps } from './yaml-traps.ts';

/** A text, read. The same value is handed to everybody who asks for the text: nobody changes it. */
export interface ParsedYaml {
  /** Plain maps, lists and scalars; undefined where there are faults. */
  value: unknown;
  faults: readonly YamlFault[];
  /** Where something stands; the nearest thing above it where it is not written at all. */
  positionOf(path: Path, at?: 'key' | 'value'): Position;
}

/** Both from 1. */
export interface Position {
  line: number;
  column: number;
}

/** What is wrong with the YAML itself. */
export interface YamlFault {
  sentence: string;
  hint?: string;
  /** Left out where it is the whole text. */
  position?: Position;
}

/** Enough for the mappings and presets that many connections have word for word alike. */
const KEPT = 32;
const kept = new Map<string, ParsedYaml>();

/** The texts that were asked for last are kept: a thousand districts on one mapping, each with a copy, are read once. */
export function parseYaml(text: string): ParsedYaml {
  const parsed = kept.get(text) ?? parse(text);
  kept.delete(text);
  kept.set(text, parsed);
  const [oldest] = kept.keys();
  if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
  return parsed;
}

function parse(text: string): ParsedYaml {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    lineCounter: lines,
    prettyErrors: false,
    // As written: YAML takes 01 and 1 for the same key, and codes do not.
    uniqueKeys: (one, other) => isScalar(one) && isScalar(other) && one.source === other.source,
  });
  const positionAt = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const positionOf: ParsedYaml['positionOf'] = (path, at = 'value') =>
    positionAt(offsetOf(document, path, at));
  const broken = followScalars(document);
  const faults = worthSaying([...document.errors, ...broken]).map(
    ({ code, pos }): YamlFault => ({
      sentence: YAML_SENTENCES[code] ?? 'the file is no YAML from here on',
      hint: 'Mend the line that is named.',
      position: positionAt(pos[0]),
    }),
  );
  if (faults.length === 0)
    for (const { offset, sentence } of findTraps(document))
      faults.push({ sentence, position: positionAt(offset) });
  return { ...(faults.length > 0 ? { value: undefined, faults } : plainValue(document)), positionOf };
}

/**
 * Codes and ids are written without quotes: 01, 0x1F and the key `null` are kept as they stand, because YAML would make
 * 1, 31 and nothing of them. Answers the aliases without an anchor, which the library finds only when they are followed.
 */
function followScalars(document: Document): YAMLParseError[] {
  const broken: YAMLParseError[] = [];
  visit(document, {
    Scalar(key, node) {
      if (node.source === undefined) return;
      if (key === 'key') node.value = node.source;
      else if (typeof node.value === 'number' && String(node.value) !== node.source) node.value = node.source;
      // In capitals it is the word that stands in somebody's file: `null: [NULL, NA]`.
      else if (node.value === null && node.source.startsWith('N')) node.value = node.source;
    },
    Alias(_, node) {
      const [from = 0, to = 0] = node.range ?? [];
      if (!node.resolve(document)) broken.push(new YAMLParseError([from, to], 'BAD_ALIAS', ''));
    },
  });
  return broken;
}

function plainValue(document: Document): Pick<ParsedYaml, 'value' | 'faults'> {
  try {
    return { value: document.toJS(), faults: [] };
  } catch {
    // Not kept as the cause: its message may quote the file.
    const sentence = 'the anchors and aliases of the file unfold to more than any real configuration';
    return { value: undefined, faults: [{ sentence }] };
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
