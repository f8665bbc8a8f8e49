import { globSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect } from 'chai';
import { loadConfig } from '../../../src/config/load-config.ts';
import type { LoadedConnection } from '../../../src/config/load-connection.ts';
import { packRows, unpackRows } from '../../../src/parse/packed-rows.ts';
import { blockTaskOf, draftBeside } from '../../../src/run/drafting/draft-beside.ts';
import type { DraftedBlock } from '../../../src/run/drafting/draft-block.ts';
import { openBlocks } from '../../../src/run/drafting/draft-block.ts';
import { openDraftThread } from '../../../src/run/drafting/draft-thread.ts';
import { enterBlock } from '../../../src/run/drafting/enter-block.ts';
import { compileEntry } from '../../../src/run/drafting/enter-row.ts';
import { type FileDraft, openFileDraft } from '../../../src/run/drafting/file-draft.ts';
import { type FileKnowledge, NOTHING_KNOWN } from '../../../src/run/drafting/file-knowledge.ts';
import { type JudgedFile, openJudgedFile } from '../../../src/run/drafting/open-judged-file.ts';
import { runDayOf } from '../../../src/time/run-day.ts';
import type { SourceRow } from '../../../src/vocabulary/row.ts';
import { makeProject, NOW_MS, type Project, STUDENTS_MAPPING } from '../../builders/project.ts';

const MAPPING = `${STUDENTS_MAPPING}  mail: { type: direct, column: Mail, unique: true }
  card: { type: transformation, column: ID, apply: [ { temporary_id: { prefix: T, unless: Card } } ] }
`;
const HEADER = 'ID,Last,First,DOB,Gender,Status,School,Grade,Mail,Card,Day,Notes';
const COLUMNS = HEADER.split(',').length;

/** Students of every kind: broken and repeated rows, those who are too old or have no card, letters of several bytes. */
function rowText(at: number): string {
  if (at % 97 === 0) return `${at},broken`;
  if (at % 89 === 0) return `${at},L\0ee,Ann,5/1/2015,F,A,10,5,m${at},${at},1/2/2026,`;
  const id = at % 83 === 0 ? at - 1 : at;
  const year = at % 13 === 0 ? 1990 : 2015;
  const date = at % 71 === 0 ? '13/40/2015' : `5/${(at % 28) + 1}/${year}`;
  const gender = at % 61 === 0 ? 'X' : 'F';
  const last = at % 7 === 0 ? '"Ng, ""Zoë"""' : 'Núñez';
  const card = at % 53 === 0 ? '' : String(at);
  return `${id},${last},Ann,${date},${gender},${at % 5 === 0 ? 'G' : 'A'},${at % 40},5,m${at % 9999},${card},,${'n'.repeat(at % 90)}`;
}

