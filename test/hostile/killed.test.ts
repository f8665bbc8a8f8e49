/** A process that is killed at work may leave plain text of what came encrypted; the next start takes it away. */
import { readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { encryptFile } from '../../src/encryption/encrypt-file.ts';
import { readAgeRecipients } from '../../src/encryption/read-recipients.ts';
import { makeAgePair } from '../builders/keys.ts';
import { CONNECTION, makeProject, type Project } from '../builders/project.ts';
import { rosterferry, rosterferryProcess } from '../cli/rosterferry.ts';
import { filesBeneath } from './canaries.ts';

const CRASH = fileURLToPath(new URL('../faults/crash-at.ts', import.meta.url));
const ALWAYS = ['after state drafted', 'before seal'];
const AT_NIGHT = ['after state claimed', 'after head'];
const NAME = 'Quintessa';
const STUDENTS = `ID,Last,First,DOB,Gender,Status,School,Grade\n1,Lee,${NAME},5/1/2015,F,A,10,5\n`;

describe('a run that is killed', () => {
  let project: Project;
  afterEach(() => project.remove());

  /** Files with the name of the student in them. The ledger knows what was delivered; docs/encryption.md says so. */
  const plainFiles = () =>
    [...filesBeneath(project.folder)]
      .filter(([path, bytes]) => bytes.includes(NAME) && !/ledger\.sqlite/.test(path) && path !== 'plain.csv')
      .map(([path]) => path);

  for (const at of process.env.NIGHTLY ? [...ALWAYS, ...AT_NIGHT] : ALWAYS)
    it(`${at}: leaves plain text to its owner alone, and none once it was made good`, async () => {
      const { identity, recipient } = await makeAgePair();
      project = await makeProject({
        service: `archive: { path: archive, encrypt: { age: [${recipient}] } }\n`,
        connection: CONNECTION.replace(
          'path: inbound',
          'path: inbound, decrypt: { age: file:key.txt }',
        ).replace('path: outbound', `path: outbound, encrypt: { age: ${recipient} }`),
      });
      const cwd = project.folder;
      await writeFile(join(cwd, 'key.txt'), `${identity}\n`, { mode: 0o600 });
      await writeFile(join(cwd, 'plain.csv'), STUDENTS);
      await encryptFile(
        join(cwd, 'plain.csv'),
        join(project.inbound, 'students.csv.age'),
        readAgeRecipients([recipient]),
      );
      const env = { CRASH_AT: at, NODE_OPTIONS: `--import ${CRASH}` };
      expect((await rosterferryProcess(['run', 'north'], { cwd, env })).exit).to.equal(null);
      for (const path of plainFiles())
        expect((await stat(join(cwd, path))).mode & 0o777, path).to.equal(0o600);
      const again = await rosterferry(['run', 'north'], { cwd });
      expect(again.exit, again.stderr).to.equal(0);
      expect(plainFiles()).to.deep.equal([]);
      expect((await readdir(join(cwd, 'outbound'))).length).to.equal(1);
    });
});
