import { appendFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { applyRuns } from '../../src/ledger/apply-runs.ts';
import { lockConnection } from '../../src/ledger/connection-lock.ts';
import type { AppliedRun } from '../../src/ledger/ledger.ts';
import { memoryLine } from '../../src/ledger/read-memory.ts';
import { listSealedMemory } from '../../src/run/list-sealed-memory.ts';
import { catchUp, catchUpAll, readSealedMemory } from '../../src/run/sealed-memory.ts';
import { nightOf } from '../archive/sealed-archive.ts';
import { faultOf } from '../doubles/fault-of.ts';
import { MemoryLedger } from '../doubles/memory-ledger.ts';
import { useTempFolders } from '../doubles/temp-folder.ts';
import { fileEntry, listed, recordEntry } from '../ledger/sample-memory.ts';
import { sealNight, TOTALS } from './sealed-nights.ts';

const tempFolder = useTempFolders();

async function archiveOf(...nights: number[]): Promise<string> {
  const archive = await tempFolder();
  for (const night of nights) await sealNight(archive, night);
  return archive;
}

async function ledgerOf(archive: string, before?: string): Promise<MemoryLedger> {
  const ledger = new MemoryLedger();
  await applyRuns(ledger, listSealedMemory(archive, 'riverside', before));
  return ledger;
}

async function runsOf(ledger: MemoryLedger): Promise<string[]> {
  return (await listed(ledger.runs())).map(({ id }) => id).reverse();
}

function ids(...nights: number[]): string[] {
  return nights.map((night) => nightOf(night).id);
}

describe('run/sealed-memory', () => {
  describe('of a sealed run', () => {
    it('is the run as its report and its manifest tell it, and what it taught', async () => {
      const path = await sealNight(await tempFolder(), 3);
      const { run, entries } = await readSealedMemory(path);
      expect(run).to.deep.include({
        ...nightOf(3),
        outcome: 'delivered',
        startedAt: '2026-11-03T03:30:00-06:00',
        finishedAt: '2026-11-03T03:30:04-06:00',
        totals: TOTALS,
      });
      expect(run.manifestSha256).to.match(/^[0-9a-f]{64}$/);
      expect(await listed(entries)).to.deep.equal([fileEntry(), recordEntry('3')]);
    });

    it('is nothing where the run failed before it had any, and is never guessed otherwise', async () => {
      const archive = await tempFolder();
      const failed = await sealNight(archive, 1, { outcome: 'failed', entries: undefined });
      expect(await listed((await readSealedMemory(failed)).entries)).to.deep.equal([]);
      const delivered = await sealNight(archive, 2, { entries: undefined });
      const fault = await faultOf(readSealedMemory(delivered));
      expect(fault.code).to.equal('memory_unreadable');
      expect(fault.hint).to.contain('archive.path');
    });

    for (const [what, file, damage] of [
      ['its memory is gone', 'memory.ndjson', rm],
      ['its memory is longer', 'memory.ndjson', (path: string) => appendFile(path, '{}\n')],
      ['its report is none', 'report.json', (path: string) => writeFile(path, '{"run":1}')],
      ['its manifest is none', 'manifest.json', (path: string) => writeFile(path, '{}')],
    ] as const) {
      it(`is refused where ${what}`, async () => {
        const path = await sealNight(await tempFolder(), 1);
        await damage(join(path, file));
        expect((await faultOf(readSealedMemory(path))).code).to.equal('memory_unreadable');
      });
    }
  });

  describe('caught up', () => {
    it('is the run that a crash kept from the ledger, once', async () => {
      const archive = await archiveOf(1, 2);
      const ledger = await ledgerOf(archive, nightOf(2).id);
      expect(await runsOf(ledger)).to.deep.equal(ids(1));
      await catchUp(ledger, archive, 'riverside');
      expect(await runsOf(ledger)).to.deep.equal(ids(1, 2));
      expect((await ledger.delivered('riverside', 'students')).count).to.equal(2);
      await catchUp(ledger, archive, 'riverside');
      expect(await runsOf(ledger)).to.deep.equal(ids(1, 2));
    });

    it('is the first run of all, and nothing where none was sealed', async () => {
      const ledger = new MemoryLedger();
      await catchUp(ledger, join(await tempFolder(), 'none'), 'riverside');
      expect(await runsOf(ledger)).to.deep.equal([]);
      await catchUp(ledger, await archiveOf(1), 'riverside');
      expect(await runsOf(ledger)).to.deep.equal(ids(1));
    });

    it('is the run whose head.json a crash kept from being written', async () => {
      const archive = await archiveOf(1, 2);
      const ledger = await ledgerOf(archive, nightOf(2).id);
      await rm(join(archive, 'riverside', 'head.json'));
      await catchUp(ledger, archive, 'riverside');
      expect(await runsOf(ledger)).to.deep.equal(ids(1, 2));
    });

    it('asks for no manifest but the last, however many there are', async () => {
      const archive = await archiveOf(1, 2, 3);
      const ledger = await ledgerOf(archive, nightOf(3).id);
      const month = join(archive, 'riverside/2026/11');
      for (const run of ids(1, 2)) await writeFile(join(month, run, 'manifest.json'), 'none');
      await catchUp(ledger, archive, 'riverside');
      expect(await runsOf(ledger)).to.deep.equal(ids(1, 2, 3));
    });

    it('is refused where more than the last run is missing', async () => {
      const archive = await archiveOf(1, 2);
      const fault = await faultOf(catchUp(new MemoryLedger(), archive, 'riverside'));
      expect(fault.code).to.equal('ledger_younger');
      expect(fault.hint).to.contain('rosterferry rebuild');
    });

    it('is refused where the last run is gone and was never learnt; otherwise the ledger is believed', async () => {
      const archive = await archiveOf(1, 2);
      const [younger, whole] = [await ledgerOf(archive, nightOf(2).id), await ledgerOf(archive)];
      await rm(join(archive, 'riverside/2026/11', nightOf(2).id), { recursive: true });
      await catchUp(whole, archive, 'riverside');
      const fault = await faultOf(catchUp(younger, archive, 'riverside'));
      expect(fault.code).to.equal('memory_unreadable');
      expect(fault.message).to.contain(nightOf(2).id);
    });

    it('is every connection, but for one whose run is at work', async () => {
      const archive = await archiveOf(1);
      await sealNight(archive, 1, { connection: 'lakeside' });
      const ledger = new MemoryLedger();
      {
        using _lock = lockConnection(archive, 'lakeside');
        await catchUpAll(ledger, archive);
      }
      expect(await runsOf(ledger)).to.deep.equal(ids(1));
      await catchUpAll(ledger, archive);
      expect(await runsOf(ledger)).to.have.length(2);
      expect(await readdir(join(archive, '.state'))).to.not.be.empty;
    });
  });

  describe('of all sealed runs', () => {
    const chain = async (archive: string, ...which: string[]) => {
      const runs: AppliedRun[] = [];
      for await (const one of listSealedMemory(archive, ...which)) if ('run' in one) runs.push(one.run);
      return runs.map(({ id }) => id);
    };

    it('comes in the order of the chain, whatever the names say', async () => {
      // The clock was set back after the second night.
      const archive = await archiveOf(5, 9, 2, 3);
      await sealNight(archive, 4, { connection: 'lakeside' });
      const lakeside = nightOf(4, 'lakeside').id;
      expect(await chain(archive)).to.deep.equal([lakeside, ...ids(5, 9, 2, 3)]);
      expect(await chain(archive, 'riverside')).to.deep.equal(ids(5, 9, 2, 3));
      expect(await chain(archive, 'riverside', nightOf(2).id)).to.deep.equal(ids(5, 9));
      expect(await chain(archive, 'hillside')).to.deep.equal([]);
    });

    for (const [what, damage] of [
      ['a run in the middle is gone', (month: string) => rm(join(month, nightOf(2).id), { recursive: true })],
      ['the first run is gone', (month: string) => rm(join(month, nightOf(1).id), { recursive: true })],
      ['the last run is gone', (month: string) => rm(join(month, nightOf(3).id), { recursive: true })],
      [
        'a manifest is altered',
        (month: string) => appendFile(join(month, nightOf(1).id, 'manifest.json'), ' '),
      ],
      ['a manifest is gone', (month: string) => rm(join(month, nightOf(2).id, 'manifest.json'))],
      [
        'a memory of the same size says something else',
        (month: string) =>
          writeFile(
            join(month, nightOf(2).id, 'memory.ndjson'),
            [fileEntry(), recordEntry('4')].map(memoryLine).join(''),
          ),
      ],
    ] as const) {
      it(`is refused where ${what}`, async () => {
        const archive = await archiveOf(1, 2, 3);
        await damage(join(archive, 'riverside/2026/11'));
        expect((await faultOf(chain(archive))).code).to.equal('memory_unreadable');
      });
    }
  });
});
