import type { Ledger } from '../../ledger/ledger.ts';

/**
 * Temporary ids for the mappings of a run. A mapping asks without waiting and the ledger answers later: so a batch is
 * mapped, what was asked for the first time is settled, and only then is the batch mapped for good.
 */
export interface TemporaryIds {
  idOf(prefix: string, key: string): string;
  /** Whether something was asked that had no answer yet; it has one now. */
  settle(): Promise<boolean>;
}

/** @param remember false in a dry run: who has none yet is shown with one that is nobody's */
export function openTemporaryIds(ledger: Ledger, connection: string, remember: boolean): TemporaryIds {
  const known = new Map<string, Map<string, string>>();
  const asked = new Map<string, Set<string>>();
  let unknown = 0;
  return {
    idOf(prefix, key) {
      const id = known.get(prefix)?.get(key);
      if (id === undefined) asked.set(prefix, (asked.get(prefix) ?? new Set()).add(key));
      return id ?? '';
    },
    async settle() {
      if (asked.size === 0) return false;
      for (const [prefix, keys] of asked) {
        const given = await ledger.temporaryIds(connection, prefix, [...keys], { remember });
        const ids = known.get(prefix) ?? new Map<string, string>();
        for (const key of keys) ids.set(key, given.get(key) ?? `${prefix}NEW${++unknown}`);
        known.set(prefix, ids);
      }
      asked.clear();
      return true;
    },
  };
}