describe('run/drafting/draft-beside', () => {
  let project: Project;
  before(async () => {
    project = await makeProject({ mappings: { 'students.yaml': MAPPING } });
  });
  after(() => project.remove());

  const known: FileKnowledge = {
    ...NOTHING_KNOWN,
    wasDelivered: (id) => id === '97',
    decided: (id) => (id === '42' ? [LEFT_OUT] : []),
    idsDecided: new Set(['42']),
  };

  async function opened(connection: LoadedConnection, name: string, rows: number) {
    const plan = connection.files.get('students');
    if (!plan) throw new Error('The project has no students');
    const workFolder = join(project.folder, name);
    await mkdir(workFolder);
    const path = join(workFolder, 'students.csv');
    const lines = Array.from({ length: rows }, (_, at) => rowText(at + 1));
    await writeFile(path, `${[HEADER, ...lines].join('\r\n')}\r\n`);
    const context = {
      ...{ connection, workFolder, env: {}, signal: new AbortController().signal },
      day: runDayOf(NOW_MS, 'America/Chicago', '07-01'),
      waivers: { always: new Set(['26']), never: new Set(['30']) },
      temporaryIds: {
        idOf: (prefix: string, key: string) => `${prefix}${key.length}`,
        settle: async () => false,
      },
    };
    const dropped = { name: 'students', file: 'students.csv', path };
    const judged = await openJudgedFile(dropped, plan, context, known);
    const draft = openFileDraft('students', plan, judged, { ...context, last: undefined });
    return { dropped, plan, context, judged, draft, enterRows: enterInto(draft, judged) };
  }

  function enterInto(draft: FileDraft, judged: JudgedFile) {
    const enter = compileEntry(draft, 'students.csv', judged);
    return async (rows: readonly SourceRow[]) => {
      for (const row of rows) enter(row, judged.judge(row));
      return rows.length;
    };
  }

  async function alone(connection: LoadedConnection, name: string, rows: number) {
    const { judged, draft, enterRows } = await opened(connection, name, rows);
    for await (const batch of judged.input.batches()) await enterRows(batch);
    return saidBy(draft);
  }

  /** Everything that a draft has of its rows. */
  function saidBy({ roll, outbound, exceptions, unique, close }: FileDraft) {
    const rows = [...roll.entries()].map(({ outbound: line, exceptions: lines, ...entry }) => ({
      ...entry,
      line: outbound.read(line).toString(),
      lines: exceptions.read(lines).toString(),
    }));
    const values = unique.map((one) =>
      [...one.values.scan()].map(({ row, bytes, keyAt }) => [row, bytes.toString('hex', keyAt, keyAt + 16)]),
    );
    close();
    return { rows, values };
  }

  it('enters what another thread judged as the corridor itself would have', async () => {
    await project.withTools(async (connection) => {
      const rows = 40_000;
      const expected = await alone(connection, 'alone', rows);
      const { dropped, plan, context, judged, draft, enterRows } = await opened(connection, 'beside', rows);
      using thread = openDraftThread();
      const kinds = { rows: 0, block: 0 };
      thread.begin(blockTaskOf(dropped, plan, { input: judged.input, context, known }));
      for await (const batch of draftBeside(thread, judged.input.notices)) {
        // A corridor that is behind, so that the other thread judges.
        if (kinds.rows === 0) await setTimeout(700);
        kinds[batch.kind]++;
        if (batch.kind === 'rows') await enterRows(unpackRows(batch.packed));
        else await enterBlock(draft, batch.block, enterRows);
      }
      expect(kinds.block).to.be.above(3);
      const kindsOfRows = new Set(expected.rows.map(({ verdict }) => verdict.kind));
      expect([...kindsOfRows]).to.have.members(['carried', 'rejected', 'ineligible']);
      expect(saidBy(draft)).to.deep.equal(expected);
    });
  }).timeout(20_000);

  it('can hand every connection of the examples and golden runs to another thread', async () => {
    const root = join(import.meta.dirname, '../../..');
    const files = globSync(join(root, '{test/golden,examples}/*/rosterferry.yaml'));
    expect(files.length).to.be.above(20);
    for (const file of files) {
      const { connections } = await loadConfig(file);
      for (const connection of connections.values()) {
        for (const plan of connection.files.values()) {
          const { mapping, mappingPath, codeTables, settings } = plan;
          const { name, folder, stateRule } = connection;
          const sent = { mapping, mappingPath, codeTables, settings, name, folder, stateRule };
          expect(structuredClone({ ...sent, of: connection.settings })).to.deep.equal({
            ...sent,
            of: connection.settings,
          });
        }
      }
    }
  }).timeout(10_000);

  it('leaves to the corridor what only the memory of the house can tell', async () => {
    await project.withTools(async (connection) => {
      const rows = 400;
      const expected = await alone(connection, 'few-alone', rows);
      const { dropped, plan, context, judged, draft, enterRows } = await opened(connection, 'few', rows);
      const task = structuredClone(blockTaskOf(dropped, plan, { input: judged.input, context, known }));
      const toBlock = await openBlocks(task);
      const blocks: DraftedBlock[] = [];
      for await (const batch of judged.input.batches())
        for (let at = 0; at < batch.length; at += 7)
          blocks.push(toBlock(packRows(batch.slice(at, at + 7), COLUMNS)));
      for (const block of blocks) await enterBlock(draft, block, enterRows);
      const left = blocks.flatMap((block) => block.left.map(({ row }) => row));
      const isLeft = (at: number) => at % 97 === 0 || at % 89 === 0 || at % 53 === 0 || at === 42;
      const due = Array.from({ length: rows }, (_, at) => at + 1).filter(isLeft);
      expect(left.map(({ row }) => row)).to.have.members(due);
      expect(saidBy(draft)).to.deep.equal(expected);
    });
  });
});

const LEFT_OUT = {
  ...{ file: 'students', id: '42', field: '', choice: 'leave_out' as const, value: '', about: '' },
  ...{ shown: [], by: 'ann', at: '2026-11-21T10:00:00.000-06:00', reason: '' },
};
