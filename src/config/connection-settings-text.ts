import { stringify } from 'yaml';
import type { LoadedConnection } from './load-connection.ts';

/**
 * The settings of a connection as YAML, every default filled in: what an auditor needs beside the mappings.
 * Secrets are not in it, because settings only ever hold env:NAME and file:PATH.
 */
export function renderConnectionSettings({ name, settings, stateRule }: LoadedConnection): string {
  const document = { connection: name, settings, ...(stateRule ? { state_rule: stateRule } : {}) };
  return stringify(document, { aliasDuplicateObjects: false, lineWidth: 0 });
}
