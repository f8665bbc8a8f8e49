/**
 * A temporary name that is gone means that its file was published. So nothing but publishing may take one away, or write half of
 * one, while the run's state says that everything is staged: the next start would take that for an arrival.
 */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { type Destination, temporaryName } from '../../src/deliver/destination.ts';
import { openDestination } from '../../src/deliver/open-destination.ts';
import { AppError, asAppError } from '../../src/errors/app-error.ts';
import { writeStagedNames } from '../../src/ledger/staged-names.ts';
import type { RunTools } from '../../src/run/run-tools.ts';
import { makeProject, type Project } from '../builders/project.ts';

const HEADER = 'ID,Last,First,DOB,Gender,Status,School,Grade\n';
const DROP = { 'students.csv': `${HEADER}1,Lee,Ann,5/1/2015,F,A,10,5\n`, 'contacts.csv': 'ID,Name\n1,Mum\n' };
const REQUEST = { businessDate: '2026-11-22' };
/** In the order in which they are published. */
const [STUDENTS, CONTACTS] = ['students_2026-11-22.csv', 'contacts.csv'];

let project: Project;

/** A destination of which some calls are other ones. */
function withCalls(calls: (real: Destination) => Partial<Destination>): Partial<RunTools> {
  return {
    async openDestination({ settings: { destination } }) {
      const real = await openDestination(destination);
      return { ...real, ...calls(real) };
    },
  };
}

const ends = () => new AppError('delivery_failed', 'the power went');

/** The power goes while this file is published; answers the name of the run. */
async function breakOff(name: string, meanwhile: (temporary: string) => void): Promise<string> {
  const breaking = withCalls((real) => ({
    async publish(file, run) {
      if (file.name !== name) return real.publish(file, run);
      meanwhile(at(temporaryName(file, run)));
      throw ends();
    },
  }));
  expect(await project.run(REQUEST, breaking).catch(asAppError)).to.include({ code: 'delivery_failed' });
  const [id = ''] = await project.names(join(project.folder, 'archive/.open'));
  return id;
}

/** Nobody can know whether the first file arrived; the second is staged. */
function breakOffUnknown(): Promise<string> {
  return breakOff(STUDENTS, (temporary) => {
    renameSync(temporary, at(STUDENTS));
    writeFileSync(at(STUDENTS), 'somebody wrote over it');
  });
}

const at = (name: string) => join(project.outbound, name);
const seen = (name: string) => readFileSync(at(name), 'utf8');
const next = (tools?: Partial<RunTools>) => project.run(REQUEST, tools).catch(asAppError);

describe('a temporary name', () => {
  beforeEach(async () => {
    project = await makeProject();
    await project.drop(DROP);
  });
  afterEach(() => project.remove());

  it('is taken away from a run that is held only once that is written down', async () => {
    const id = await breakOffUnknown();
    const removing = withCalls((real) => ({
      async unstage(file, run) {
        await real.unstage(file, run);
        throw ends();
      },
    }));
    await next(removing);
    // Before anybody looks again, the importer takes what nobody could place.
    rmSync(at(STUDENTS));
    expect(await next()).to.include({ code: 'open_run' });
    const { report } = await project.decide(id, { decision: 'approve', by: 'ann', arrived: true });
    expect([report.run.outcome, report.notices ?? []]).to.deep.equal(['delivered', []]);
    expect(await project.names(project.outbound)).to.deep.equal([CONTACTS]);
  });

  it('that could not be taken away from a run that was held is not forgotten where a person cancels it', async () => {
    const id = await breakOffUnknown();
    expect(await next(withCalls(() => ({ unstage: () => Promise.reject(ends()) })))).to.include({
      code: 'open_run',
    });
    expect((await project.decide(id, { decision: 'cancel', by: 'ann' })).report.run.outcome).to.equal(
      'cancelled',
    );
    expect(await project.names(project.outbound)).to.deep.equal([
      temporaryName({ name: CONTACTS }, id),
      STUDENTS,
    ]);
    await project.drop({ ...DROP, 'contacts.csv': 'ID,Name\n1,Dad\n' });
    expect((await project.carry(REQUEST)).report.run.outcome).to.equal('delivered');
    expect(await project.names(project.outbound)).to.deep.equal([CONTACTS, STUDENTS]);
  });

  it('is left alone where it is noted as left over and is still that of the run at work', async () => {
    const id = await breakOff(CONTACTS, () => undefined);
    await writeStagedNames(join(project.folder, 'archive'), 'north', [{ run: id, name: CONTACTS }]);
    await next();
    expect(await project.names(project.outbound)).to.deep.equal([CONTACTS, STUDENTS]);
  });

  it('that is written once more after it was lost is never published by half', async () => {
    writeFileSync(at(CONTACTS), 'yesterday');
    await breakOff(CONTACTS, (temporary) => rmSync(temporary));
    const half = withCalls(() => ({
      async stage(file, run) {
        writeFileSync(at(temporaryName(file, run)), 'stud');
        throw ends();
      },
      unstage: () => Promise.reject(ends()),
    }));
    expect(await next(half)).to.include({ code: 'delivery_failed' });
    expect(seen(CONTACTS)).to.equal('yesterday');
    await next();
    expect(seen(CONTACTS)).to.contain('Mum');
    expect(await project.names(project.outbound)).to.deep.equal([CONTACTS, STUDENTS]);
  });
});
