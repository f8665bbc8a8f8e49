import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect } from 'chai';
import { verifyPath } from '../../src/archive/verify-archive.ts';
import { openDestination } from '../../src/deliver/open-destination.ts';
import { AppError } from '../../src/errors/app-error.ts';
import { lockConnection } from '../../src/ledger/connection-lock.ts';
import { openLogger } from '../../src/log/logger.ts';
import type { RunTools } from '../../src/run/run-tools.ts';
import { openSource } from '../../src/source/open-source.ts';
import { makeProject, type Project } from '../builders/project.ts';

const HEADER = 'ID,Last,First,DOB,Gender,Status,School,Grade\r\n';
const ANN = '1,Lee,Ann,5/1/2015,F,A,10,5\r\n';
const BOB = '2,Diaz,Bob,6/2/2014,M,A,10,6\r\n';
const OLD = '3,Old,Gus,1/1/1990,M,G,10,12\r\n';
const TEEN = '4,Teen,Ivy,1/1/2010,F,I,10,11\r\n';

let project: Project;
async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'none';
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
}

describe('runConnection', () => {
  afterEach(() => project.remove());

  it('carries a drop: delivered file, balanced report, sealed archive, cleared source', async () => {
    project = await makeProject();
    await project.drop({
      'students.csv': HEADER + ANN + BOB + OLD + TEEN,
      'contacts.csv': 'ID,Name\n1,Mum\n1,Dad\n3,Kin\n9,Who\n',
    });
    const { report, folder } = await project.carry();
    expect(await project.read(join(project.outbound, 'students_2026-11-22.csv'))).to.equal(
      'student_id,last_name,first_name,birth_date,gender\r\n1,Lee,Ann,2015-05-01,Female\r\n2,Diaz,Bob,2014-06-02,Male\r\n4,Teen,Ivy,2010-01-01,Female\r\n',
    );
    expect(await project.read(join(project.outbound, 'contacts.csv'))).to.equal(
      'student_id,name\r\n1,Mum\r\n1,Dad\r\n',
    );
    expect(report.run).to.include({ outcome: 'delivered', business_date: '2026-11-22', connection: 'north' });
    expect(report.balanced).to.equal(true);
    expect(report.totals.students).to.include({
      read: 4,
      ineligible: 1,
      carried: 3,
      created: 3,
      delivered: 3,
    });
    expect(report.ineligible.students).to.include({ age: 1 });
    expect(report.totals.contacts).to.include({ read: 4, rejected: 1, ineligible: 1, carried: 2 });
    expect(report.rejected.contacts).to.deep.equal({ orphan: 1 });
    expect(report.outputs.map(({ rows, delivered_at }) => [rows, delivered_at !== ''])).to.deep.equal([
      [3, true],
      [2, true],
    ]);
    expect(await project.names(project.inbound)).to.deep.equal([]);
    expect(await project.names(project.outbound)).to.deep.equal(['contacts.csv', 'students_2026-11-22.csv']);
    expect(await project.names(folder)).to.deep.equal([
      'SHA256SUMS',
      'changes.csv',
      'exceptions.csv',
      'inbound',
      'manifest.json',
      'mapping',
      'memory.ndjson',
      'outbound',
      'report.html',
      'report.json',
    ]);
    execFileSync('sha256sum', ['-c', '--quiet', 'SHA256SUMS'], { cwd: folder });
    expect((await verifyPath(join(project.folder, 'archive'))).problems).to.deep.equal([]);
  });

  it('names every row that was not carried, once, with its line and reason', async () => {
    project = await makeProject();
    const rows = [
      ANN,
      ANN,
      BOB,
      BOB.replace('Bob', 'Rob'),
      OLD,
      '5,X,Y,2/30/2015,F,A,10,5\r\n',
      '6,X,Y,1/1/2015,F,Z,10,5\r\n',
      '7,X,Y,1/1/2015,F,,10,5\r\n',
      '8,X\r\n',
      ',X,Y,1/1/2015,F,A,10,5\r\n',
    ];
    await project.drop({ 'students.csv': HEADER + rows.join('') });
    const { report, folder } = await project.carry();
    const exceptions = await project.read(join(folder, 'exceptions.csv'));
    expect(
      exceptions
        .split('\r\n')
        .slice(1, -1)
        .map((line) => line.split(',').slice(1, 6).join(' ')),
    ).to.deep.equal([
      '2 3 1  duplicate',
      '3 4 2  conflicting_duplicate',
      '4 5 2  conflicting_duplicate',
      '5 6 3  age',
      '6 7 5 birth_date bad_date',
      '7 8 6 identity.status unknown_status',
      '8 9 7 identity.status blank_status',
      '9 10 8  field_count',
      '10 11  identity.id blank_id',
    ]);
    expect(report.totals.students).to.include({
      read: 10,
      rejected: 7,
      duplicate: 1,
      ineligible: 1,
      carried: 1,
    });
    expect(report.balanced).to.equal(true);
  });

  it('reads a drop again that is left at the source, and leaves it alone where only new drops are wanted', async () => {
    project = await makeProject();
    const yaml = await project.read(join(project.folder, 'rosterferry.yaml'));
    const { writeFile } = await import('node:fs/promises');
    await writeFile(
      join(project.folder, 'rosterferry.yaml'),
      yaml.replace('quiet: 1ms } }', 'quiet: 1ms }, after: leave }'),
    );
    await project.drop({ 'students.csv': HEADER + ANN });
    await project.carry();
    expect(await project.names(project.inbound)).to.deep.equal(['students.csv']);
    const again = await project.run({ onlyNew: true });
    expect(again.kind === 'no_drop' && again.found.state).to.equal('carried_before');
    expect((await project.carry()).report.run.outcome).to.equal('delivered');
    await project.drop({ 'students.csv': HEADER + ANN + BOB });
    expect((await project.run({ onlyNew: true })).kind).to.equal('ran');
  });

  it('writes a dry run beside the archive and touches nothing else', async () => {
    project = await makeProject();
    await project.drop({ 'students.csv': HEADER + ANN });
    const { report, folder } = await project.carry({ dryRun: true });
    expect(report.run.outcome).to.equal('dry_run');
    expect(folder).to.include(join('archive', '.dry'));
    expect(await project.names(join(folder, 'outbound'))).to.deep.equal(['students_2026-11-22.csv']);
    expect(await project.names(project.outbound)).to.deep.equal([]);
    expect(await project.names(project.inbound)).to.deep.equal(['students.csv']);
    expect((await project.carry()).report.run.outcome).to.equal('delivered');
  });

  it('holds a run that breaches a safeguard, delivers nothing, and lets no other begin', async () => {
    project = await makeProject();
    const yaml = await project.read(join(project.folder, 'rosterferry.yaml'));
    const { writeFile } = await import('node:fs/promises');
    await writeFile(
      join(project.folder, 'rosterferry.yaml'),
      yaml.replace('max_rejected: 100%', 'max_rejected: 5%'),
    );
    await project.drop({ 'students.csv': `${HEADER + ANN}8,X\r\n` });
    const { report, folder } = await project.carry();
    expect(report.run.outcome).to.equal('held');
    expect(report.safeguards.find(({ name }) => name === 'max_rejected')).to.include({
      limit: '5%',
      value: '50%',
      breached: true,
    });
    expect(folder).to.include(join('archive', '.open'));
    expect(await project.names(project.outbound)).to.deep.equal([]);
    expect(await codeOf(project.run())).to.equal('open_run');
    expect((await project.carry({ dryRun: true })).report.run.outcome).to.equal('dry_run');
  });

  it('answers that nothing is there, or that a file is missing', async () => {
    project = await makeProject();
    const none = await project.run();
    expect(none.kind === 'no_drop' && none.found.state).to.equal('none');
    await project.drop({ 'contacts.csv': 'ID,Name\n1,Mum\n' });
    const waiting = await project.run();
    expect(
      waiting.kind === 'no_drop' && waiting.found.state === 'waiting' && waiting.found.missing,
    ).to.deep.equal(['students']);
  });

  it('delivers no file where nothing is carried, and says so', async () => {
    project = await makeProject();
    await project.drop({ 'students.csv': HEADER + OLD });
    const { report } = await project.carry();
    expect([report.run.outcome, report.outputs, report.balanced]).to.deep.equal([
      'nothing_to_deliver',
      [],
      true,
    ]);
    expect(await project.names(project.outbound)).to.deep.equal([]);
  });

  it('takes files by name, without looking at the source', async () => {
    project = await makeProject();
    await project.drop({ 'other.csv': HEADER + ANN });
    const named = new Map([['students', join(project.inbound, 'other.csv')]]);
    const { report } = await project.carry({ named });
    expect([report.run.outcome, report.inputs[0]?.file]).to.deep.equal(['delivered', 'other.csv']);
    expect(await project.names(project.inbound)).to.deep.equal(['other.csv']);
    expect(await codeOf(project.run({ named: new Map([['contacts', 'x.csv']]) }))).to.equal('usage');
    expect(
      await codeOf(project.run({ named: new Map([['students', join(project.folder, 'none.csv')]]) })),
    ).to.equal('input_missing');
    expect(await project.names(join(project.folder, 'archive', '.open'))).to.deep.equal([]);
  });

  it('holds one session at a time: some hosts allow no second one', async () => {
    project = await makeProject();
    await project.drop({ 'students.csv': HEADER + ANN });
    let open = 0;
    let most = 0;
    const counted = async <Session extends { close(): Promise<void> }>(
      session: Session,
    ): Promise<Session> => {
      most = Math.max(most, ++open);
      const close = session.close.bind(session);
      session.close = async () => {
        open--;
        await close();
      };
      return session;
    };
    const { report } = await project.carry(
      {},
      {
        openSource: async ({ settings: { source } }) => counted(await openSource(source, undefined)),
        openDestination: async ({ settings: { destination } }) =>
          counted(await openDestination(destination, undefined)),
      },
    );
    expect([report.run.outcome, open, most]).to.deep.equal(['delivered', 0, 1]);
  });

  describe('a destination that cannot be reached', () => {
    const unreachable = {
      openDestination: () => Promise.reject(new AppError('host_unreachable', 'nobody answers')),
    };

    /** It answers when it is asked before the drop is taken, and no more. */
    const goneSince = () => {
      let asked = 0;
      const openFirst: RunTools['openDestination'] = ({ settings: { destination } }) =>
        asked++ === 0 ? openDestination(destination, undefined) : unreachable.openDestination();
      return { openDestination: openFirst };
    };

    for (const trigger of ['manual', 'watch'] as const)
      it(`leaves the drop at the source, trigger ${trigger}`, async () => {
        project = await makeProject();
        await project.drop({ 'students.csv': HEADER + ANN });
        expect(await codeOf(project.run({ trigger }, unreachable))).to.equal('host_unreachable');
        expect(await project.names(project.inbound)).to.deep.equal(['students.csv']);
        expect(await project.names(join(project.folder, 'archive/.open'))).to.deep.equal([]);
        expect((await project.carry({ trigger })).report.run.outcome).to.equal('delivered');
      });

    it('fails the run of a person at once where it is gone since; the drop stays whole', async () => {
      project = await makeProject();
      await project.drop({ 'students.csv': HEADER + ANN });
      const { report, folder } = await project.carry({}, goneSince());
      expect([report.run.outcome, report.error?.code]).to.deep.equal(['failed', 'host_unreachable']);
      expect(await project.read(join(folder, 'inbound/students.csv'))).to.equal(HEADER + ANN);
    });

    it('keeps the run of the daemon open where it is gone since, and the next look delivers it', async () => {
      project = await makeProject();
      await project.drop({ 'students.csv': HEADER + ANN });
      expect(await codeOf(project.run({ trigger: 'watch' }, goneSince()))).to.equal('host_unreachable');
      expect(await project.names(project.inbound)).to.deep.equal(['students.csv']);
      const next = await project.run({ trigger: 'watch' });
      expect(next.kind).to.equal('no_drop');
      expect(await project.names(project.outbound)).to.deep.equal(['students_2026-11-22.csv']);
      expect(await project.names(project.inbound)).to.deep.equal([]);
      expect(await project.names(join(project.folder, 'archive/north/2026/11'))).to.have.length(1);
    });
  });

  it('names the interrupted run that it finished, also where nothing more can be done', async () => {
    project = await makeProject();
    await project.drop({ 'students.csv': HEADER + ANN });
    let asked = 0;
    const goneSince: RunTools['openDestination'] = ({ settings: { destination } }) =>
      asked++ === 0
        ? openDestination(destination, undefined)
        : Promise.reject(new AppError('host_unreachable', 'nobody answers'));
    await codeOf(project.run({ trigger: 'watch' }, { openDestination: goneSince }));
    const warned: { outcome?: string }[] = [];
    const warn = (fields: { outcome?: string }) => warned.push(fields);
    const logger = Object.assign(openLogger('silent'), { warn });
    const openNone = () => Promise.reject(new AppError('source_missing', 'the folder is gone'));
    expect(await codeOf(project.run({}, { logger, openSource: openNone }))).to.equal('source_missing');
    expect(warned.flatMap(({ outcome }) => outcome ?? [])).to.deep.equal(['delivered']);
  });

  it('runs a connection once at a time', async () => {
    project = await makeProject();
    using _lock = lockConnection(join(project.folder, 'archive'), 'north');
    expect(await codeOf(project.run())).to.equal('already_running');
  });

  it('counts the school year and ages from the business date', async () => {
    project = await makeProject();
    await project.drop({ 'students.csv': HEADER + TEEN });
    const { report } = await project.carry({ businessDate: '2032-10-01' });
    expect(report.ineligible.students).to.include({ age: 1 });
    expect(report.run.business_date).to.equal('2032-10-01');
  });
});
