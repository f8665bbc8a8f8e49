import fsp, { rm } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { expect } from 'chai';
import { CONNECTION, makeProject, type Project, STUDENTS_MAPPING } from '../../builders/project.ts';

const HEADER = 'ID,Last,First,DOB,Gender,Status,School,Grade\n';
const SAFEGUARDS =
  'safeguards: { max_rejected: 100%, max_updated: 100%, max_removed: 100%, max_created: 100% }';
const GONE = 'reconcile: { removed: { deactivate: { gender: gone } } }';

interface Way {
  file?: string;
  /** More of what the mapping says of it. */
  write?: string;
  reconcile?: string;
}

/** Nights of 60 students. */
const row = (id: number, { last = `Last${id}`, born = '5/1/2015' } = {}) =>
  `${id},${last},Ann,${born},F,A,10,5\n`;
const nights: Record<string, (id: number) => string> = {
  first: (id) => row(id),
  'some changed': (id) =>
    ({
      7: row(7, { last: 'Longer than before' }),
      9: row(9, { born: 'never' }),
      11: '',
      20: row(20) + row(20),
    })[id] ?? row(id) + (id === 30 ? row(99) : ''),
  'many changed': (id) => row(id, id % 10 === 0 ? { last: 'Other' } : {}),
};

describe('isMadeInPlace', () => {
  let project: Project | undefined;
  const moved: string[] = [];
  const { rename } = fsp;
  before(() => {
    Object.assign(fsp, {
      rename: (from: string, to: string) => {
        moved.push(from);
        return rename(from, to);
      },
    });
    syncBuiltinESMExports();
  });
  after(() => {
    Object.assign(fsp, { rename });
    syncBuiltinESMExports();
  });
  afterEach(() => project?.remove());

  /** The outbound file of each night, and which of them lie in place of the drafted lines. */
  async function carry({ file = 'students.csv', write = '', reconcile = GONE }: Way) {
    const mapping = STUDENTS_MAPPING.replace('"students_{date}.csv"', `"${file}"${write}`);
    project = await makeProject({
      connection: `${CONNECTION.replace(/safeguards: .*/, SAFEGUARDS)}${reconcile}\n`,
      mappings: { 'students.yaml': mapping },
    });
    const texts: Record<string, string> = {};
    const inPlace: string[] = [];
    for (const [night, rowsOf] of Object.entries(nights)) {
      const rows = Array.from({ length: 60 }, (_, at) => rowsOf(at + 1)).join('');
      await project.drop({ 'students.csv': HEADER + rows });
      moved.length = 0;
      await project.carry();
      if (moved.some((from) => from.endsWith('students.outbound'))) inPlace.push(night);
      for (const name of await project.names(project.outbound)) {
        texts[night] = `${texts[night] ?? ''}${await project.read(join(project.outbound, name))}`;
        await rm(join(project.outbound, name));
      }
    }
    await project.remove();
    project = undefined;
    return { texts, inPlace };
  }

  it('gives the very same file in place and not, and is for nights on which little has changed', async () => {
    const made = await carry({});
    expect(made.inPlace).to.deep.equal(['first', 'some changed']);
    const lines = made.texts['some changed']?.split('\r\n') ?? [];
    expect(lines).to.have.length(1 + 61 + 1);
    expect(lines.filter((line) => /Longer than|^99|^9,|gone/.test(line))).to.deep.equal([
      '7,Longer than before,Ann,2015-05-01,Female',
      '99,Last99,Ann,2015-05-01,Female',
      '9,Last9,Ann,2015-05-01,Female',
      '11,Last11,Ann,2015-05-01,gone',
    ]);
    // The same bytes where they are ASCII, and not copied as they are.
    const copied = await carry({ write: ', encoding: windows-1252' });
    expect(copied.inPlace).to.deep.equal([]);
    expect(copied.texts).to.deep.equal(made.texts);
  });

  it('leaves out the line end of the last record in place too', async () => {
    const ended = await carry({});
    const { texts, inPlace } = await carry({ write: ', final_line_ending: false' });
    expect(inPlace).to.deep.equal(['first', 'some changed']);
    for (const [night, text] of Object.entries(ended.texts)) expect(`${texts[night]}\r\n`).to.equal(text);
  });

  it('is not for files of changes alone, or one a school', async () => {
    expect((await carry({ reconcile: GONE.replace('{ ', '{ deliver: changes, ') })).inPlace).to.deep.equal(
      [],
    );
    expect((await carry({ file: '{school}.csv' })).inPlace).to.deep.equal([]);
  });
});
