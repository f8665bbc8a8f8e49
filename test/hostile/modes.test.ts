/** Files are their owner's alone, and folders too, although the umask of the account allows everybody everything. */
import { chmod, lstat, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { encryptFile } from '../../src/encryption/encrypt-file.ts';
import { readAgeRecipients } from '../../src/encryption/read-recipients.ts';
import { type AgePair, makeAgePair } from '../builders/keys.ts';
import { CONNECTION, makeProject, type Project } from '../builders/project.ts';
import { buildZip } from '../builders/zip.ts';

const STUDENTS =
  'ID,Last,First,DOB,Gender,Status,School,Grade\n1,Lee,Ann,5/1/2015,F,A,10,5\n2,Poe,Bob,x,F,A,10,5\n';

describe('whatever the umask', () => {
  let project: Project;
  let pair: AgePair;
  let umask = 0;
  beforeEach(async () => {
    umask = process.umask(0);
    pair = await makeAgePair();
  });
  afterEach(async () => {
    process.umask(umask);
    await project.remove();
  });

  async function open(service: string, connection: string): Promise<void> {
    project = await makeProject({ service, connection });
    await writeFile(join(project.folder, 'key.txt'), `${pair.identity}\n`, { mode: 0o600 });
    await chmod(project.outbound, 0o777);
  }

  /** What others could read, write or look into. */
  async function openToOthers(folder: string): Promise<string[]> {
    const names = await readdir(folder, { recursive: true });
    const modes = await Promise.all(
      names.map(async (name) => ({ name, mode: (await lstat(join(folder, name))).mode })),
    );
    expect(modes.length).to.be.above(0);
    return modes
      .filter(({ mode }) => (mode & 0o077) !== 0)
      .map(({ name, mode }) => `${(mode & 0o777).toString(8)} ${name}`);
  }

  it('a run that is held, released and replayed is closed to others, also where a person named open files', async () => {
    await open('', CONNECTION.replace('max_rejected: 100%', 'max_rejected: 100%, review: always'));
    const path = join(project.folder, 'named.csv');
    await writeFile(path, STUDENTS, { mode: 0o666 });
    const { report } = await project.carry({ named: new Map([['students', path]]) });
    expect(report.run.outcome).to.equal('held');
    expect(await openToOthers(join(project.folder, 'archive'))).to.deep.equal([]);
    await project.decide(report.run.id, { decision: 'approve', by: 'kim', reason: '' });
    await project.carry({ named: new Map([['students', path]]), dryRun: true });
    for (const name of ['archive', 'outbound'])
      expect(await openToOthers(join(project.folder, name)), name).to.deep.equal([]);
  });

  it('what was packed, encrypted and decrypted is closed to others, and nothing plain is left', async () => {
    const age = `{ age: [${pair.recipient}] }`;
    await open(
      `archive: { path: archive, encrypt: ${age}, decrypt: { age: file:key.txt } }\n`,
      `answer: { path: results }\npackage: { zip: "all_{date}.zip" }\n${CONNECTION.replace('path: inbound', 'path: inbound, decrypt: { age: file:key.txt }').replace('path: outbound', `path: outbound, encrypt: ${age}`)}`,
    );
    const zip = join(project.folder, 'students.zip');
    await writeFile(zip, buildZip([{ name: 'students.csv', data: STUDENTS }]));
    await encryptFile(zip, join(project.inbound, 'students.zip.age'), readAgeRecipients([pair.recipient]));
    const { report } = await project.carry();
    expect(report.run.outcome, report.error?.message).to.equal('delivered');
    for (const name of ['archive', 'outbound'])
      expect(await openToOthers(join(project.folder, name)), name).to.deep.equal([]);
    expect(
      (await readdir(join(project.folder, 'archive/.open'))).filter((name) => !name.endsWith('.lock')),
    ).to.deep.equal([]);
  });
});
