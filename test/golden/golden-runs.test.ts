/**
 * Whole runs compared byte for byte. A case is a folder: configuration, mappings, `inbound`, and what must come of it in `expected`.
 * UPDATE_GOLDEN=1 writes `expected` anew; what then differs is to be read line by line before it is kept.
 */
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { verifyPath } from '../../src/archive/verify-archive.ts';
import { readTable } from '../../src/parse/read-table.ts';
import type { Report } from '../../src/report/schema.ts';
import type { Project } from '../builders/project.ts';
import { type Night, readExpected, runCase, writeExpected } from './run-case.ts';

const UPDATES = process.env.UPDATE_GOLDEN === '1';
const CASES = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .toSorted();

describe('golden runs', () => {
  for (const name of CASES)
    it(name.replaceAll('-', ' '), () =>
      runCase(join(import.meta.dirname, name), async (night, expected, project) => {
        if (UPDATES) await writeExpected(expected, night.files);
        await expectSame(night.files, await readExpected(expected));
        await expectSound(night, project);
      }),
    );
});

async function expectSame(found: Night['files'], expected: Night['files']): Promise<void> {
  expect([...found.keys()].toSorted()).to.deep.equal([...expected.keys()].toSorted());
  for (const [path, bytes] of expected) {
    // As text first, because its difference can be read; then byte for byte, because text hides some.
    expect(found.get(path)?.toString(), path).to.equal(bytes.toString());
    expect(found.get(path)?.equals(bytes), `the bytes of ${path}`).to.equal(true);
  }
}

/** What holds for every run, whatever is expected of this one: counted here by another way than the run counts. */
async function expectSound({ report, folder, files }: Night, project: Project): Promise<void> {
  const isDelivered = report.run.outcome === 'delivered';
  const outputs = isDelivered ? report.outputs : [];
  expect([...files.keys()].filter((path) => path.startsWith('outbound/'))).to.deep.equal(
    // One that has the records of two files stands in the report once for each of them.
    [...new Set(outputs.map(({ file }) => `outbound/${file}`))].toSorted(),
  );
  for (const { file } of outputs)
    expect(await readFile(join(folder, 'outbound', file))).to.deep.equal(files.get(`outbound/${file}`));
  expect((await verifyPath(join(project.folder, 'archive'))).problems).to.deep.equal([]);
  if (report.run.outcome !== 'failed') await expectEachRowOnce(report, folder);
}

async function expectEachRowOnce(report: Report, folder: string): Promise<void> {
  const { rows } = await readTable(join(folder, 'exceptions.csv'));
  for (const { name, file, notices } of report.inputs) {
    const totals = report.totals[name];
    // The students of the other side are read and not carried.
    if (!totals && name === 'sis') continue;
    if (!totals) throw new Error(`${name} has no totals`);
    const excepted = new Set(rows.filter((row) => row.file === file).map(({ row }) => row));
    // A row whose contacts are in the record of another row is carried with it, and nothing is wrong with it.
    const folded = notices?.find(({ code }) => code === 'rows_folded')?.message.match(/^\d+/);
    const lost = totals.read - totals.carried - Number(folded?.[0] ?? 0);
    expect(excepted.size, `rows of ${file} in exceptions.csv`).to.equal(lost);
  }
}
