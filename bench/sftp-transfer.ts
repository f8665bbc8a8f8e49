/**
 * Fetching and delivering one file over SFTP, beside OpenSSH's own `sftp`, over loopback and over a long line.
 * node bench/sftp-transfer.ts [--rounds 3] [--near 100] [--far 20] [--round-trip 40]
 */
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findSshd, startSshd } from '../test/doubles/sshd.ts';
import { openSshFetch, openSshSend } from './rivals/openssh-sftp.ts';
import { type Endpoint, fetchFile, sendFile } from './rivals/rosterferry-sftp.ts';

const { rounds, near, far, roundTripMs } = readOptions();
const program = findSshd();
if (!program) throw new Error('This bench needs an OpenSSH server on this machine');
const folder = await mkdtemp(join(tmpdir(), 'rosterferry-bench-sftp-'));
const sshd = await startSshd(program, 20_000);
const key = join(folder, 'key');
await writeFile(key, sshd.access.privateKey ?? '', { mode: 0o600 });
const line = spawn(process.execPath, [
  join(import.meta.dirname, 'delayed-line.ts'),
  String(sshd.access.port),
  String(roundTripMs),
]);
const [farPort] = await once(line.stdout, 'data');
try {
  await compare('loopback', near, sshd.access.port);
  await compare(`${roundTripMs} ms round trip`, far, Number(String(farPort)));
} finally {
  line.stdin.end();
  await sshd.stop();
  await rm(folder, { recursive: true, force: true });
}

function readOptions() {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '3' },
      near: { type: 'string', default: '100' },
      far: { type: 'string', default: '20' },
      'round-trip': { type: 'string', default: '40' },
    },
  });
  const numbers = [values.rounds, values.near, values.far, values['round-trip']].map(Number);
  if (!numbers.every((one) => Number.isInteger(one) && one > 0))
    throw new Error('--rounds, --near and --far (MB) and --round-trip (ms) are whole numbers');
  const [rounds = 3, near = 100, far = 20, roundTripMs = 40] = numbers;
  return { rounds, near, far, roundTripMs };
}

/** All four once, then all four once more: whatever else the machine does meets each of them alike. */
async function compare(title: string, megabytes: number, port: number): Promise<void> {
  console.log(`\n${title}, ${megabytes} MB, ${rounds} rounds`);
  const content = randomBytes(megabytes * 1_000_000);
  const here = join(folder, 'here.csv');
  await writeFile(here, content);
  const file = {
    path: here,
    sizeBytes: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
  };
  const end: Endpoint = { access: { ...sshd.access, port }, folder: sshd.folder, key };
  const there = join(sshd.folder, 'there.csv');
  const back = join(folder, 'back.csv');
  const seconds: Record<'upload' | 'download', { ours: number[]; theirs: number[] }> = {
    upload: { ours: [], theirs: [] },
    download: { ours: [], theirs: [] },
  };
  for (let round = 0; round < rounds; round += 1) {
    seconds.upload.theirs.push(await timed(() => openSshSend(end, here, there), there));
    seconds.upload.ours.push(await timed(() => sendFile(end, { ...file, name: 'there.csv' }), there));
    seconds.download.theirs.push(await timed(() => openSshFetch(end, there, back), back));
    await rm(back);
    seconds.download.ours.push(await timed(() => fetchFile(end, 'there.csv', back), back));
    await rm(back);
    await rm(there);
  }
  for (const [what, { ours, theirs }] of Object.entries(seconds)) print(what, megabytes, { ours, theirs });

  async function timed(work: () => Promise<void>, made: string): Promise<number> {
    const start = performance.now();
    await work();
    const took = (performance.now() - start) / 1000;
    if ((await stat(made)).size !== file.sizeBytes) throw new Error(`${made} is not whole`);
    return took;
  }
}

function print(what: string, megabytes: number, seconds: { ours: number[]; theirs: number[] }): void {
  const [ours, theirs] = [median(seconds.ours), median(seconds.theirs)];
  const speed = (took: number) => `${took.toFixed(2)} s, ${(megabytes / took).toFixed(0)} MB/s`;
  console.log(
    `${what.padEnd(9)} sftp ${speed(theirs)}; rosterferry ${speed(ours)}; ratio ${(theirs / ours).toFixed(2)}`,
  );
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
