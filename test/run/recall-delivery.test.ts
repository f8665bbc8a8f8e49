import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { type Destination, temporaryName } from '../../src/deliver/destination.ts';
import { openDestination } from '../../src/deliver/open-destination.ts';
import { AppError, asAppError } from '../../src/errors/app-error.ts';
import type { Report } from '../../src/report/schema.ts';
import { decideRun } from '../../src/run/deciding/decide-run.ts';
import type { RunTools } from '../../src/run/run-tools.ts';
import { makeProject, type Project } from '../builders/project.ts';

const DROP = {
  'students.csv': 'ID,Last,First,DOB,Gender,Status,School,Grade\n1,Lee,Ann,5/1/2015,F,A,10,5\n',
  'contacts.csv': 'ID,Name\n1,Mum\n',
};
const NAMES = ['contacts.csv', 'students_2026-11-22.csv'];
const REQUEST = { businessDate: '2026-11-22' };

let project: Project;

/** A destination whose line breaks while this file is published, and what happens over there meanwhile. */
function breaksAt(
  name: string,
  meanwhile: (paths: { temporary: string; final: string }) => void,
): Partial<RunTools> {
  return {
    async openDestination({ settings: { destination } }) {
      const real = await openDestination(destination);
      const publish: Destination['publish'] = async (file, run) => {
        if (file.name !== name) return real.publish(file, run);
        const at = (one: string) => join(project.outbound, one);
        meanwhile({ temporary: at(temporaryName(file, run)), final: at(file.name) });
        throw new AppError('delivery_failed', 'the power went');
      };
      return { ...real, publish };
    },
  };
}

async function breakOff(name: string, meanwhile: Parameters<typeof breaksAt>[1]): Promise<void> {
  const fault = await project.run(REQUEST, breaksAt(name, meanwhile)).catch(asAppError);
  expect(fault).to.include({ code: 'delivery_failed' });
}

async function sealedReport(): Promise<Report> {
  const month = join(project.folder, 'archive/north/2026/11');
  const [run = '', ...more] = await readdir(month);
  expect(more).to.deep.equal([]);
  return JSON.parse(await readFile(join(month, run, 'report.json'), 'utf8'));
}

function contentOf(name: string): Promise<string> {
  return project.read(join(project.outbound, name));
}

describe('a delivery that broke off', () => {
  const [first = '', second = ''] = [NAMES[1], NAMES[0]];
  beforeEach(async () => {
    project = await makeProject();
    await project.drop(DROP);
  });
  afterEach(() => project.remove());

  it('before the rename: the next run publishes what waits', async () => {
    await breakOff(second, () => undefined);
    await project.run(REQUEST);
    expect(await project.names(project.outbound)).to.deep.equal(NAMES);
    expect((await sealedReport()).run.outcome).to.equal('delivered');
  });

  it('after the rename, and the importer was quick: nothing is sent again, and the report says by what it is known', async () => {
    await breakOff(second, ({ temporary }) => rmSync(temporary));
    await project.run(REQUEST);
    expect(await project.names(project.outbound)).to.deep.equal([first]);
    const report = await sealedReport();
    expect(report.run.outcome).to.equal('delivered');
    expect(report.notices?.map(({ code }) => code)).to.include('delivery_inferred');
    expect(report.notices?.find(({ code }) => code === 'delivery_inferred')?.message).to.contain(second);
    for (const output of report.outputs) expect(output.delivered_at).not.to.equal('');
  });

  it('and something removed the temporary file while the older one lies there: it is sent anew', async () => {
    writeFileSync(join(project.outbound, second), 'yesterday');
    await breakOff(second, ({ temporary }) => rmSync(temporary));
    await project.run(REQUEST);
    expect(await contentOf(second)).to.contain('Mum');
    expect((await sealedReport()).notices ?? []).to.deep.equal([]);
  });

  it('with both names on the file: the temporary one goes, and the file stays as it is', async () => {
    await breakOff(second, ({ final }) => writeFileSync(final, DELIVERED_CONTACTS));
    await project.run(REQUEST);
    expect(await project.names(project.outbound)).to.deep.equal(NAMES);
    expect((await sealedReport()).run.outcome).to.equal('delivered');
  });
});

const DELIVERED_CONTACTS = 'student_id,name\r\n1,Mum\r\n';

