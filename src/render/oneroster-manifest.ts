import { compileRow } from './compile-row.ts';
import { ONEROSTER_FILES, type OneRosterVersion } from './oneroster-files.ts';
import { PLAIN_CSV } from './schema.ts';

/** OneRoster's manifest.csv: which files of the standard a zip has, and whether each is all of them or changes only. */

export interface ManifestFacts {
  version: OneRosterVersion;
  /** Names of the files in the zip. */
  files: readonly string[];
  /** `delta`: they have changes only. */
  kind: 'bulk' | 'delta';
  systemName: string;
  systemCode: string;
}

export const MANIFEST_NAME = 'manifest.csv';

export function renderManifest({ version, files, kind, systemName, systemCode }: ManifestFacts): string {
  const there = new Set(files);
  const rows = [
    ['propertyName', 'value'],
    ['manifest.version', '1.0'],
    ['oneroster.version', version],
    ...ONEROSTER_FILES[version].map((name) => [`file.${name}`, there.has(`${name}.csv`) ? kind : 'absent']),
    ['source.systemName', systemName],
    ['source.systemCode', systemCode],
  ];
  return rows.map(compileRow(PLAIN_CSV)).join('');
}
