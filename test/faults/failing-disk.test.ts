/** A disk that answers with EIO: what was not read, written or synced is never gone on with as if it were there. */
import { expect } from 'chai';
import { asAppError } from '../../src/errors/app-error.ts';
import type { RunAnswer } from '../../src/run/run-connection.ts';
import { makeProject, type Project } from '../builders/project.ts';
import { type DiskCall, type FailingDisk, failDisk } from '../doubles/failing-disk.ts';
import { expectAllIsWell, openFiles, type Seen, watchFolder } from './all-is-well.ts';
import { CANARY, dropOf, outOf, ROOMY } from './one-drop.ts';

const IN_RUN = 'archive/\\.open/[^/]+';

interface Row {
  what: string;
  path: string;
  /** What becomes of the drop: delivered once the disk is mended, or refused with the reason and kept in the archive. */
  outcome: 'delivered' | 'failed';
  /** `local_io` where it is left out. */
  code?: string;
  /** All, where it is left out. */
  calls?: readonly DiskCall[];
  /** So many of them go well before. */
  spared?: number;
}

const ROWS: readonly Row[] = [
  {
    what: 'the file that is claimed',
    path: `${IN_RUN}/inbound/`,
    outcome: 'delivered',
    calls: ['write', 'sync'],
  },
  {
    what: 'the folder of what is claimed',
    path: `${IN_RUN}/inbound$`,
    outcome: 'delivered',
    calls: ['sync'],
  },
  { what: 'the file that was claimed', path: `${IN_RUN}/inbound/`, outcome: 'failed', calls: ['read'] },
  {
    what: 'the state of the run',
    path: `${IN_RUN}/\\.?state\\.json`,
    outcome: 'delivered',
    calls: ['write', 'sync'],
  },
  { what: 'the folder of the run', path: `${IN_RUN}$`, outcome: 'delivered', calls: ['sync'] },
  { what: 'the spools', path: `${IN_RUN}/work/`, outcome: 'failed', calls: ['write', 'sync'] },
  { what: 'the draft', path: `${IN_RUN}/outbound/`, outcome: 'failed' },
  { what: 'the staged file', path: '/outbound/[^/]+\\.part$', outcome: 'failed', calls: ['read'] },
  {
    ...{
      what: 'the staged file',
      path: '/outbound/[^/]+\\.part$',
      outcome: 'failed',
      code: 'delivery_failed',
    },
    calls: ['write', 'sync'],
  },
  {
    ...{ what: 'the folder of a file that was published', path: 'project-[^/]+/outbound$', spared: 1 },
    ...{ outcome: 'delivered', code: 'delivery_failed', calls: ['sync'] },
  },
  { what: 'the report', path: `${IN_RUN}/\\.?report\\.json`, outcome: 'delivered', calls: ['write', 'sync'] },
  { what: 'the manifest', path: 'manifest\\.json', outcome: 'delivered', calls: ['write', 'sync'] },
  { what: 'the head of the archive', path: 'head\\.json', outcome: 'delivered', calls: ['write', 'sync'] },
  {
    what: 'the state of the connection',
    path: 'archive/\\.state/',
    outcome: 'delivered',
    calls: ['write', 'sync'],
  },
];

const CALLS: readonly DiskCall[] = ['read', 'write', 'sync'];

describe('a disk that fails with EIO', () => {
  let project: Project;
  let seen: Seen;
  let disk: FailingDisk;
  beforeEach(async () => {
    project = await makeProject({ connection: ROOMY });
    seen = watchFolder(project.outbound, (text) => text === outOf('CanaryOne'));
    await project.drop({ 'students.csv': dropOf('CanaryOne') });
  });
  afterEach(async () => {
    disk.mend();
    seen.end();
    await project.remove();
  });

  for (const { what, path, outcome, code = 'local_io', calls = CALLS, spared } of ROWS)
    for (const call of calls)
      it(`at ${call} of ${what}: ${code}, never gone on with, and ${outcome} in the end`, async () => {
        disk = failDisk(call, new RegExp(path), spared);
        const said: string[] = [];
        const first = await project.run().catch(asAppError);
        expect(codeOf(first, said)).to.equal(code);
        expect(disk.failed()).to.be.greaterThan(0);
        // Asked a second time, a disk may say that all is well though the data is gone: so the next look finds it broken too.
        const second = await project.run().catch(asAppError);
        expect(codeOf(second, said)).to.equal(outcome === 'failed' ? undefined : code);
        disk.mend();
        await project.run();
        await expectAllIsWell({
          ...{ project, seen, said: said.join('\n') },
          expected: outcome === 'delivered' ? [outOf('CanaryOne')] : [],
          outcomes: [outcome],
          folders: [project.inbound, project.outbound],
          openBefore: openFiles(),
          canary: CANARY,
        });
      });
});

/** Why it is not delivered: thrown, or in the report of a run that failed. */
function codeOf(answer: RunAnswer | ReturnType<typeof asAppError>, said: string[]): string | undefined {
  if (!('kind' in answer)) {
    said.push(answer.message);
    return answer.code;
  }
  if (answer.kind !== 'ran') return undefined;
  const { run, error } = answer.report;
  expect(run.outcome, 'a run whose disk failed').to.equal('failed');
  said.push(error?.message ?? '');
  return error?.code;
}
