import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { buildReport } from '../../src/report/build-report.ts';
import type { OpenRun } from '../../src/run/open-run.ts';
import { readReport } from '../../src/run/read-report.ts';
import { writeReport } from '../../src/run/write-report.ts';
import { sampleFacts } from '../report/sample-facts.ts';

const HEADER = 'file,row,line,student_id,field,code,message,value\r\n';

describe('run/write-report', () => {
  let path = '';
  beforeEach(async () => {
    path = await mkdtemp(join(tmpdir(), 'rosterferry-report-'));
  });
  afterEach(() => rm(path, { recursive: true }));

  /** Only the folder of a run is asked for. */
  const openRun = () =>
    ({
      folder: { path, mapping: join(path, 'mapping'), archive: path },
      record: { facts: sampleFacts().run },
    }) as unknown as OpenRun;

  const unreadable: [what: string, content: string][] = [
    ['is empty, as after a full disk', ''],
    ['ends in the middle of a row', `${HEADER}students,1,2,1,f,bad_date,"The val`],
  ];
  for (const [what, content] of unreadable) {
    it(`reports why a run failed, although exceptions.csv ${what}`, async () => {
      await writeFile(join(path, 'exceptions.csv'), content);
      const error = { code: 'local_io', message: 'No space is left.', hint: 'Make room.' };
      await writeReport(openRun(), buildReport(sampleFacts({ outcome: 'failed', error })));
      expect((await readReport(path)).error?.message).to.equal('No space is left.');
      const page = await readFile(join(path, 'report.html'), 'utf8');
      expect(page).to.include('No space is left. Make room.');
      expect(page).to.include('none of them could be read there');
    });
  }

  it('shows the exceptions of a run', async () => {
    await writeFile(
      join(path, 'exceptions.csv'),
      `${HEADER}students,7,9,00123,students.DOB,bad_date,m,x\r\n`,
    );
    await writeReport(openRun(), buildReport(sampleFacts()));
    expect(await readFile(join(path, 'report.html'), 'utf8')).to.include('<span class="value">00123</span>');
  });
});