describe('a delivery of which nobody can know', () => {
  const [first = '', second = ''] = [NAMES[1], NAMES[0]];
  let id: string;
  beforeEach(async () => {
    project = await makeProject();
    await project.drop(DROP);
    await breakOff(second, ({ temporary, final }) => {
      renameSync(temporary, final);
      writeFileSync(final, 'somebody wrote over it');
    });
    expect(await project.run(REQUEST).catch(asAppError)).to.include({ code: 'open_run' });
    [id = ''] = await project.names(join(project.folder, 'archive/.open'));
  });
  afterEach(() => project.remove());

  it('is held, says which file and what can be done, and touches nothing', async () => {
    const held = JSON.parse(await project.read(join(project.folder, 'archive/.open', id, 'report.json')));
    expect(held.run.outcome).to.equal('held');
    expect(held.held.reasons).to.have.length(1);
    expect(held.held.reasons[0]).to.contain(second).and.contain('cannot be known').and.contain('--arrived');
    expect(await contentOf(second)).to.equal('somebody wrote over it');
    expect(await project.names(project.outbound)).to.deep.equal(NAMES);
    expect(await project.names(project.inbound)).to.deep.equal(Object.keys(DROP).toSorted());
  });

  it('is sent once more where a person approves, and only that file', async () => {
    writeFileSync(join(project.outbound, first), 'taken up already');
    const { report } = await project.decide(id, { decision: 'approve', by: 'ann' });
    expect(report.run.outcome).to.equal('delivered');
    expect(await contentOf(second)).to.equal(DELIVERED_CONTACTS);
    expect(await contentOf(first)).to.equal('taken up already');
  });

  it('is noted as delivered where a person has seen it there', async () => {
    const { report } = await project.decide(id, { decision: 'approve', by: 'ann', arrived: true });
    expect(report.run.outcome).to.equal('delivered');
    expect(report.decisions[0]).to.include({ decision: 'approve', by: 'ann', arrived: true });
    expect(await contentOf(second)).to.equal('somebody wrote over it');
    for (const output of report.outputs) expect(output.delivered_at).not.to.equal('');
  });

  it('is sealed as cancelled where a person leaves it', async () => {
    const { report } = await project.decide(id, { decision: 'cancel', by: 'ann', reason: 'it is fine' });
    expect(report.run.outcome).to.equal('cancelled');
    expect(await contentOf(second)).to.equal('somebody wrote over it');
    const arrived = report.notices?.filter(({ code }) => code === 'arrived_before_cancel') ?? [];
    expect(arrived.map(({ message }) => message.split(' ')[0])).to.deep.equal([first]);
  });
});

describe('approve --arrived', () => {
  const [first = '', second = ''] = [NAMES[1], NAMES[0]];
  beforeEach(async () => {
    project = await makeProject();
    await project.drop(DROP);
  });
  afterEach(() => project.remove());

  async function holdUnknown(name: string): Promise<string> {
    await breakOff(name, ({ temporary, final }) => {
      renameSync(temporary, final);
      writeFileSync(final, 'somebody wrote over it');
    });
    expect(await project.run(REQUEST).catch(asAppError)).to.include({ code: 'open_run' });
    const [id = ''] = await project.names(join(project.folder, 'archive/.open'));
    return id;
  }

  it('is said of the file that was asked about: those behind it, which were never sent, are sent', async () => {
    const id = await holdUnknown(first);
    expect(await project.names(project.outbound)).to.deep.equal([first]);
    const { report } = await project.decide(id, { decision: 'approve', by: 'ann', arrived: true });
    expect(report.run.outcome).to.equal('delivered');
    expect(await contentOf(first)).to.equal('somebody wrote over it');
    expect(await contentOf(second)).to.equal(DELIVERED_CONTACTS);
  });

  it('goes on where a file has arrived: the run is unfinished, and not failed, while the host cannot be reached', async () => {
    const id = await holdUnknown(second);
    const gone: Partial<RunTools> = {
      openDestination: () => Promise.reject(new AppError('host_unreachable', 'nobody answers')),
    };
    const decision = { decision: 'approve', by: 'ann' } as const;
    const deciding = project.withTools((connection, tools) =>
      decideRun(connection, id, decision, { ...tools, ...gone }),
    );
    expect(await deciding.catch(asAppError)).to.include({ code: 'host_unreachable' });
    expect(await project.names(join(project.folder, 'archive/.open'))).to.deep.equal([id]);
    await project.run(REQUEST);
    expect((await sealedReport()).run.outcome).to.equal('delivered');
    expect(await contentOf(second)).to.equal(DELIVERED_CONTACTS);
  });

  it('is refused of a run of which nothing was sent', async () => {
    const yaml = join(project.folder, 'rosterferry.yaml');
    writeFileSync(yaml, (await project.read(yaml)).replace('max_rejected: 100%', 'review: always'));
    const { report } = await project.carry(REQUEST);
    const deciding = project.decide(report.run.id, { decision: 'approve', by: 'ann', arrived: true });
    expect(await deciding.catch(asAppError)).to.include({ code: 'usage' });
    expect(await project.names(project.outbound)).to.deep.equal([]);
  });
});
