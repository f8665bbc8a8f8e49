import { openSqliteLedger } from '../../src/ledger/sqlite-ledger.ts';
import type { MemoryEntry } from '../../src/vocabulary/memory.ts';
import { fileEntry, nightly, recordEntry } from './sample-memory.ts';

/** A process to be killed: applies the second night to the ledger named, and says so when it is half through. */
const [path = '', records = '0'] = process.argv.slice(2);

async function* entries(): AsyncGenerator<MemoryEntry> {
  yield fileEntry();
  for (let at = 0; at < Number(records); at++) yield recordEntry(`new ${at}`);
  process.stdout.write('half\n');
  await new Promise((go) => setTimeout(go, 60_000));
}

const ledger = await openSqliteLedger(path);
await ledger.apply(nightly(2), entries());
