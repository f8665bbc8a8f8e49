/** A line with a long way to go, in a process of its own so that it takes no time from the rival: PORT, ROUND_TRIP_MS. */
import { startProxy } from '../test/doubles/proxy.ts';

const [port, roundTripMs] = process.argv.slice(2).map(Number);
const line = await startProxy(port ?? 0);
line.delay((roundTripMs ?? 0) / 2);
process.stdout.write(`${line.port}\n`);
process.stdin.on('end', () => process.exit(0)).resume();
