import { expect } from 'chai';
import type { AppliedRun, Ledger } from '../../src/ledger/ledger.ts';
import type { MemoryEntry } from '../../src/vocabulary/memory.ts';
import { fileEntry, nightly, recordEntry, removedEntry, told } from '../ledger/sample-memory.ts';

/** In each night the whole file goes out. */
function sending(night: number): AppliedRun {
  const run = nightly(night);
  const about = { file: 'students.csv', bytes: 1000, sha256: run.manifestSha256, rows: 1 };
  return { ...run, outputs: [{ name: 'students', ...about, deliveredAt: run.finishedAt }] };
}

const GONE: readonly string[] = ['1', 'Moss', 'left'];

function link(from: string, to: string): MemoryEntry {
  return { kind: 'link', file: 'students', from, to };
}

/** The nights whose file had the student in it, by what each night said beside the opening of the file. */
const SENT: readonly [what: string, nights: readonly (readonly MemoryEntry[])[], sent: string][] = [
  ['one who stays as they are', [[recordEntry('1')], [], []], '01 02 03'],
  ['one who goes, without a last row', [[recordEntry('1')], [removedEntry('1')], []], '01'],
  ['one who goes, with a last row', [[recordEntry('1')], [removedEntry('1', GONE)], []], '01 02'],
  ['a temporary id that became another', [[recordEntry('T1')], [link('T1', '1')], []], '01 02 03'],
  [
    'a temporary id that became one already known',
    [[recordEntry('1'), recordEntry('T1')], [link('T1', '1')], []],
    '01 02 03',
  ],
  [
    'a temporary id that had gone before it became another',
    [[recordEntry('T1')], [removedEntry('T1', GONE)], [link('T1', '1')], []],
    '01 02',
  ],
  [
    'a temporary id that became one who had gone',
    [[recordEntry('1')], [removedEntry('1', GONE)], [recordEntry('T1')], [link('T1', '1')], []],
    '01 02 03',
  ],
  [
    'one id after the other in one night, of one who had gone',
    [[recordEntry('T1')], [removedEntry('T1', GONE)], [link('T1', 'T2'), link('T2', '1')], []],
    '01 02',
  ],
  [
    'one who had gone before the id became another, and came back',
    [[recordEntry('T1')], [removedEntry('T1', GONE)], [link('T1', '1'), recordEntry('1', 'reactivated')], []],
    '01 02 03 04',
  ],
];

export function disclosuresOf(ledger: () => Ledger): void {
  for (const [what, nights, sent] of SENT)
    it(`names the nights whose file had the student in it: ${what}`, async () => {
      for (const [at, entries] of nights.entries())
        await ledger().apply(sending(at + 1), told(fileEntry(), ...entries));
      const found = await ledger().disclosures('1', {});
      expect(found.map(({ run }) => run.businessDate.slice(-2)).join(' ')).to.equal(sent);
    });
}
