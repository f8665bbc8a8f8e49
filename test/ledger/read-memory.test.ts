import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { memoryLine, readMemory, readWritten } from '../../src/ledger/read-memory.ts';
import { asRecordEntry } from '../../src/ledger/written-record.ts';
import type { MemoryEntry } from '../../src/vocabulary/memory.ts';
import { faultOf } from '../doubles/fault-of.ts';
import { useTempFolders } from '../doubles/temp-folder.ts';
import { delivered, fileEntry, listed, recordEntry, removedEntry } from './sample-memory.ts';

const tempFolder = useTempFolders();

async function fileOf(content: string | Uint8Array): Promise<string> {
  const path = join(await tempFolder(), 'memory.ndjson');
  await writeFile(path, content);
  return path;
}

const EVERY: readonly MemoryEntry[] = [
  { kind: 'temporary_id', prefix: 'T', key: 'a', id: 'T1' },
  {
    kind: 'decision',
    decision: {
      file: 'students',
      id: '1',
      field: 'students.phone',
      choice: 'match:9',
      value: '',
      about: '555',
      shown: ['7', '8'],
      by: 'kim',
      at: '2026-11-22T08:00:00Z',
      reason: '',
    },
  },
  fileEntry(),
  recordEntry('1', 'promoted', { values: ['Ö "\n\u2028', '😀', ''] }),
  removedEntry('2'),
  removedEntry('3', ['3', 'Moss', 'left']),
  { kind: 'link', file: 'students', from: 'T1', to: '1' },
  { kind: 'same', file: 'students', id: '2', mapped: 'ff', active: true, school: '1', grade: '' },
];

describe('ledger/read-memory', () => {
  it('reads every kind of entry as it was written, as often as it is asked', async () => {
    const memory = readMemory(await fileOf(EVERY.map(memoryLine).join('')));
    expect(await listed(memory)).to.deep.equal(EVERY);
    expect(await listed(memory)).to.deep.equal(EVERY);
    expect(await listed(readMemory(await fileOf('')))).to.deep.equal([]);
  });

  it('reads any text, also where a read ends within a character', async () => {
    const texts = fc.array(fc.string({ unit: 'grapheme', maxLength: 12 }), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(texts, async (values) => {
        const entries = [fileEntry(values), recordEntry('1', 'updated', { values })];
        // Many of them, so that reads of a mebibyte cut lines and characters anywhere.
        const many = Array.from({ length: 2000 }, () => entries).flat();
        expect(await listed(readMemory(await fileOf(many.map(memoryLine).join(''))))).to.deep.equal(many);
      }),
      { numRuns: 5 },
    );
  });

  it('reads the same for a ledger, also records that come as they were written', async () => {
    const { values, ...facts } = delivered('1', { values: ['a', '學, b', ''] });
    const last: MemoryEntry = {
      kind: 'record',
      file: 'students',
      change: 'created',
      record: { ...facts, values },
    };
    const entries = [...EVERY, last, { ...last, file: 'contacts' }];
    const path = await fileOf(entries.map(memoryLine).join(''));
    const written = await listed(readWritten(path));
    expect(written.filter(({ kind }) => kind === 'written')).to.have.length(1);
    const plain = written.map((one) => (one.kind === 'written' ? asRecordEntry(one) : one));
    expect(plain).to.deep.equal(entries);
    expect((await Array.fromAsync(readWritten(path).batches?.() ?? [])).flat()).to.deep.equal(written);
  });

  const good = memoryLine(recordEntry('1'));
  const wrong: [what: string, text: string | Uint8Array, line: number][] = [
    ['is no JSON', `${good}{"kind": "record", ZZCANARY\n${good}`, 2],
    ['is of no known kind', `${good}${good}{"kind":"ZZCANARY"}\n`, 3],
    ['is no object', `"ZZCANARY"\n`, 1],
    ['lacks a part', `${good}{"kind":"link","file":"students","from":"ZZCANARY"}\n`, 2],
    ['is blank', `${good}\n${good}`, 2],
    ['has a choice that is none', memoryLine(EVERY[1] ?? fileEntry()).replace('match:', 'ZZCANARY'), 1],
    ['has a value that is no text', good.replace('"Moss"', '7'), 1],
    ['says unchanged', good.replace('created', 'unchanged'), 1],
    ['has no end', `${good}${good.slice(0, -1)}`, 2],
    ['is cut', `${good}${good.slice(0, 40)}`, 2],
    ['has bytes that are no text', Buffer.concat([Buffer.from(good), Buffer.from([0xc3, 0x28, 0x0a])]), 1],
    ['ends within a character', Buffer.concat([Buffer.from(good), Buffer.from([0xc3])]), 2],
    ['has no end for megabytes', `${good}"${'ZZCANARY'.repeat(3 << 20)}"\n`, 2],
  ];
  for (const [what, text, line] of wrong) {
    it(`names the line, and nothing that stands in it, where it ${what}`, async () => {
      const path = await fileOf(text);
      const fault = await faultOf(listed(readMemory(path)));
      expect(fault.code).to.equal('memory_unreadable');
      expect(fault.place).to.deep.equal({ file: path, line });
      expect(fault.message).to.not.match(/ZZCANARY|Moss/);
    });
  }

  it('fails where the file is not there: nothing is not the same as no entries', async () => {
    const fault = await faultOf(listed(readMemory(join(await tempFolder(), 'none.ndjson'))));
    expect(fault.code).to.equal('local_io');
  });

  it('leaves keys aside that it does not know', async () => {
    const line = JSON.stringify({ ...recordEntry('1'), since: 2, record: { ...delivered('1'), more: [] } });
    expect(await listed(readMemory(await fileOf(`${line}\n`)))).to.deep.equal([recordEntry('1')]);
  });
});
