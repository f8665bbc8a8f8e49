import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { verifyPath } from '../../src/archive/verify-archive.ts';
import { asAppError } from '../../src/errors/app-error.ts';
import { openLedger } from '../../src/ledger/open-ledger.ts';
import { rebuildLedger } from '../../src/ledger/rebuild-ledger.ts';
import { listSealedMemory } from '../../src/run/list-sealed-memory.ts';
import { CONNECTION, makeProject, type Project } from '../builders/project.ts';
import { type Ended, rosterferry, rosterferryProcess, startRosterferry } from '../cli/rosterferry.ts';
import { waitForLine } from '../cli/wait-for-line.ts';

const PRELOAD = new URL('./crash-at.ts', import.meta.url).href;
const RUN = ['run', 'north', '--as-of', '2026-11-22'];
const DROP = {
  'students.csv':
    'ID,Last,First,DOB,Gender,Status,School,Grade\n1,Lee,Ann,5/1/2015,F,A,10,5\n2,Diaz,Bob,6/2/2014,M,A,10,6\n3,Old,Gus,1/1/1990,M,G,10,12\n',
  'contacts.csv': 'ID,Name\n1,Mum\n2,Dad\n3,Kin\n',
};
const DELIVERED = {
  'contacts.csv': 'student_id,name\r\n1,Mum\r\n2,Dad\r\n',
  'students_2026-11-22.csv':
    'student_id,last_name,first_name,birth_date,gender\r\n1,Lee,Ann,2015-05-01,Female\r\n2,Diaz,Bob,2014-06-02,Male\r\n',
};
const KILLED = { exit: null, stdout: '', stderr: '' };

/** In the order in which a run comes by them; the first before it has a state. */
const CRASHES = [
  'before state claimed',
  'after state claimed',
  'after state drafted',
  'after state released',
  'after stage 1',
  'before state staged',
  'after state staged',
  'after publish 1',
  'after state delivered',
  'before seal',
  'after seal',
  'after head',
  'after clear 1',
];

/** Close to others, so they are tried at night only. */
const MORE_CRASHES = [
  'after fetch 1',
  'before state drafted',
  'before state released',
  'after stage 2',
  'after publish 2',
  'before state aside',
  'after state aside',
  'before head',
  'before clear 1',
  'after clear 2',
];

let project: Project;

function crash(at: string, env: Record<string, string> = {}, command = RUN): Promise<Ended> {
  const preload = { CRASH_AT: at, NODE_OPTIONS: `--import=${PRELOAD}` };
  return rosterferryProcess(command, { cwd: project.folder, env: { ...preload, ...env } });
}

/** The next run, in this process: a start of another costs more than all of it. */
function runAgain() {
  return project.run({ businessDate: '2026-11-22' });
}

function sealedRuns(): Promise<string[]> {
  return project.names(join(project.folder, 'archive/north/2026/11'));
}

function openRuns(): Promise<string[]> {
  return project.names(join(project.folder, 'archive/.open'));
}

/** Everything is as if nothing had happened. */
async function expectWhole(delivered: Record<string, string> = DELIVERED): Promise<void> {
  const { folder, inbound, outbound } = project;
  expect(await project.names(outbound)).to.deep.equal(Object.keys(delivered));
  for (const [name, text] of Object.entries(delivered))
    expect(await project.read(join(outbound, name))).to.equal(text);
  expect(await project.names(inbound)).to.deep.equal([]);
  await expectSealedOnce('delivered');
  await expectRemembered();
  const names = await readdir(folder, { recursive: true });
  expect(names.filter((name) => /\.part$|\.tmp$|state\.json$|\/work$|\.open\/./.test(name))).to.deep.equal(
    [],
  );
}

/** The ledger knows the run once, and what it knows is what the archive tells. */
async function expectRemembered(): Promise<void> {
  await project.withTools(async (_connection, tools) => {
    const ledger = await tools.ledger();
    expect((await ledger.generation('north')).runs).to.equal(1);
    const views = [await ledger.delivered('north', 'students'), await ledger.delivered('north', 'contacts')];
    expect(views.map(({ count }) => count)).to.deep.equal([2, 2]);
    const fresh = join(project.folder, 'rebuilt.sqlite');
    await rebuildLedger({ type: 'sqlite', path: fresh }, listSealedMemory(tools.archivePath));
    await using rebuilt = await openLedger({ type: 'sqlite', path: fresh });
    expect(await Array.fromAsync(rebuilt.dump())).to.deep.equal(await Array.fromAsync(ledger.dump()));
  });
}

async function expectSealedOnce(outcome: string): Promise<void> {
  const [run = '', ...more] = await sealedRuns();
  expect(more, 'more than one sealed run').to.deep.equal([]);
  const sealed = join(project.folder, 'archive/north/2026/11', run);
  const report = JSON.parse(await readFile(join(sealed, 'report.json'), 'utf8'));
  expect(report.run.outcome).to.equal(outcome);
  if (outcome === 'delivered') {
    expect(report.totals.students).to.include({ read: 3, ineligible: 1, carried: 2, delivered: 2 });
    for (const output of report.outputs) expect(output.delivered_at).not.to.equal('');
  }
  for (const name of Object.keys(DROP)) expect(await project.names(join(sealed, 'inbound'))).to.include(name);
  expect((await verifyPath(join(project.folder, 'archive'))).problems).to.deep.equal([]);
}

