import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { verifyPath } from '../../../src/archive/verify-archive.ts';
import { openLedger } from '../../../src/ledger/open-ledger.ts';
import { rebuildLedger } from '../../../src/ledger/rebuild-ledger.ts';
import { listSealedMemory } from '../../../src/run/list-sealed-memory.ts';
import { type PurgeStep, purgeConnection } from '../../../src/run/purging/purge-connection.ts';
import { CONNECTION, makeProject, NOW_MS, type Project } from '../../builders/project.ts';

const HEADER = 'ID,Last,First,DOB,Gender,Status,School,Grade\n';
const DAY_MS = 86_400_000;

/** A drop a day; Bob is gone on the third, and Cid comes on the fourth. */
const DROPS = [
  '1,Lee,Ann,5/1/2015,F,A,10,5\n2,Ray,Bob,5/1/2015,M,A,10,5\n',
  '1,Lee,Anna,5/1/2015,F,A,10,5\n2,Ray,Bob,5/1/2015,M,A,10,5\n',
  '1,Lee,Anna,5/1/2015,F,A,10,5\n',
  '1,Lee,Anna,5/1/2015,F,A,20,5\n3,Fox,Cid,5/1/2015,M,A,10,5\n',
];

const SAFEGUARDS =
  'safeguards: { max_rejected: 100%, max_removed: 100%, max_created: 100%, max_updated: 100%, max_size_change: 1000% }';

let made = 0;

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, Math.min(ms, 5)));

async function makeYear(): Promise<Project & { runs: string[] }> {
  const project = await makeProject({
    connection: CONNECTION.replace(/safeguards: .*/, SAFEGUARDS),
  });
  const runs: string[] = [];
  for (const [day, rows] of DROPS.entries()) {
    await project.drop({ 'students.csv': HEADER + rows });
    const { report } = await project.carry({}, { clock: clockAt(day) });
    runs.push(report.run.id);
  }
  return { ...project, runs };
}

function clockAt(day: number) {
  return { now: () => NOW_MS + day * DAY_MS + made++, monotonicMs: () => performance.now(), sleep };
}

function purge(project: Project, day: number, about: object = {}, afterStep?: (step: PurgeStep) => void) {
  const retention = { files: '2d', reports: '7y', hold: [] };
  return project.withTools((_, tools) =>
    purgeConnection(
      { connection: 'north', retention, by: 'kim', dryRun: false, ...about },
      { ...tools, clock: clockAt(day) },
      afterStep,
    ),
  );
}

async function dumpsOf(project: Project): Promise<{ live: string[]; rebuilt: string[] }> {
  const archive = join(project.folder, 'archive');
  const path = join(project.folder, `rebuilt-${made++}.sqlite`);
  await rebuildLedger({ type: 'sqlite', path }, listSealedMemory(archive));
  const dump = async (at: string) => {
    await using ledger = await openLedger({ type: 'sqlite', path: at });
    return await Array.fromAsync(ledger.dump());
  };
  return { live: await dump(join(archive, 'ledger.sqlite')), rebuilt: await dump(path) };
}

async function textOfArchive(project: Project): Promise<string> {
  const root = join(project.folder, 'archive');
  const files = (await readdir(root, { recursive: true, withFileTypes: true })).filter(
    (one) => one.isFile() && !one.name.startsWith('ledger.sqlite'),
  );
  const texts = await Promise.all(files.map((one) => readFile(join(one.parentPath, one.name), 'latin1')));
  return texts.join('\n');
}

/** All of them at night; the worst two always. */
const STOPS: PurgeStep[] = process.env.NIGHTLY
  ? ['finished_earlier', 'written', 'sealed', 'destroying', 'destroyed']
  : ['sealed', 'destroying'];

