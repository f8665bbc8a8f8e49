import type { Ledger } from './ledger.ts';
import type { LedgerSettings } from './schema.ts';
import { openSqliteLedger } from './sqlite-ledger.ts';

/** The ledger that is configured; the caller closes it. A new one is made where there is none. */
export async function openLedger(settings: LedgerSettings): Promise<Ledger> {
  switch (settings.type) {
    case 'sqlite':
      return openSqliteLedger(settings.path);
  }
}
