import { openSqliteLedger } from '../../src/ledger/sqlite-ledger.ts';
import { fileEntry, nightly, recordEntry, told } from './sample-memory.ts';

/** A process to be killed: tells the ledger named what the second night taught, which is not sealed, and says so. */
const [path = '', records = '0'] = process.argv.slice(2);

const ledger = await openSqliteLedger(path);
const ahead = await ledger.ahead?.(nightly(2));
await ahead?.tell(
  told(fileEntry(), ...Array.from({ length: Number(records) }, (_, at) => recordEntry(`new ${at}`))),
);
process.stdout.write('told\n');
await new Promise((go) => setTimeout(go, 60_000));
