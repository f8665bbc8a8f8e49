import { dirname, isAbsolute, join } from 'node:path';
import { AppError, type Place } from '../errors/app-error.ts';
import type { Path } from './fit-schema.ts';
import { parseYaml } from './parse-yaml.ts';
import { readText } from './read-text.ts';

export interface YamlFile {
  /** Absolute. */
  path: string;
  /** The name under which errors speak of the file. */
  shown: string;
  /** As it stands in the file; made only when it is asked for where several files are merged. */
  text(): string;
  /** Plain maps, lists and scalars, which nobody changes; undefined where the file cannot be read as YAML. */
  value: unknown;
  /** What is wrong with the YAML itself. */
  mistakes: AppError[];
  /** Where something stands; the nearest thing above it where it is not written at all. */
  placeOf(path: Path, at?: 'key' | 'value'): Place;
}

/** Where another file names this one, looked up only where something is wrong. */
export type NamedAt = () => Place;

/** @param namedAt left out where a person gave the path */
export async function readYaml(path: string, shown: string, namedAt?: NamedAt): Promise<YamlFile> {
  const { text, mistake } = readText(path, shown, namedAt);
  if (mistake) return unreadable(path, shown, mistake);
  if (text.length > LONGEST_TEXT) return unreadable(path, shown, tooLong(shown));
  const { value, faults } = parseYaml(text);
  return {
    path,
    shown,
    text: () => text,
    value,
    mistakes: faults.map(({ sentence, hint, position }) => {
      const place = { file: shown, ...position };
      return new AppError('config_invalid', sentence, { place, ...(hint === undefined ? {} : { hint }) });
    }),
    // Parsed again where it is long ago: what is right is asked for no place, and a thousand files are not kept twice.
    placeOf: (wanted, at) => ({ file: shown, ...parseYaml(text).positionOf(wanted, at) }),
  };
}

/** Larger than any that people write; beyond it, reading alone takes minutes. */
const LONGEST_TEXT = 4_000_000;

function tooLong(shown: string): AppError {
  return new AppError('config_invalid', `the file has more than ${LONGEST_TEXT} characters`, {
    place: { file: shown },
    hint: 'Put long lists of codes into a CSV file and name it in the mapping.',
  });
}

/** The name under which errors speak of a file that another one names. */
export function shownFrom(from: YamlFile, written: string): string {
  return isAbsolute(written) ? written : join(dirname(from.shown), written);
}

function unreadable(path: string, shown: string, mistake: AppError): YamlFile {
  const place = mistake.place ?? { file: shown };
  return { path, shown, text: () => '', value: undefined, mistakes: [mistake], placeOf: () => place };
}
