import type { RebuiltConnection, SealedStep } from './apply-runs.ts';
import { rebuildSqliteLedger } from './rebuild-sqlite.ts';
import type { LedgerSettings } from './schema.ts';

/**
 * Makes the ledger anew from all sealed runs, each connection's in the order of its chain. The old one is replaced
 * only when the new one is whole; whoever has it open is refused with ledger_in_use.
 */
export async function rebuildLedger(
  settings: LedgerSettings,
  runs: AsyncIterable<SealedStep>,
): Promise<RebuiltConnection[]> {
  switch (settings.type) {
    case 'sqlite':
      return rebuildSqliteLedger(settings.path, runs);
  }
}
