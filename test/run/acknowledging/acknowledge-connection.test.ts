/** What the importing system answers: read once, matched with its run, sealed, remembered. */
import { appendFile, cp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { newestAcknowledgements } from '../../../src/archive/read-acknowledgements.ts';
import { verifyArchive } from '../../../src/archive/verify-archive.ts';
import {
  type AcknowledgeOrder,
  acknowledgeConnection,
} from '../../../src/run/acknowledging/acknowledge-connection.ts';
import { rebuildFromArchive } from '../../../src/run/rebuild-from-archive.ts';
import type { RunTools } from '../../../src/run/run-tools.ts';
import { CONNECTION, makeProject, type Project } from '../../builders/project.ts';
import { faultOf } from '../../doubles/fault-of.ts';

const ACKNOWLEDGE =
  'acknowledge: { file: "import_result*.csv", id: student_id, status: result, accepted: [OK], message: note, ready: { quiet: 1ms } }\n';
const HEADER = 'ID,Last,First,DOB,Gender,Status,School,Grade\n';
const row = (id: string, last = 'Lee') => `${id},${last},Ann,5/1/2015,F,A,10,5\n`;
const DROP = HEADER + row('1') + row('2') + row('3');
const RESULT = 'student_id,result,note\n1,OK,\n2,ERROR,no such school\n';

describe('what the importing system answers', () => {
  let project: Project;
  beforeEach(async () => {
    project = await makeProject({ connection: CONNECTION + ACKNOWLEDGE });
  });
  afterEach(() => project.remove());

  const answer = (name: string, text: string) => writeFile(join(project.outbound, name), text);
  const read = (order: Partial<AcknowledgeOrder> = {}, some: Partial<RunTools> = {}) =>
    project.withTools((connection, tools) =>
      acknowledgeConnection({ connection, onlyNew: false, ...order }, { ...tools, ...some }),
    );
  const carry = async (drop = DROP) => {
    await project.drop({ 'students.csv': drop });
    return project.carry();
  };
  const archive = () => join(project.folder, 'archive');
  const ledger = () => project.withTools((_, tools) => tools.ledger());
  const refused = async () => (await (await ledger()).answers.refused('north')).map(({ id }) => id);

  it('is matched with its run, counted, sealed and remembered', async () => {
    const { report } = await carry();
    await answer('import_result_1.csv', `${RESULT}9,OK,\n3,,\n,OK,\n`);
    const [taken] = await read();
    expect(taken?.kind).to.equal('read');
    const [record] = await Array.fromAsync(newestAcknowledgements(archive(), 'north'));
    expect(record).to.deep.include({
      run: report.run.id,
      file: 'import_result_1.csv',
      rows: { read: 5, accepted: 1, refused: 1, unclear: 3 },
      students: { accepted: 1, refused: 1 },
      statuses: { OK: 3, ERROR: 1, '': 1 },
      unclear: { unknown_student: 1, blank_status: 1, blank_id: 1 },
      still_refused: 1,
    });
    const about = await (await ledger()).answers.about('2');
    expect(about.map(({ verdict, status, message }) => [verdict, status, message])).to.deep.equal([
      ['refused', 'ERROR', 'no such school'],
    ]);
    expect(await refused()).to.deep.equal(['2']);
    expect((await verifyArchive(archive())).problems).to.deep.equal([]);
  });

  it('names what it cannot understand in exceptions.csv, and keeps the very file', async () => {
    await carry();
    await answer('import_result_1.csv', `${RESULT}"=9",OK,\n`);
    await read();
    const [record] = await Array.fromAsync(newestAcknowledgements(archive(), 'north'));
    const folder = join(archive(), 'north', '2026', '11', record?.acknowledgement ?? '');
    expect(await readFile(join(folder, 'inbound', 'import_result_1.csv'), 'utf8')).to.include('"=9",OK');
    expect((await readFile(join(folder, 'exceptions.csv'), 'utf8')).split('\r\n')[1]).to.equal(
      "import_result_1.csv,3,4,'=9,id,unknown_student,Nothing was ever delivered for a student of this id.,OK",
    );
  });

  it('counts once, also copied again and under another name', async () => {
    await carry();
    await answer('import_result_1.csv', RESULT);
    expect(await read()).to.have.length(1);
    expect(await read()).to.deep.equal([]);
    const late = new Date(Date.now() + 5000);
    await utimes(join(project.outbound, 'import_result_1.csv'), late, late);
    expect((await read()).map(({ kind }) => kind)).to.deep.equal(['read_before']);
    await answer('import_result_2.csv', RESULT);
    expect((await read()).map(({ kind }) => kind)).to.deep.equal(['read_before']);
    expect(await Array.fromAsync(newestAcknowledgements(archive(), 'north'))).to.have.length(1);
  });

  it('answers the next delivery with the same bytes, where they were written after it', async () => {
    await carry();
    await answer('import_result.csv', RESULT);
    await read();
    const { report } = await carry();
    expect(await read(), 'the file of the night before').to.deep.equal([]);
    const late = new Date(Date.now() + 5000);
    await utimes(join(project.outbound, 'import_result.csv'), late, late);
    await read();
    const [last] = await Array.fromAsync(newestAcknowledgements(archive(), 'north'));
    expect(last?.run).to.equal(report.run.id);
  });

  it('says why it cannot be used, once to a daemon and again to a person', async () => {
    await answer('import_result_1.csv', RESULT);
    const why = async (order: Partial<AcknowledgeOrder> = {}) =>
      (await read(order)).map((one) => (one.kind === 'not_used' ? one.error.code : one.kind));
    expect(await why({ onlyNew: true })).to.deep.equal(['answer_unmatched']);
    expect(await why({ onlyNew: true })).to.deep.equal([]);
    await carry();
    await answer('import_result_2.csv', 'student,result\n1,OK\n');
    await answer('import_result_3.csv', 'student_id,result,note\n77,OK,\n');
    expect((await why()).toSorted()).to.deep.equal(['answer_unmatched', 'missing_column', 'read']);
    expect(await project.names(join(archive(), '.open'))).to.deep.equal([]);
  });

  it('is taken for a run that a person names', async () => {
    const first = await carry();
    await carry(HEADER + row('4', 'New') + row('1') + row('2') + row('3'));
    const path = join(project.folder, 'late.csv');
    await writeFile(path, RESULT);
    const [taken] = await read({ named: { path, run: first.report.run.id } });
    expect(taken?.kind === 'read' && taken.acknowledgement.run).to.equal(first.report.run.id);
    const fault = await faultOf(read({ named: { path: join(project.folder, 'nowhere.csv') } }));
    expect(fault.code).to.equal('input_missing');
    const [none] = await read({ named: { path, run: 'nothing' } });
    expect(none?.kind === 'not_used' && none.error.code).to.equal('answer_unmatched');
  });

  it('waits for a file that grows', async () => {
    await carry();
    const path = join(project.outbound, 'import_result.csv');
    await writeFile(path, 'student_id,result,note\n1,OK,\n');
    const { clock } = await project.withTools(async (_, tools) => tools);
    const grows = { ...clock, sleep: () => appendFile(path, '2,ERROR,late\n') };
    let passedMs = 0;
    const monotonicMs = () => (passedMs += 0.1);
    expect(await read({}, { clock: { ...grows, monotonicMs } })).to.deep.equal([]);
    expect(await read()).to.have.length(1);
    expect(await refused()).to.deep.equal(['2']);
  });

  it('is looked for when a run begins, and the next report lists who is refused until they are accepted', async () => {
    await carry();
    await answer('import_result_1.csv', RESULT);
    const { report, folder } = await carry();
    expect(report.notices?.find(({ code }) => code === 'refused')?.message).to.match(/^1 student is refused/);
    expect(await project.read(join(folder, 'refused.csv'))).to.match(
      /^student_id,since,run,status,message\r\n2,2026-11-22T[^,]*,[^,]*,ERROR,no such school\r\n$/,
    );
    await answer('import_result_2.csv', 'student_id,result,note\n2,ok,\n');
    const next = await carry();
    expect(next.report.notices?.some(({ code }) => code === 'refused') ?? false).to.equal(false);
    expect(await project.names(next.folder)).to.not.include('refused.csv');
  });

  it('sends who was refused again when their data changes, also where only changes go out', async () => {
    const yaml = join(project.folder, 'rosterferry.yaml');
    await writeFile(
      yaml,
      (await project.read(yaml)).replace('safeguards:', 'reconcile: { deliver: changes }\n    safeguards:'),
    );
    await carry();
    await answer('import_result_1.csv', RESULT);
    const same = await carry();
    expect(same.report.totals.students?.delivered).to.equal(0);
    const mended = await carry(HEADER + row('1') + row('2', 'Mended') + row('3'));
    const [output] = mended.report.outputs;
    expect(await project.read(join(mended.folder, 'outbound', output?.file ?? ''))).to.include('Mended');
    expect(output?.rows).to.equal(1);
    expect(await refused(), 'until it is accepted').to.deep.equal(['2']);
  });

  it('is no longer listed for a student who is gone', async () => {
    await carry();
    await answer('import_result_1.csv', RESULT);
    await read();
    await carry(HEADER + row('1') + row('3') + row('5') + row('6'));
    const held = await refused();
    expect(held).to.deep.equal(['2']);
    const [open] = await project.names(join(archive(), '.open'));
    await project.decide(open ?? '', { decision: 'approve', by: 'ann' });
    expect(await refused()).to.deep.equal([]);
  });

  it('is known again by a ledger that was made anew', async () => {
    await carry();
    await answer('import_result_1.csv', RESULT);
    await read();
    const dump = async () =>
      (await Array.fromAsync((await ledger()).dump())).filter((line) => !line.includes('"told"'));
    const before = await dump();
    const path = join(project.folder, 'other.sqlite');
    const copy = join(project.folder, 'copy');
    await cp(archive(), copy, { recursive: true, filter: (from) => !from.includes('.locks') });
    const rebuilt = await rebuildFromArchive(copy, { type: 'sqlite', path });
    expect(rebuilt).to.deep.equal([{ connection: 'north', runs: 1, records: 3 }]);
    const { openLedger } = await import('../../../src/ledger/open-ledger.ts');
    await using other = await openLedger({ type: 'sqlite', path });
    expect(await Array.fromAsync(other.dump())).to.deep.equal(before);
  });

  it('is read again where the plug is pulled before it is sealed, and never twice', async () => {
    await carry();
    await answer('import_result_1.csv', RESULT);
    // As a crash does: nobody clears up.
    await project.withTools(async (connection, tools) => {
      const breaks = {
        ...tools,
        get program(): never {
          throw new Error('the plug is pulled');
        },
      };
      await acknowledgeConnection({ connection, onlyNew: true }, breaks).catch(() => undefined);
    });
    expect(await project.names(join(archive(), '.open'))).to.have.length(1);
    expect(await read()).to.have.length(1);
    await rm(join(archive(), '.state', 'north.results.json'));
    expect(
      (await read()).map(({ kind }) => kind),
      'sealed, and not noted',
    ).to.deep.equal(['read_before']);
    expect(await project.names(join(archive(), '.open'))).to.deep.equal([]);
  });
});