describe('run/purging/purge-connection', () => {
  it('destroys what is older than its retention, and nothing else; verify and rebuild know', async () => {
    const project = await makeYear();
    const archive = join(project.folder, 'archive');
    // On the fifth day the runs of the first two are older than two days.
    const { plan, filesDestroyed, purge: id } = await purge(project, 4);
    expect(plan.runs.map(({ run }) => run)).to.deep.equal(project.runs.slice(0, 2));
    expect(filesDestroyed).to.be.greaterThan(8);
    const left = (run: string) => project.names(join(archive, 'north/2026/11', run));
    expect(await left(project.runs[0] ?? '')).to.include.members([
      'report.json',
      'report.html',
      'manifest.json',
    ]);
    expect(await left(project.runs[0] ?? '')).to.not.include.members(['memory.ndjson']);
    const verified = await verifyPath(archive);
    expect(verified.problems).to.deep.equal([]);
    expect(verified.purges).to.have.length(1);
    expect(verified.purges[0]).to.deep.include({
      purge: id,
      by: 'kim',
      rules: ['retain.files 2d'],
      runs: 2,
      left: 0,
    });
    const { live, rebuilt } = await dumpsOf(project);
    expect(rebuilt).to.deep.equal(live);
    await project.remove();
  });

  it('leaves no value of a student who is gone anywhere, in due time, and the fact that they were sent', async () => {
    const project = await makeYear();
    await purge(project, 6);
    await project.withTools(async (_, tools) => {
      const ledger = await tools.ledger();
      const bob = await ledger.history('2');
      expect(bob.map(({ change }) => change)).to.deep.equal(['created', 'removed']);
      expect(JSON.stringify(bob)).to.not.include('Bob');
      const sent = await ledger.disclosures('2', {});
      expect(sent.map(({ run }) => run.id)).to.deep.equal(project.runs.slice(0, 2));
      expect(sent[0]?.fields).to.include('first_name');
      expect(sent[0]?.run.recipient).to.deep.equal({ title: 'north', destination: project.outbound });
      const ann = await ledger.delivered('north', 'students');
      expect((await ann.fetch(['1'])).get('1')?.values).to.include('Anna');
    });
    const lines = (await dumpsOf(project)).live.join('\n');
    expect(lines).to.not.include('Bob');
    expect(await textOfArchive(project)).to.not.match(/Ray[",\\]/);
    await project.remove();
  });

  it('keeps what a hold names, and says why', async () => {
    const project = await makeYear();
    const hold = [{ from: '2026-11-22', to: '2026-11-22', reason: 'a case' }];
    const { plan } = await purge(project, 4, { retention: { files: '2d', reports: '2d', hold } });
    expect(plan.held).to.deep.equal([{ run: project.runs[0], reason: 'a case' }]);
    expect(plan.runs.map(({ run }) => run)).to.deep.equal([project.runs[1]]);
    expect((await verifyPath(join(project.folder, 'archive'))).problems).to.deep.equal([]);
    const { live, rebuilt } = await dumpsOf(project);
    expect(rebuilt).to.deep.equal(live);
    await project.remove();
  });

  it('changes nothing in a dry run, and goes on from one purge to the next', async () => {
    const project = await makeYear();
    const dry = await purge(project, 4, { dryRun: true });
    expect(dry.purge).to.equal(undefined);
    expect((await verifyPath(join(project.folder, 'archive'))).purges).to.deep.equal([]);
    for (const day of [3, 4, 5, 6]) await purge(project, day);
    expect((await purge(project, 6)).purge).to.equal(undefined);
    const verified = await verifyPath(join(project.folder, 'archive'));
    expect(verified.problems).to.deep.equal([]);
    expect(verified.purges).to.have.length(4);
    const { live, rebuilt } = await dumpsOf(project);
    expect(rebuilt).to.deep.equal(live);
    await project.drop({ 'students.csv': `${HEADER}${DROPS[3]}` });
    expect((await project.carry({}, { clock: clockAt(7) })).report.totals.students).to.include({
      unchanged: 2,
    });
    await project.remove();
  });

  it('refuses to destroy what is not as it was sealed', async () => {
    const project = await makeYear();
    await rm(join(project.folder, 'archive/north/2026/11', project.runs[0] ?? '', 'changes.csv'));
    const fault = await purge(project, 4).catch((thrown) => thrown);
    expect(fault.code).to.equal('archive_altered');
    expect((await verifyPath(join(project.folder, 'archive'))).purges).to.deep.equal([]);
    await project.remove();
  });

  for (const stop of STOPS)
    it(`is finished by the next one where it broke off after "${stop}"`, async () => {
      const project = await makeYear();
      const archive = join(project.folder, 'archive');
      const fault = await purge(project, 4, {}, (step) => {
        if (step === stop) throw new Error('pulled the plug');
      }).catch((thrown) => thrown);
      expect(String(fault)).to.include('pulled the plug');
      const between = await verifyPath(archive);
      expect(between.problems).to.deep.equal([]);
      if (stop === 'sealed' || stop === 'destroying') expect(between.purges[0]?.left).to.be.greaterThan(0);
      await purge(project, 4);
      const verified = await verifyPath(archive);
      expect(verified.problems).to.deep.equal([]);
      expect(verified.purges.map(({ left, runs }) => [left, runs])).to.deep.equal([[0, 2]]);
      const { live, rebuilt } = await dumpsOf(project);
      expect(rebuilt).to.deep.equal(live);
      await project.remove();
    });
});