describe('a crash', () => {
  beforeEach(async () => {
    project = await makeProject();
    await project.drop(DROP);
  });
  afterEach(() => project.remove());

  for (const at of process.env.NIGHTLY === '1' ? [...CRASHES, ...MORE_CRASHES] : CRASHES) {
    it(`${at}: the next run makes it good, and each file arrives once`, async () => {
      expect(await crash(at)).to.deep.equal(KILLED);
      const [begun = ''] = [...(await openRuns()), ...(await sealedRuns())];
      await runAgain();
      await expectWhole();
      // Before its state is written a run counts for nothing; afterwards it is the one that is finished.
      const counts = !/^(after fetch|before state claimed)/.test(at);
      expect(begun.includes((await sealedRuns())[0] ?? 'none')).to.equal(counts);
    });
  }

  it('twice: each time the run goes on from where it was', async () => {
    expect(await crash('after publish 1')).to.deep.equal(KILLED);
    expect(await crash('after publish 1')).to.deep.equal(KILLED);
    await runAgain();
    await expectWhole();
  });

  it('after an importer has taken the first file: it is not sent a second time', async () => {
    expect(await crash('after publish 1')).to.deep.equal(KILLED);
    const [taken = ''] = (await project.names(project.outbound)).filter((name) => !name.startsWith('.'));
    await rename(join(project.outbound, taken), join(project.folder, taken));
    await runAgain();
    await expectWhole(Object.fromEntries(Object.entries(DELIVERED).filter(([name]) => name !== taken)));
  });

  it('is made good by the daemon as soon as it starts', async () => {
    expect(await crash('before state delivered')).to.deep.equal(KILLED);
    const { child, ended } = await startRosterferry(['start'], { cwd: project.folder });
    const said = await waitForLine(child, '"started"');
    child.kill('SIGTERM');
    expect((await ended).exit).to.equal(0);
    expect(said.indexOf('finishing an interrupted run')).to.be.within(0, said.indexOf('"started"'));
    await expectWhole();
  });

  it('of a run that failed: it is sealed as failed, and the drop is whole in it', async () => {
    await project.drop({ 'students.csv': 'ID,Last\n1,Lee\n' });
    expect(await crash('after state failed')).to.deep.equal(KILLED);
    await runAgain();
    await expectSealedOnce('failed');
    expect(await project.names(project.outbound)).to.deep.equal([]);
    expect(await openRuns()).to.deep.equal([]);
  });

  it('of a run that is held: it is still held, and nothing else begins', async () => {
    const yaml = join(project.folder, 'rosterferry.yaml');
    await writeFile(yaml, (await project.read(yaml)).replace('max_rejected: 100%', 'review: always'));
    expect(CONNECTION).to.include('max_rejected: 100%');
    expect(await crash('after state held')).to.deep.equal(KILLED);
    const next = await rosterferry(RUN, { cwd: project.folder });
    expect(next.exit, next.stderr).to.equal(4);
    expect(next.stderr).to.match(/^error\[open_run\]: .*waits for a person/);
    expect(await project.names(project.outbound)).to.deep.equal([]);
    expect(await project.names(project.inbound)).to.deep.equal(Object.keys(DROP).toSorted());
    expect(await openRuns()).to.have.length(1);
  });

  for (const at of [
    'before state cancelled',
    'after state cancelled',
    'before seal',
    'after seal',
    'after head',
  ])
    it(`${at} of a run that is cancelled: nothing of it is at the other side, then or later`, async () => {
      const yaml = join(project.folder, 'rosterferry.yaml');
      await writeFile(yaml, (await project.read(yaml)).replace('max_rejected: 100%', 'review: always'));
      const { report } = await project.carry({ businessDate: '2026-11-22' });
      const cancel = ['cancel', report.run.id, '--reason', 'not ours'];
      expect(await crash(at, {}, cancel)).to.deep.equal(KILLED);
      expect(await project.names(project.outbound)).to.deep.equal([]);
      const next = await project.run({ businessDate: '2026-11-22' }).catch(asAppError);
      if (at === 'before state cancelled') {
        expect(next).to.include({ code: 'open_run' });
        await project.decide(report.run.id, { decision: 'cancel', by: 'ann', reason: 'not ours' });
      } else expect(next).to.include({ kind: 'no_drop' });
      expect(await project.names(project.outbound)).to.deep.equal([]);
      await expectSealedOnce('cancelled');
      await project.withTools(async (_connection, tools) => {
        const ledger = await tools.ledger();
        expect((await ledger.generation('north')).runs).to.equal(1);
        expect((await ledger.delivered('north', 'students')).count).to.equal(0);
      });
    });

  for (const signal of ['SIGTERM', 'SIGINT']) {
    it(`is none where ${signal} stops a run: 130, and the next one finishes it`, async () => {
      const { exit, stdout, stderr } = await crash('after state claimed', { CRASH_SIGNAL: signal });
      expect({ exit, stdout }).to.deep.equal({ exit: 130, stdout: '' });
      expect(stderr).to.match(/^stopped; a run that was at work is finished by the next run/);
      expect(await project.names(project.outbound)).to.deep.equal([]);
      await runAgain();
      await expectWhole();
    });
  }
});
