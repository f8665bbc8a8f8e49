import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import { GOOD_CONFIG, GOOD_FILES, spoil, withProject } from '../config/project.ts';
import { closedPort } from '../doubles/closed-port.ts';
import { rosterferry, rosterferryProcess, startRosterferry } from './rosterferry.ts';

const WRONG = {
  ...GOOD_FILES,
  'rosterferry.yaml': spoil(GOOD_CONFIG, 'max_removed: 10%', 'max_remove: 10%'),
};
const WHOLE = {
  ...GOOD_FILES,
  'inbound/students_1.csv': 'a\n',
  'inbound/other.txt': '',
  'outbound/.gitkeep': '',
};

function inEmptyFolder<Answer>(work: (cwd: string) => Promise<Answer>): Promise<Answer> {
  return withProject({}, work);
}

describe('the command line', () => {
  it('explains itself, with every exit code', () =>
    inEmptyFolder(async (cwd) => {
      const { exit, stdout, stderr } = await rosterferry(['--help'], { cwd });
      expect({ exit, stderr }).to.deep.equal({ exit: 0, stderr: '' });
      for (const command of [
        'init',
        'check',
        'preview',
        'run',
        'start',
        'status',
        'runs',
        'show',
        'verify',
        'schema',
      ])
        expect(stdout).to.match(new RegExp(`^  ${command}\\b`, 'm'));
      expect(stdout).not.to.match(/^ {2}docs\b/m);
      expect(stdout).to.include('  130  stopped by a signal\n');
    }));

  it('explains each command, with the options that all have', () =>
    inEmptyFolder(async (cwd) => {
      const { exit, stdout } = await rosterferry(['check', '--help'], { cwd });
      expect(exit).to.equal(0);
      expect(stdout).to.include('--config <file>').and.to.include('--json').and.to.include('Exit codes:');
    }));

  it('says its version', () =>
    inEmptyFolder(async (cwd) => {
      const { version } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'));
      expect(await rosterferryProcess(['--version'], { cwd })).to.deep.equal({
        exit: 0,
        stdout: `${version}\n`,
        stderr: '',
      });
    }));

  const MISTYPED: readonly [args: string[], stderr: string][] = [
    [[], 'error[usage]: no command was given. See rosterferry --help.\n'],
    [['chek'], "error[usage]: unknown command 'chek'. Did you mean check?\n"],
    [['constructor'], "error[usage]: unknown command 'constructor'. See rosterferry --help.\n"],
    [['check', '--jsno'], "error[usage]: unknown option '--jsno'. Did you mean --json?\n"],
    [
      ['check', 'a', 'b'],
      "error[usage]: too many arguments for 'check'. Expected 1 argument but got 2. See rosterferry check --help.\n",
    ],
    [['--config'], "error[usage]: option '--config <file>' argument missing. See rosterferry --help.\n"],
    [
      ['schema', 'report', '--quiet', '--verbose'],
      'error[usage]: --quiet and --verbose cannot be given together. See rosterferry --help.\n',
    ],
    [
      ['schema', 'mappping'],
      'error[usage]: mappping is none of config, mapping, report. Did you mean mapping?\n',
    ],
  ];
  for (const [args, stderr] of MISTYPED) {
    it(`answers 2 to: rosterferry ${args.join(' ')}`, () =>
      inEmptyFolder(async (cwd) => {
        expect(await rosterferry(args, { cwd })).to.deep.equal({ exit: 2, stdout: '', stderr });
      }));
  }

  it('answers 2 to a configuration that is not there', () =>
    inEmptyFolder(async (cwd) => {
      const { exit, stdout, stderr } = await rosterferry(['check'], { cwd });
      expect({ exit, stdout }).to.deep.equal({ exit: 2, stdout: '' });
      expect(stderr).to.equal(
        'error[config_missing]: rosterferry.yaml: the file is not there. Start with rosterferry init, or name the file with --config FILE.\n',
      );
    }));

  it('prints one document on stdout with --json, the lines on stderr all the same', () =>
    inEmptyFolder(async (cwd) => {
      const { exit, stdout, stderr } = await rosterferry(['chek', '--json'], { cwd });
      expect(exit).to.equal(2);
      expect(JSON.parse(stdout).error).to.deep.equal({
        code: 'usage',
        message: "unknown command 'chek'",
        hint: 'Did you mean check?',
        place: null,
      });
      expect(stderr).to.match(/^error\[usage\]/);
    }));

  it('shows where an error arose only when asked', () =>
    withProject(WRONG, async (cwd) => {
      const line =
        'error[config_invalid]: rosterferry.yaml:12:19: connections.riverside.safeguards has no key max_remove. Did you mean max_removed?\n';
      expect(await rosterferry(['check'], { cwd })).to.deep.equal({ exit: 2, stdout: '', stderr: line });
      const { stderr } = await rosterferry(['check', '--verbose'], { cwd });
      expect(stderr.startsWith(line)).to.equal(true);
      expect(stderr).to.match(/\n {4}at /);
    }));

  it('does not crash where its reader has left', () =>
    inEmptyFolder(async (cwd) => {
      const { child, ended } = await startRosterferry(['schema', 'config'], { cwd });
      child.stdout?.destroy();
      const { exit, stderr } = await ended;
      expect({ exit, stderr }).to.deep.equal({ exit: 0, stderr: '' });
    }));

  it('answers 130 where it is stopped by a signal', async () => {
    // A host that takes the connection and never says a word.
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const address = silent.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    try {
      const source = `source: { type: sftp, host: 127.0.0.1, port: ${port}, username: u, path: /, password: env:P, host_key: "SHA256:${'A'.repeat(43)}" }`;
      const config = spoil(GOOD_CONFIG, 'source: { type: local, path: inbound }', source);
      await withProject({ ...WHOLE, 'rosterferry.yaml': config }, async (cwd) => {
        const connected = once(silent, 'connection');
        const { child, ended } = await startRosterferry(['check'], { cwd, env: { P: 'x' } });
        const [socket] = await connected;
        child.kill('SIGTERM');
        expect((await ended).exit).to.equal(130);
        socket.destroy();
      });
    } finally {
      silent.close();
    }
  });
});

