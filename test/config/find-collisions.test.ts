import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { errorsOf } from '../../src/cli/print-error.ts';
import { GOOD_FILES, loadProject, mistakesOf, withProject } from './project.ts';

interface Said {
  name: string;
  environment?: string;
  enabled?: boolean;
  source: string;
  match?: string;
  destination: string;
  /** More keys, one a line. */
  more?: string;
}

function connection(said: Said): string {
  return `  ${said.name}:
    environment: ${said.environment ?? 'production'}
    enabled: ${said.enabled ?? true}
    source: ${said.source}
    files: { students: { match: "${said.match ?? 'students*.csv'}", mapping: mappings/students.yaml } }
    eligibility: { policy: everyone }
    destination: ${said.destination}
${said.more ? `    ${said.more}\n` : ''}`;
}

function projectOf(...said: Said[]): Record<string, string> {
  return { ...GOOD_FILES, 'rosterferry.yaml': `version: 1\nconnections:\n${said.map(connection).join('')}` };
}

const local = (path: string, more = '') => `{ type: local, path: ${path}${more} }`;
const sftp = (path: string, username = 'ferry', host = 'h') =>
  `{ type: sftp, host: ${host}, username: ${username}, path: ${path}, password: env:P, known_hosts: file:k }`;

describe('config/find-collisions', () => {
  it('never lets a sandbox write into the folder of a production destination', async () => {
    const found = await mistakesOf(
      projectOf(
        { name: 'live', source: local('a'), destination: local('out') },
        { name: 'trial', environment: 'sandbox', source: local('b'), destination: local('./x/../out/') },
      ),
    );
    expect(found).to.deep.equal([
      'config_invalid rosterferry.yaml:16:39: the sandbox connection trial would write into the destination folder of the production connection live (rosterferry.yaml:9:39) | Give the sandbox a folder of its own.',
    ]);
  });

  it('sees through links', async () => {
    const files = projectOf(
      { name: 'trial', environment: 'sandbox', source: local('b'), destination: local('link') },
      { name: 'live', source: local('a'), destination: local('out') },
    );
    await withProject(files, async (folder) => {
      await mkdir(join(folder, 'out'));
      await symlink('out', join(folder, 'link'));
      const thrown = await loadProject(folder).then(
        () => undefined,
        (error: unknown) => error,
      );
      expect(errorsOf(thrown)[0]?.message).to.include('the sandbox connection trial would write');
    });
  });

  const DESTINATIONS: readonly [what: string, live: string, trial: string, refused: number][] = [
    ['the same folder of a host', sftp('/in'), sftp('//in/', 'ferry', 'H'), 1],
    ['another folder of a host', sftp('/in'), sftp('/in/test'), 0],
    ['the same folder of another host', sftp('/in'), sftp('/in', 'ferry', 'i'), 0],
    ['the same path of another account', sftp('/in'), sftp('/in', 'ferry-test'), 0],
    ['a local folder of the same name', sftp('/in'), local('/in'), 0],
  ];
  for (const [what, live, trial, refused] of DESTINATIONS) {
    it(`${refused ? 'refuses' : 'takes'} a sandbox that writes to ${what}`, async () => {
      const found = await mistakesOf(
        projectOf(
          { name: 'live', source: local('a'), destination: live },
          { name: 'trial', environment: 'sandbox', source: local('b'), destination: trial },
        ),
      );
      expect(found).to.have.lengthOf(refused);
    });
  }

  it('refuses two connections that would take each other’s drop', async () => {
    const found = await mistakesOf(
      projectOf(
        { name: 'one', source: local('in'), destination: local('out/1') },
        { name: 'two', source: local('in'), match: '*.csv', destination: local('out/2') },
      ),
    );
    expect(found).to.deep.equal([
      'config_invalid rosterferry.yaml:14:33: two and one read the same source folder, and a file could fit both *.csv and students*.csv | Make the patterns narrower, give each connection a folder, or let both leave the files there.',
    ]);
  });

  const leave = local('in', ', after: leave');
  const PAIRS: readonly [what: string, one: Partial<Said>, two: Partial<Said>, refused: number][] = [
    ['patterns that no file fits both of', { match: 'north_*.csv' }, { match: 'south_*.csv' }, 0],
    ['another folder', {}, { source: local('in2') }, 0],
    ['one of them switched off', {}, { enabled: false }, 0],
    ['both leaving the files', { source: leave }, { source: leave }, 0],
    ['one leaving the files', { source: leave }, {}, 1],
  ];
  for (const [what, one, two, refused] of PAIRS) {
    it(`${refused ? 'refuses' : 'takes'} two connections at one folder: ${what}`, async () => {
      const found = await mistakesOf(
        projectOf(
          { name: 'one', source: local('in'), destination: local('out/1'), ...one },
          { name: 'two', source: local('in'), destination: local('out/2'), ...two },
        ),
      );
      expect(found).to.have.lengthOf(refused);
    });
  }

  const READS = 'acknowledge: { file: "r*.csv", id: id, status: s, accepted: [OK] }';
  it('never takes what was answered to one connection for an answer to another', async () => {
    const two = (more: string) => [
      { name: 'a', source: local('a'), destination: local('out'), more: READS },
      { name: 'b', source: local('b'), destination: local('./out'), more },
    ];
    const [found] = await mistakesOf(projectOf(...two(READS)));
    expect(found).to.include('b and a read answers in the same folder');
    expect(await mistakesOf(projectOf(...two(READS.replace('id:', 'path: b, id:'))))).to.deep.equal([]);
    expect(
      await mistakesOf(projectOf(...two(READS.replace('r*', 'b_r*').replace('"b', '"x')))),
    ).to.deep.equal([]);
  });

  it('never lays a result file among the drops of another connection', async () => {
    for (const [a, b] of [
      ['answer: { path: ../b }', ''],
      ['', 'answer: { path: ../a }'],
    ] as const) {
      const found = await mistakesOf(
        projectOf(
          { name: 'a', source: local('a'), destination: local('out/a'), more: a },
          { name: 'b', source: local('b'), destination: local('out/b'), more: b },
        ),
      );
      expect(found).to.have.length(1);
      expect(found[0]).to.include('would lie among the drops of');
    }
  });
});
