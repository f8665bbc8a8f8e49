/** Rows 26 and 27 of the fault list, on the real thing: a run whose line is cut, or falls silent, anywhere on its way. */
import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { openSftpDestination } from '../../src/deliver/sftp-destination.ts';
import { asAppError } from '../../src/errors/app-error.ts';
import type { RunTools } from '../../src/run/run-tools.ts';
import { openSftpSource } from '../../src/source/sftp-source.ts';
import { CONNECTION, makeProject, type Project } from '../builders/project.ts';
import { goodHosts, type Host } from '../doubles/hosts.ts';
import { type FaultyLine, startProxy } from '../doubles/proxy.ts';
import { expectAllIsWell, openFiles, type Seen, watchFolder } from './all-is-well.ts';

const isNight = process.env.NIGHTLY === '1';
const CUTS = isNight ? 60 : 4;
const SILENCES = isNight ? 12 : 1;
/** OpenSSH takes its time for a login, and a run needs several: by day the other server is enough. */
const [OPENSSH, SSH2 = OPENSSH] = goodHosts();
const HOSTS = [...(isNight ? [OPENSSH] : []), SSH2].flatMap((profile) => profile ?? []);
const TIMEOUT_MS = 1000;
const STUDENTS = 400;
const SOME_SECOND = 1_790_000_000;
const HEADER = 'ID,Last,First,DOB,Gender,Status,School,Grade';
const LIMITS = ['rejected', 'removed', 'created', 'updated', 'size_change'];
const BOUNDLESS = `{ min_rows: 0, school_gone: off, ${LIMITS.map((limit) => `max_${limit}: 100000`).join(', ')} }`;

for (const profile of HOSTS)
  describe(`a line that breaks anywhere in a run: ${profile.title}`, function () {
    this.timeout(isNight ? 600_000 : 20_000);
    let host: Host;
    let line: FaultyLine;
    let project: Project;
    /** How long a run takes that nothing befalls. */
    let wholeMs: number;
    let seen: Seen;
    let openBefore: number;
    let said: string;
    let tools: Partial<RunTools>;
    const expected: string[] = [];

    before(async () => {
      host = await profile.start();
      for (const name of ['in', 'out']) mkdirSync(join(host.folder, name));
    });
    after(() => host.stop());
    beforeEach(async () => {
      line = await startProxy(host.access.port);
      const end = `type: sftp, host: 127.0.0.1, username: ferry, password: env:NONE, host_key: "${host.access.trustedHostKeys[0]}"`;
      project = await makeProject({
        connection: CONNECTION.replace(
          'type: local, path: inbound, ready: { quiet: 1ms }',
          `${end}, path: ${host.folder}/in, ready: { marker: "{name}.done" }`,
        )
          .replace('type: local, path: outbound', `${end}, path: ${host.folder}/out`)
          .replace('{ max_rejected: 100% }', BOUNDLESS),
      });
      said = '';
      expected.length = 0;
      tools = toolsOver({ ...host.access, port: line.port, timeoutMs: TIMEOUT_MS }, (words) => {
        said += words;
      });
      seen = watchFolder(join(host.folder, 'out'), (text) => expected.includes(text));
      dropNext(0);
      const begun = performance.now();
      await run();
      wholeMs = performance.now() - begun;
      await untilDone();
      openBefore = openFiles();
    });
    afterEach(async () => {
      seen.end();
      await line.close();
      await project.remove();
      for (const name of ['in', 'out'])
        for (const folder of [join(host.folder, name)]) {
          rmSync(folder, { recursive: true });
          mkdirSync(folder);
        }
    });

    function dropNext(number: number): void {
      const last = `Lee${String(number).padStart(3, '0')}`;
      const ids = Array.from({ length: STUDENTS }, (_, at) => at + 1);
      const text = `${HEADER}\n${ids.map((id) => `${id},${last},Ann,5/1/2015,F,A,10,5\n`).join('')}`;
      expected.push(
        `student_id,last_name,first_name,birth_date,gender\r\n${ids.map((id) => `${id},${last},Ann,2015-05-01,Female\r\n`).join('')}`,
      );
      writeFileSync(join(host.folder, 'in/students.csv'), text);
      // The protocol has whole seconds, and two files of one second and one size are the same to whoever looks.
      utimesSync(join(host.folder, 'in/students.csv'), SOME_SECOND + number, SOME_SECOND + number);
      writeFileSync(join(host.folder, 'in/students.csv.done'), '');
    }

    /** As the daemon does: what did not come to its end is taken up by the next look. */
    async function run(): Promise<string> {
      const answer = await project.run({ trigger: 'watch', onlyNew: true }, tools).catch(asAppError);
      if (!(answer instanceof Error)) return answer.kind;
      said += answer.message;
      expect(answer.code).to.match(/^(connection_lost|host_unreachable|protocol_mismatch)$/);
      return answer.code;
    }

    async function untilDone(): Promise<void> {
      for (let look = 0; (await run()) !== 'no_drop'; look += 1) expect(look).to.be.below(20);
    }

    async function expectWell(): Promise<void> {
      const outcomes = expected.map(() => 'delivered');
      const canary = /Lee\d|Ann|2015/;
      await expectAllIsWell({
        ...{ project, seen, expected, outcomes, openBefore, said, canary },
        folders: [join(host.folder, 'out')],
      });
    }

    it(`26: cut ${CUTS} times, each time further on, by RST and by FIN: each drop arrives once`, async () => {
      const wholeBytes = line.sentBytes() + line.receivedBytes();
      for (let cut = 1; cut <= CUTS; cut += 1) {
        dropNext(cut);
        line.cutAfter(Math.round((wholeBytes * cut) / (CUTS + 1)), cut % 2 === 0 ? 'rst' : 'fin');
        await run();
        line.cutAfter(Number.POSITIVE_INFINITY, 'rst');
        await untilDone();
      }
      await expectWell();
    });

    it(`27: silent ${SILENCES === 1 ? 'once' : `${SILENCES} times`}: the run ends by itself, and each drop arrives once`, async () => {
      for (let silence = 1; silence <= SILENCES; silence += 1) {
        dropNext(silence);
        const silenced = line;
        const timer = setTimeout(() => silenced.fallSilent(), (wholeMs * silence) / (SILENCES + 1));
        await run();
        clearTimeout(timer);
        await line.close();
        line = await startProxy(host.access.port);
        tools = toolsOver({ ...host.access, port: line.port, timeoutMs: TIMEOUT_MS }, (words) => {
          said += words;
        });
        await untilDone();
      }
      await expectWell();
    });
  });

function toolsOver(access: Host['access'], say: (words: string) => void): Partial<RunTools> {
  const note = (fields: object, words: string) => say(`${JSON.stringify(fields)} ${words}\n`);
  const logger = { debug: note, info: note, warn: note, error: note, child: () => logger };
  return {
    logger,
    async openSource({ settings: { source } }) {
      if (source.type !== 'sftp') throw new TypeError('not a host');
      return openSftpSource(source, access);
    },
    async openDestination({ settings: { destination } }) {
      if (destination.type !== 'sftp') throw new TypeError('not a host');
      return openSftpDestination(destination, access);
    },
  };
}