describe('rosterferry check', () => {
  it('says what it found, and writes nothing', () =>
    withProject(WHOLE, async (cwd) => {
      const before = (await readdir(cwd, { recursive: true })).sort();
      const { exit, stdout, stderr } = await rosterferry(['check'], { cwd });
      expect({ exit, stderr }).to.deep.equal({ exit: 0, stderr: '' });
      expect(stdout).to.match(/^riverside \(production\)\n {2}ok {5}source/);
      expect(stdout).to.include('1 file fits students*.csv: students_1.csv');
      expect(stdout).to.match(/ {2}ok {5}destination .*\nrosterferry.yaml is in order.\n$/);
      expect((await readdir(cwd, { recursive: true })).sort()).to.deep.equal(before);
    }));

  it('takes its options after the command, and answers one document with --json', () =>
    withProject(WHOLE, async (cwd) => {
      const args = ['check', 'riverside', '--json', '--config', join(cwd, 'rosterferry.yaml')];
      const { exit, stdout } = await rosterferry(args, { cwd: '/' });
      expect(exit).to.equal(0);
      const document = JSON.parse(stdout);
      expect(document).to.deep.include({ ok: true, errors: [] });
      expect(document.connections[0]).to.deep.include({ name: 'riverside', ok: true, enabled: true });
      expect(document.connections[0].checks.map((one: { what: string }) => one.what)).to.deep.equal([
        'source',
        'files.students',
        'destination',
      ]);
    }));

  it('goes on after an error, names where the end is configured, and answers the first one’s code', async () => {
    const start = GOOD_CONFIG.indexOf('  riverside:');
    const second = GOOD_CONFIG.slice(start)
      .replace('riverside', 'lakeside')
      .replace('path: inbound', 'path: inbound2');
    const text = `${spoil(GOOD_CONFIG, 'path: inbound', 'path: nowhere')}${second}`;
    await withProject({ ...WHOLE, 'inbound2/x': '', 'rosterferry.yaml': text }, async (cwd) => {
      const { exit, stdout, stderr } = await rosterferry(['check'], { cwd });
      expect(exit).to.equal(3);
      expect(stderr).to.match(/^error\[source_missing\]: rosterferry.yaml:6:5: /);
      expect(stdout).to.match(/ {2}error {2}source/);
      expect(stdout).to.match(/lakeside \(production\)\n {2}ok /);
      expect(stdout).not.to.include('is in order');
    });
  });

  it('answers every mistake of a configuration as one document', () =>
    withProject(WRONG, async (cwd) => {
      const { exit, stdout } = await rosterferry(['--json', 'check'], { cwd });
      expect(exit).to.equal(2);
      const document = JSON.parse(stdout);
      expect(document).to.deep.include({ ok: false, connections: [] });
      expect(document.errors[0]).to.deep.include({
        code: 'config_invalid',
        place: { file: 'rosterferry.yaml', line: 12, column: 19 },
      });
    }));

  it('says which secret is missing, and where it is named', async () => {
    const source = `source: { type: sftp, host: 127.0.0.1, username: u, path: /, password: env:NOT_SET, host_key: "SHA256:${'A'.repeat(43)}" }`;
    const config = spoil(GOOD_CONFIG, 'source: { type: local, path: inbound }', source);
    await withProject({ ...WHOLE, 'rosterferry.yaml': config }, async (cwd) => {
      const { exit, stderr } = await rosterferry(['check'], { cwd });
      expect(exit).to.equal(2);
      expect(stderr).to.match(
        /^error\[secret_missing\]: rosterferry.yaml:6:76: password refers to the environment variable NOT_SET/,
      );
    });
  });

  it('answers 6 where a host cannot be reached', async () => {
    const port = await closedPort();
    const destination = `destination: { type: sftp, host: 127.0.0.1, port: ${port}, username: u, path: /, password: env:P, host_key: "SHA256:${'A'.repeat(43)}" }`;
    const config = spoil(GOOD_CONFIG, 'destination: { type: local, path: outbound }', destination);
    await withProject({ ...WHOLE, 'rosterferry.yaml': config }, async (cwd) => {
      const { exit, stdout, stderr } = await rosterferry(['check'], { cwd, env: { P: 'CANARY' } });
      expect(exit).to.equal(6);
      expect(stderr).to.match(/^error\[host_unreachable\]: rosterferry.yaml:13:5: /);
      expect(stdout).to.match(/ {2}ok {5}source[\s\S]* {2}error {2}destination/);
      expect(stdout + stderr).not.to.include('CANARY');
    });
  });

  it('does not ask the hosts of a connection that is switched off', async () => {
    const config = spoil(
      spoil(GOOD_CONFIG, 'path: inbound', 'path: nowhere'),
      '    source:',
      '    enabled: false\n    source:',
    );
    await withProject({ ...WHOLE, 'rosterferry.yaml': config }, async (cwd) => {
      const { exit, stdout } = await rosterferry(['check'], { cwd });
      expect(exit).to.equal(0);
      expect(stdout).to.include('riverside (production, not enabled): its hosts were not asked');
      expect((await rosterferry(['check', 'riverside'], { cwd })).exit).to.equal(3);
    });
  });

  it('says which connections there are', async () => {
    await withProject(WHOLE, async (cwd) => {
      const { exit, stderr } = await rosterferry(['check', 'riversid'], { cwd });
      expect(exit).to.equal(2);
      expect(stderr).to.match(/^error\[unknown_connection\]: .*riverside/);
    });
  });
});

