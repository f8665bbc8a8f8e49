import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { DistrictContents, ExpectedChanges } from '../../src/sample/contents.ts';
import type { DistrictOptions } from '../../src/sample/district.ts';
import { writeNight } from '../../src/sample/write-district.ts';
import { type Cells, cell, type Judgement, judgeStudents, readRows } from './read-district.ts';

const OPTIONS = { seed: 7, students: 3000, night: 0, businessDate: '2026-11-22' } as const;
const CUT_OFF = '2026-09-01';

describe('write-district', () => {
  let folder: string;
  const nights: { path: string; contents: DistrictContents; judged: Judgement }[] = [];

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'rosterferry-sample-'));
    for (const night of [0, 1] as const) {
      const path = join(folder, String(night));
      const contents = await writeNight(path, { ...OPTIONS, night });
      nights.push({ path, contents, judged: judgeStudents(path, CUT_OFF) });
    }
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  function night(number: 0 | 1) {
    const found = nights[number];
    if (!found) throw new Error('not written');
    return found;
  }

  async function bytesOf(name: string, options: Partial<DistrictOptions>): Promise<string[]> {
    const path = join(folder, name);
    await writeNight(path, { ...OPTIONS, students: 400, ...options });
    return ['students.csv', 'contacts.csv'].map((file) =>
      createHash('sha256')
        .update(readFileSync(join(path, file)))
        .digest('hex'),
    );
  }

  it('writes the same bytes for the same options, and others for another seed', async () => {
    const first = await bytesOf('a', {});
    expect(await bytesOf('b', {})).to.deep.equal(first);
    const other = await bytesOf('c', { seed: 8 });
    expect(other[0]).to.not.equal(first[0]);
    expect(other[1]).to.not.equal(first[1]);
  });

  it('leaves the two files under their names and nothing else, and says how large they are', () => {
    const { path, contents } = night(0);
    expect(readdirSync(path).sort()).to.deep.equal(['contacts.csv', 'students.csv']);
    expect(statSync(join(path, 'students.csv')).size).to.equal(contents.students.bytes);
    expect(statSync(join(path, 'contacts.csv')).size).to.equal(contents.contacts.bytes);
  });

  for (const number of [0, 1] as const) {
    it(`announces what becomes of each student row of night ${number}`, () => {
      const { contents, judged } = night(number);
      const { expected } = contents.students;
      expect(contents.students.rows).to.equal(judged.read);
      expect(expected.read).to.equal(judged.read);
      expect(expected.carried).to.equal(judged.carried.size);
      expect(expected.ineligible).to.equal(judged.ineligible.size);
      expect(expected.duplicate).to.equal(judged.duplicates);
      expect(expected.rejectedBy).to.deep.equal(judged.rejected);
      expect(expected.ineligibleBy).to.deep.equal({ age: judged.ineligible.size });
      expect(expected.rejected + expected.duplicate + expected.ineligible + expected.carried).to.equal(
        judged.read,
      );
    });

    it(`announces what becomes of each contact row of night ${number}`, () => {
      const { path, contents, judged } = night(number);
      const [, ...rows] = readRows(path, 'contacts.csv');
      const carried = rows.filter((row) => judged.carried.has(row[0] ?? '')).length;
      const orphans = rows.filter((row) => !judged.known.has(row[0] ?? '')).length;
      const { expected } = contents.contacts;
      expect(expected.read).to.equal(rows.length);
      expect(expected.carried).to.equal(carried);
      expect(orphans).to.be.above(0);
      expect(expected.rejectedBy).to.deep.equal({ orphan: orphans });
      expect(expected.ineligibleBy).to.deep.equal({ student_not_carried: rows.length - carried - orphans });
      expect(new Set(rows.map((row) => row.length))).to.deep.equal(new Set([10]));
    });
  }

  it('announces what is of age, too old and too young', () => {
    const { contents, judged } = night(0);
    const { active, inactiveOfAge, inactiveTooOld, inactiveTooYoung } = contents.students;
    const carriedActive = [...judged.carried.values()].filter((row) => cell(row, 'Enroll_Status') === '0');
    expect(active).to.equal(carriedActive.length);
    expect(inactiveOfAge).to.equal(judged.carried.size - carriedActive.length);
    expect(inactiveTooOld + inactiveTooYoung).to.equal(judged.ineligible.size);
    for (const count of [inactiveOfAge, inactiveTooOld, inactiveTooYoung]) expect(count).to.be.above(10);
  });

  it('has every kind of broken row, and few enough for the default safeguards', () => {
    for (const { contents } of nights) {
      for (const count of Object.values(contents.students.flaws)) expect(count).to.be.above(0);
      const { rows, expected } = contents.students;
      expect(expected.rejected / rows).to.be.below(0.05);
    }
  });

  it('announces how night 1 differs from night 0', () => {
    const { changes } = night(1).contents;
    expect(changes).to.deep.equal(compareNights(night(0).judged, night(1).judged));
    expect(night(0).contents.changes).to.equal(undefined);
    for (const count of Object.values(changes ?? {})) expect(count).to.be.above(0);
  });

  it('keeps night 1 within the default safeguards', () => {
    const known = night(0).judged.carried.size;
    const changes = night(1).contents.changes;
    expect(changes?.removedAbsent).to.be.below(known * 0.1);
    expect(changes?.created).to.be.below(known * 0.25);
    expect(changes?.updated).to.be.below(known * 0.5);
  });

  it('has nothing broken without mess', async () => {
    const path = join(folder, 'clean');
    const contents = await writeNight(path, { ...OPTIONS, mess: 'none' });
    const judged = judgeStudents(path, CUT_OFF);
    expect(contents.students.expected).to.include({ rejected: 0, duplicate: 0, read: 3000 });
    expect(contents.contacts.expected.rejected).to.equal(0);
    expect(judged.rejected).to.deep.equal({});
  });
});

/** The categories of the comparison, told from the two files alone. */
function compareNights(before: Judgement, after: Judgement): ExpectedChanges {
  const changes = { created: 0, updated: 0, unchanged: 0, transferred: 0, promoted: 0, deactivated: 0 };
  const gone = { removedAbsent: 0, removedIneligible: 0, carriedForward: 0 };
  for (const [id, row] of after.carried) {
    const old = before.carried.get(id);
    changes[old ? classify(old, row) : 'created']++;
  }
  for (const id of before.carried.keys()) {
    if (after.carried.has(id)) continue;
    if (after.ineligible.has(id)) gone.removedIneligible++;
    else if (after.rejectedIds.has(id)) gone.carriedForward++;
    else gone.removedAbsent++;
  }
  return { ...changes, ...gone };
}

function classify(
  old: Cells,
  now: Cells,
): 'deactivated' | 'transferred' | 'promoted' | 'updated' | 'unchanged' {
  if (cell(old, 'Enroll_Status') === '0' && cell(now, 'Enroll_Status') !== '0') return 'deactivated';
  if (cell(old, 'SchoolID') !== cell(now, 'SchoolID')) return 'transferred';
  if (Number(cell(now, 'Grade_Level')) > Number(cell(old, 'Grade_Level'))) return 'promoted';
  return JSON.stringify(old) === JSON.stringify(now) ? 'unchanged' : 'updated';
}
