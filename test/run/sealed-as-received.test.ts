import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { readManifest } from '../../src/archive/manifest.ts';
import { verifyArchive } from '../../src/archive/verify-archive.ts';
import { openDestination } from '../../src/deliver/open-destination.ts';
import { openSource } from '../../src/source/open-source.ts';
import { makeAgePair } from '../builders/keys.ts';
import { makeProject, type Project, type ProjectOptions } from '../builders/project.ts';
import { buildZip } from '../builders/zip.ts';
import { faultOf } from '../doubles/fault-of.ts';

const STUDENTS = 'ID,Last,First,DOB,Gender,School,Grade,Status\n004711,Cruz,Maria,3/9/2015,F,410,6,A\n';
const ALTERED = STUDENTS.replace('Cruz', 'Crux');
const DRAFT = 'students_2026-11-22.csv';
const sha256Of = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest('hex');

describe('what a sealed run says that it received and drafted', () => {
  let project: Project;
  const make = async (options?: ProjectOptions) => {
    project = await makeProject(options);
    await project.drop({ 'students.csv': STUDENTS });
  };
  afterEach(() => project.remove());

  const archive = () => join(project.folder, 'archive');
  const openRun = async () => {
    const [name = ''] = (await readdir(join(archive(), '.open'))).filter((one) => !one.startsWith('.'));
    return join(archive(), '.open', name);
  };

  /** A disk that fails when the files are at the other side, and the run is not sealed yet. */
  const spoiling = (spoil: (run: string) => Promise<void>) => ({
    openDestination: async ({
      settings,
    }: {
      settings: { destination: Parameters<typeof openDestination>[0] };
    }) => {
      const destination = await openDestination(settings.destination, undefined);
      const publish = destination.publish.bind(destination);
      destination.publish = async (file, run) => {
        await publish(file, run);
        await spoil(await openRun());
      };
      return destination;
    },
  });

  it('is what was received, not what the disk made of it, and verify names the file', async () => {
    await make();
    const spoil = (run: string) => writeFile(join(run, 'inbound/students.csv'), ALTERED);
    const { report, folder } = await project.carry({}, spoiling(spoil));
    const listed = (await readManifest(folder))?.manifest.files ?? [];
    const inbound = listed.find(({ path }) => path === 'inbound/students.csv');
    expect(inbound).to.include({ bytes: STUDENTS.length, sha256: sha256Of(STUDENTS) });
    expect(report.inputs[0]?.sha256).to.equal(inbound?.sha256);
    expect((await verifyArchive(archive())).problems).to.deep.equal([
      { connection: 'north', run: report.run.id, file: 'inbound/students.csv', problem: 'altered' },
    ]);
  });

  it('is what was drafted and delivered', async () => {
    await make();
    const spoil = async (run: string) => {
      const path = join(run, 'outbound', DRAFT);
      await writeFile(path, (await readFile(path, 'utf8')).replace('Cruz', 'Crux'));
    };
    const { folder } = await project.carry({}, spoiling(spoil));
    const listed = (await readManifest(folder))?.manifest.files ?? [];
    const delivered = await readFile(join(project.outbound, DRAFT));
    expect(listed.find(({ path }) => path === `outbound/${DRAFT}`)?.sha256).to.equal(sha256Of(delivered));
    const found = (await verifyArchive(archive())).problems.map(({ file, problem }) => [file, problem]);
    expect(found).to.deep.equal([[`outbound/${DRAFT}`, 'altered']]);
  });

  it('is the zip as it came, and its members', async () => {
    await make();
    await rm(join(project.inbound, 'students.csv'));
    const zip = buildZip([{ name: 'students.csv', data: STUDENTS }]);
    await project.drop({ 'night.zip': zip });
    const spoil = async (run: string) => {
      await writeFile(join(run, 'inbound/night.zip'), Buffer.alloc(zip.length));
      await writeFile(join(run, 'inbound/students.csv'), ALTERED);
    };
    const { folder } = await project.carry({}, spoiling(spoil));
    const listed = new Map((await readManifest(folder))?.manifest.files.map((one) => [one.path, one.sha256]));
    expect(listed.get('inbound/night.zip')).to.equal(sha256Of(zip));
    expect(listed.get('inbound/students.csv')).to.equal(sha256Of(STUDENTS));
    const found = (await verifyArchive(archive())).problems.map(({ file }) => file);
    expect(found).to.deep.equal(['inbound/night.zip', 'inbound/students.csv']);
  });

  it('is what a run had received that failed', async () => {
    await make();
    await project.drop({ 'students.csv': STUDENTS.replace('Gender', 'Sex') });
    const received = await readFile(join(project.inbound, 'students.csv'));
    const { report, folder } = await project.carry(
      {},
      {
        openSource: async ({ settings: { source } }) => {
          const opened = await openSource(source, undefined);
          const fetch = opened.fetch.bind(opened);
          opened.fetch = async (file, to) => {
            const fetched = await fetch(file, to);
            await writeFile(to, received.toString().replace('Cruz', 'Crux'));
            return fetched;
          };
          return opened;
        },
      },
    );
    expect(report.run.outcome).to.equal('failed');
    const listed = (await readManifest(folder))?.manifest.files ?? [];
    expect(listed.find(({ path }) => path === 'inbound/students.csv')?.sha256).to.equal(sha256Of(received));
    expect(listed.filter(({ path }) => path.startsWith('outbound/'))).to.deep.equal([]);
  });

  const spoils: [string, RegExp, (run: string) => Promise<void>][] = [
    ['gone', /students\.csv is gone; the run is not sealed/, (run) => rm(join(run, 'inbound/students.csv'))],
    [
      'cut off',
      /students\.csv has 9 bytes, and had \d+; the run is not sealed/,
      (run) => writeFile(join(run, 'inbound/students.csv'), 'ID,Last,F'),
    ],
    [
      'a folder',
      /students\.csv is gone/,
      async (run) => {
        await rm(join(run, 'inbound/students.csv'));
        await mkdir(join(run, 'inbound/students.csv'));
      },
    ],
  ];
  for (const [what, message, spoil] of spoils)
    it(`is not said where a file is ${what}: the run stays open until it was put back`, async () => {
      await make();
      const fault = await faultOf(project.run({}, spoiling(spoil)));
      expect(fault.code).to.equal('local_io');
      expect(fault.message).to.match(message);
      // Nothing was taken from the source: there is the file to put back.
      expect(await project.names(project.inbound)).to.deep.equal(['students.csv']);
      expect((await faultOf(project.run())).code).to.equal('local_io');
      const path = join(await openRun(), 'inbound/students.csv');
      await rm(path, { recursive: true, force: true });
      await writeFile(path, STUDENTS);
      expect((await project.run()).kind).to.equal('no_drop');
      expect((await verifyArchive(archive())).problems).to.deep.equal([]);
      expect(await project.names(project.outbound)).to.deep.equal([DRAFT]);
    });

  it('is found to be another file before it is encrypted, when nobody without a key would see it any more', async () => {
    const { recipient } = await makeAgePair();
    await make({ service: `archive: { path: archive, encrypt: { age: ${recipient} } }\n` });
    const spoil = (run: string) => writeFile(join(run, 'inbound/students.csv'), ALTERED);
    const fault = await faultOf(project.run({}, spoiling(spoil)));
    expect(fault.code).to.equal('local_io');
    const path = / (\/\S+inbound\/students\.csv) has other bytes than before/.exec(fault.message)?.[1] ?? '';
    expect(await readFile(path, 'utf8')).to.equal(ALTERED);
    await writeFile(path, STUDENTS);
    expect((await project.run()).kind).to.equal('no_drop');
    expect((await verifyArchive(archive())).problems).to.deep.equal([]);
    const [month = ''] = await project.names(join(archive(), 'north/2026/11'));
    const listed = (await readManifest(join(archive(), 'north/2026/11', month)))?.manifest.files ?? [];
    expect(listed.find(({ path: one }) => one === 'inbound/students.csv')?.sha256).to.equal(
      sha256Of(STUDENTS),
    );
  });
});