describe('rosterferry init', () => {
  it('writes a project that is in order, and never writes over it', () =>
    inEmptyFolder(async (cwd) => {
      const first = await rosterferry(['init', 'trial'], { cwd });
      expect(first.exit, first.stderr).to.equal(0);
      expect(first.stdout)
        .to.include('wrote trial/rosterferry.yaml\n')
        .and.to.include('rosterferry --config trial/rosterferry.yaml check');
      const checked = await rosterferry(['--config', 'trial/rosterferry.yaml', 'check'], { cwd });
      expect(checked.exit, checked.stderr).to.equal(0);

      const before = await readFile(join(cwd, 'trial/rosterferry.yaml'), 'utf8');
      const second = await rosterferry(['init', 'trial'], { cwd });
      expect({ exit: second.exit, stdout: second.stdout }).to.deep.equal({ exit: 2, stdout: '' });
      expect(second.stderr).to.match(
        /^error\[already_exists\]: .*trial\/rosterferry.yaml, trial\/mappings\//,
      );
      expect(await readFile(join(cwd, 'trial/rosterferry.yaml'), 'utf8')).to.equal(before);
    }));

  it('leaves nothing behind where one file is in the way', () =>
    withProject({ 'rosterferry.yaml': 'mine' }, async (cwd) => {
      expect((await rosterferry(['init'], { cwd })).exit).to.equal(2);
      expect(await readdir(cwd)).to.deep.equal(['rosterferry.yaml']);
    }));
});

describe('rosterferry schema', () => {
  it('prints JSON Schemas', () =>
    inEmptyFolder(async (cwd) => {
      const { exit, stdout } = await rosterferry(['schema', 'report'], { cwd });
      expect(exit).to.equal(0);
      expect(JSON.parse(stdout)).to.have.property('$schema', 'https://json-schema.org/draft/2020-12/schema');
    }));
});
