/** The commands that ask the ledger or make it anew: history, rebuild. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { lockConnection } from '../../src/ledger/connection-lock.ts';
import { openSqliteLedger } from '../../src/ledger/sqlite-ledger.ts';
import type { MemoryEntry } from '../../src/vocabulary/memory.ts';
import { nightOf } from '../archive/sealed-archive.ts';
import { makeProject, type Project } from '../builders/project.ts';
import { delivered, fileEntry, recordEntry, removedEntry } from '../ledger/sample-memory.ts';
import { sealNight } from '../run/sealed-nights.ts';
import { type Ended, rosterferry } from './rosterferry.ts';

const TARGETS = ['name', 'phone'];
const CONTACT = '1\u001f00112233445566aa';

function contact(change: 'created' | 'updated', phone: string): MemoryEntry {
  const record = delivered(CONTACT, { values: ['Kim \u001b[2J', phone] });
  return { kind: 'record', file: 'contacts', change, record };
}

const CONTACTS: MemoryEntry = { kind: 'file', file: 'contacts', targets: TARGETS, bytes: 10 };
const NIGHTS: readonly (readonly MemoryEntry[])[] = [
  [fileEntry(), recordEntry('T1'), recordEntry('2', 'created', { values: ['2', '', '5'] })],
  [
    ...[fileEntry(), { kind: 'link', file: 'students', from: 'T1', to: '1' } as const],
    ...[recordEntry('1', 'promoted', { grade: '6' }), CONTACTS, contact('created', '')],
  ],
  [fileEntry(), removedEntry('1'), CONTACTS, contact('updated', '555-0100')],
];

let project: Project;
let archive: string;
let ledger: string;

function type(...args: string[]): Promise<Ended> {
  return rosterferry(args, { cwd: project.folder });
}

async function dumped(): Promise<string[]> {
  await using opened = await openSqliteLedger(ledger);
  return await Array.fromAsync(opened.dump());
}

describe('rosterferry, remembering', () => {
  before(async () => {
    project = await makeProject();
    archive = join(project.folder, 'archive');
    ledger = join(archive, 'ledger.sqlite');
  });
  after(() => project.remove());

  it('has nothing to make a ledger from where no run was sealed, and changes nothing', async () => {
    const { exit, stdout, stderr } = await type('rebuild');
    expect({ exit, stdout }).to.deep.equal({ exit: 2, stdout: '' });
    expect(stderr).to.match(/^error\[usage\]: There is no sealed run in .*archive\. Nothing was changed\./);
  });

  it('knows nothing of anybody before the first run', async () => {
    const { exit, stdout } = await type('history', '1');
    expect({ exit, stdout }).to.deep.equal({
      exit: 0,
      stdout: 'Nothing was ever delivered for a student 1.\n',
    });
  });

  describe('after three nights', () => {
    before(async () => {
      for (const [at, entries] of NIGHTS.entries())
        await sealNight(archive, at + 1, { connection: 'north', entries });
      await sealNight(archive, 1, { connection: 'closed-school', entries: [fileEntry(), recordEntry('2')] });
    });

    it('is not believed where the ledger lacks more than the last run: rebuild is offered', async () => {
      const { exit, stderr } = await type('history', '1');
      expect(exit).to.equal(3);
      expect(stderr).to.match(/^error\[ledger_younger\]: .*Run rosterferry rebuild/);
    });

    it('makes the ledger anew, and says what it read', async () => {
      const { exit, stdout } = await type('rebuild');
      expect(exit).to.equal(0);
      expect(stdout).to.equal(
        [
          'Read 4 sealed runs of 2 connections; 3 records known as delivered.',
          'connection     runs  records',
          'closed-school     1        1',
          'north             3        2',
          `Ledger: ${ledger}`,
          '',
        ].join('\n'),
      );
      const before = await dumped();
      await rm(ledger);
      const again = await type('--json', 'rebuild');
      expect(JSON.parse(again.stdout)).to.deep.equal({
        ledger,
        runs: 4,
        records: 3,
        connections: [
          { name: 'closed-school', runs: 1, records: 1 },
          { name: 'north', runs: 3, records: 2 },
        ],
      });
      expect(await dumped()).to.deep.equal(before);
    });

    it('tells the history of a student, under each id, with that of the contacts', async () => {
      const { exit, stdout } = await type('--json', 'history', '1');
      expect(exit).to.equal(0);
      const { student_id, history } = JSON.parse(stdout);
      expect(student_id).to.equal('1');
      expect(history[0]).to.deep.equal({
        run: nightOf(1, 'north').id,
        connection: 'north',
        business_date: '2026-11-01',
        outcome: 'delivered',
        finished_at: '2026-11-01T03:30:04-06:00',
        file: 'students',
        id: 'T1',
        change: 'created',
        note: '',
        fields: [
          { field: 'students.id', before: null, after: 'T1' },
          { field: 'students.last', before: null, after: 'Moss' },
          { field: 'students.grade', before: null, after: '5' },
        ],
        answer: null,
      });
      const told = ({ business_date, file, id, change }: Record<string, string>) =>
        `${business_date?.slice(-2)} ${file} ${id} ${change}`;
      expect(history.map(told)).to.have.members([
        '01 students T1 created',
        '02 contacts 1 created',
        '02 students T1 linked',
        '02 students 1 linked',
        '02 students 1 promoted',
        '03 contacts 1 updated',
        '03 students 1 removed',
      ]);
      expect(JSON.parse((await type('--json', 'history', 'T1')).stdout).history).to.have.length(7);
    });

    it('tells it in words that a terminal can show', async () => {
      const { stdout } = await type('history', '1');
      const [header, ...lines] = stdout.split('\n');
      expect(header).to.equal('Student 1: 3 runs of 1 connection');
      expect(stdout).to.not.include('\u001b');
      for (const line of [
        `2026-11-01  ${nightOf(1, 'north').id}`,
        '  Delivered, 2026-11-01 03:30:04 -06:00',
        '  students: created',
        '      students.last   Moss',
        '  students: T1 goes on as 1',
        '  students: 1 is who was T1 before',
        '      students.grade  5 -> 6',
        '      name  Kim [U+001B][2J',
        '      phone  (blank) -> 555-0100',
        '  students: removed, because the drop had no row any more; nothing is sent any more',
      ])
        expect(lines).to.include(line);
    });

    it('tells it of one connection, also of one that is configured no more', async () => {
      const runs = async (...args: string[]) => {
        const { stdout } = await type('--json', 'history', '2', ...args);
        return JSON.parse(stdout).history.map(({ connection }: { connection: string }) => connection);
      };
      expect(await runs()).to.deep.equal(['closed-school', 'north']);
      expect(await runs('--connection', 'closed-school')).to.deep.equal(['closed-school']);
      const { exit, stderr } = await type('history', '2', '--connection', 'nort');
      expect(exit).to.equal(2);
      expect(stderr).to.equal(
        'error[unknown_connection]: There is no connection nort. Did you mean north?\n',
      );
      const nobody = await type('--json', 'history', '4711');
      expect(nobody.exit).to.equal(0);
      expect(JSON.parse(nobody.stdout)).to.deep.equal({ student_id: '4711', history: [], answers: [] });
    });

    it('tells what was sent of a record that a person matched with the student', async () => {
      const about = { file: 'students', id: '2', field: 'identity.id', value: '', about: '', shown: [] };
      const said = { by: 'rita', at: '2026-11-03T04:00:00-06:00', reason: '' };
      await using opened = await openSqliteLedger(ledger);
      await opened.decide('north', { ...about, choice: 'match:SIS-9', ...said });
      const { stdout } = await type('--json', 'history', 'SIS-9');
      const told = JSON.parse(stdout).history.map(({ connection, id }: Record<string, string>) => [
        connection,
        id,
      ]);
      expect(told).to.deep.equal([['north', '2']]);
    });

    it('tells at once what a run sealed, whose end a crash kept from the ledger', async () => {
      await sealNight(archive, 4, { connection: 'north', entries: [fileEntry(), recordEntry('44')] });
      const { stdout } = await type('--json', 'history', '44');
      expect(JSON.parse(stdout).history).to.have.length(1);
    });

    it('makes no ledger while another process has it, or a run is at work', async () => {
      await using opened = await openSqliteLedger(ledger);
      const refused = await type('rebuild');
      expect(refused.exit).to.equal(7);
      expect(refused.stderr).to.match(/^error\[ledger_in_use\]: /);
      await opened.close();
      using _lock = lockConnection(archive, 'north');
      const working = await type('rebuild');
      expect(working.exit).to.equal(7);
      expect(working.stderr).to.match(/^error\[already_running\]: /);
    });

    it('leaves the old ledger where a run cannot be read', async () => {
      const before = await dumped();
      const memory = join(archive, 'north/2026/11', nightOf(2, 'north').id, 'memory.ndjson');
      const text = await readFile(memory, 'utf8');
      await writeFile(memory, text.replace('555', '556').replace('"6"', '"7"'));
      const { exit, stderr } = await type('rebuild');
      expect(exit).to.equal(3);
      expect(stderr).to.include(`error[memory_unreadable]: ${memory}: What the run remembers`);
      expect(await dumped()).to.deep.equal(before);
    });
  });
});
