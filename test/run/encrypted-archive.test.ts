import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { verifyArchive } from '../../src/archive/verify-archive.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { openLedger } from '../../src/ledger/open-ledger.ts';
import { openQuestions } from '../../src/run/deciding/review-run.ts';
import { purgeConnection } from '../../src/run/purging/purge-connection.ts';
import { rebuildFromArchive } from '../../src/run/rebuild-from-archive.ts';
import { findArchivedRun } from '../../src/run/replaying/replay-archived.ts';
import { replayRun } from '../../src/run/replaying/replay-run.ts';
import { runConnection } from '../../src/run/run-connection.ts';
import { catchUp } from '../../src/run/sealed-memory.ts';
import { makeAgePair } from '../builders/keys.ts';
import { CONNECTION, makeProject, NOW_MS, type Project } from '../builders/project.ts';
import { faultOf } from '../doubles/fault-of.ts';

const CANARY = 'Zzcanary';
const HEADER = 'ID,Last,First,DOB,Gender,School,Grade,Status\n';
const night = (first: string) =>
  `${HEADER}004711,${CANARY},${first},3/9/2015,F,410,6,A\n004712,${CANARY},Broken,13/45/2015,F,410,6,A\n`;

describe('runs with an encrypted archive', () => {
  let project: Project;
  let archive: string;
  beforeEach(async () => {
    const { identity, recipient } = await makeAgePair();
    const service = `archive: { path: archive, encrypt: { age: ${recipient} }, decrypt: { age: file:key.txt } }\n`;
    project = await makeProject({
      service,
      connection: CONNECTION.replace('max_rejected: 100%', 'max_rejected: 100%, max_updated: 100%'),
    });
    archive = join(project.folder, 'archive');
    await writeFile(join(project.folder, 'key.txt'), `${identity}\n`, { mode: 0o600 });
  });
  afterEach(() => project.remove());

  const carry = async (first: string) => {
    await project.drop({ 'students.csv': night(first) });
    return project.carry();
  };
  const withoutKey = () => rm(join(project.folder, 'key.txt'), { force: true });

  it('go on from night to night without the identity, and leave no value plain but in the ledger', async () => {
    const key = await readFile(join(project.folder, 'key.txt'), 'utf8');
    await withoutKey();
    const first = await carry('Ann');
    const { report, folder } = await carry('Bea');
    expect([first.report.totals.students?.created, report.totals.students?.updated]).to.deep.equal([1, 1]);
    expect((await verifyArchive(archive)).problems).to.deep.equal([]);
    expect(await project.names(join(archive, '.open'))).to.deep.equal([]);
    for (const entry of await readdir(archive, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || entry.name.startsWith('ledger.')) continue;
      const bytes = await readFile(join(entry.parentPath, entry.name));
      expect(bytes.includes(CANARY), entry.name).to.equal(false);
      expect(bytes.includes(key.trim()), entry.name).to.equal(false);
    }
    expect(await project.names(folder)).to.include.members([
      'changes.csv.age',
      'report.html.age',
      'report.json',
    ]);
  });

  it('can be rebuilt and replayed with the identity, and say what is missing without it', async () => {
    const { report } = await carry('Ann');
    const { report: second, folder } = await carry('Bea');
    const ledger = { type: 'sqlite' as const, path: join(project.folder, 'fresh.sqlite') };
    await project.withTools(async (connection, tools) => {
      const unseal = tools.sealing?.unseal;
      await rebuildFromArchive(archive, ledger, unseal);
      await using fresh = await openLedger(ledger);
      expect((await fresh.history('004711', connection.name)).map(({ run }) => run.id)).to.have.members([
        report.run.id,
        second.run.id,
      ]);
      await using archived = await findArchivedRun(archive, second.run.id, unseal);
      const answer = await replayRun({ archived, connection, ledger }, tools);
      expect([answer.now.error?.code, answer.isIdentical]).to.deep.equal([undefined, true]);
      expect((await openQuestions(second, folder, tools)).asked).to.deep.equal([]);
    });
    expect(await project.names(join(archive, '.open'))).to.deep.equal([]);
    const blind = { ...ledger, path: join(project.folder, 'blind.sqlite') };
    expect((await faultOf(rebuildFromArchive(archive, blind))).code).to.equal('archive_key_missing');
    expect((await faultOf(findArchivedRun(archive, second.run.id))).code).to.equal('archive_key_missing');
  });

  it('are purged, and what they taught stays readable with the identity', async () => {
    await carry('Ann');
    const { report } = await carry('Bea');
    const later = NOW_MS + 10 * 86_400_000;
    const retention = { files: '2d', reports: '7y', hold: [] };
    const ledger = { type: 'sqlite' as const, path: join(project.folder, 'fresh.sqlite') };
    await project.withTools(async ({ name: connection }, tools) => {
      const clock = { ...tools.clock, now: () => later };
      await purgeConnection({ connection, retention, by: 'kim', dryRun: false }, { ...tools, clock });
      expect((await verifyArchive(archive)).problems).to.deep.equal([]);
      await rebuildFromArchive(archive, ledger, tools.sealing?.unseal);
      await using fresh = await openLedger(ledger);
      expect((await fresh.history('004711', connection)).map(({ run }) => run.id)).to.include(report.run.id);
    });
    for (const entry of await readdir(archive, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || entry.name.startsWith('ledger.')) continue;
      expect((await readFile(join(entry.parentPath, entry.name))).includes(CANARY), entry.name).to.equal(
        false,
      );
    }
    expect(await project.names(join(archive, '.open'))).to.deep.equal([]);
  });

  it('tell the ledger after a crash what the last run taught, without the identity', async () => {
    await carry('Ann');
    await withoutKey();
    await project.drop({ 'students.csv': night('Bea') });
    const fault = await project.withTools(async (connection, tools) => {
      const told = await tools.ledger();
      // A power cut right when the ledger is to be told.
      const ledger: Ledger = Object.assign(Object.create(told), {
        apply: async () => {
          throw new Error('power cut');
        },
      });
      const request = { connection, trigger: 'manual' as const, dryRun: false };
      return runConnection(request, { ...tools, ledger: async () => ledger }).catch(String);
    });
    expect(fault).to.equal('Error: power cut');
    const aside = (await project.names(join(archive, '.open'))).filter((name) => name.endsWith('.plain'));
    expect(aside).to.have.length(1);
    await project.withTools(async (connection, tools) => {
      const ledger = await tools.ledger();
      await catchUp(ledger, archive, connection.name);
      const entries = await ledger.history('004711', connection.name);
      expect(entries.flatMap(({ fields }) => fields.map(({ after }) => after))).to.include('Bea');
    });
    expect(await project.names(join(archive, '.open'))).to.deep.equal([]);
  });
});
