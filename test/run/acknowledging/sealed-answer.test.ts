/** Answers in the chain: encrypted as runs are, purged as runs are, and still known. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { verifyArchive } from '../../../src/archive/verify-archive.ts';
import { openLedger } from '../../../src/ledger/open-ledger.ts';
import { acknowledgeConnection } from '../../../src/run/acknowledging/acknowledge-connection.ts';
import { purgeConnection } from '../../../src/run/purging/purge-connection.ts';
import { rebuildFromArchive } from '../../../src/run/rebuild-from-archive.ts';
import { makeAgePair } from '../../builders/keys.ts';
import { CONNECTION, makeProject, NOW_MS, type Project } from '../../builders/project.ts';

const BOTH = `${CONNECTION}acknowledge: { file: "result*.csv", id: student_id, status: result, accepted: [OK], message: note, ready: { quiet: 1ms } }
answer: { path: results }
`;
const CANARY = 'Zzcanary';
const DROP = `ID,Last,First,DOB,Gender,Status,School,Grade
1,${CANARY},Ann,5/1/2015,F,A,10,5
2,${CANARY},Bo,13/1/2015,F,A,10,5
`;
const RESULT = `student_id,result,note\n1,ERROR,no place for ${CANARY}\n`;

async function answered(project: Project): Promise<void> {
  await project.drop({ 'students.csv': DROP });
  await project.carry();
  await writeFile(join(project.outbound, 'result.csv'), RESULT);
  await project.withTools((connection, tools) => acknowledgeConnection({ connection, onlyNew: true }, tools));
}

describe('answers in the archive', () => {
  it('leave nothing of a student plain in an encrypted one, and are known again from it', async () => {
    const { identity, recipient } = await makeAgePair();
    const service = `archive: { path: archive, encrypt: { age: ${recipient} }, decrypt: { age: file:key.txt } }\n`;
    const project = await makeProject({ service, connection: BOTH });
    try {
      await writeFile(join(project.folder, 'key.txt'), `${identity}\n`, { mode: 0o600 });
      await answered(project);
      const archive = join(project.folder, 'archive');
      expect((await verifyArchive(archive)).problems).to.deep.equal([]);
      for (const entry of await readdir(archive, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile() || entry.name.startsWith('ledger.')) continue;
        const bytes = await readFile(join(entry.parentPath, entry.name));
        expect(bytes.includes(CANARY), join(entry.parentPath, entry.name)).to.equal(false);
      }
      const [name = ''] = await project.names(join(project.inbound, 'results'));
      expect(await project.read(join(project.inbound, 'results', name))).to.include(CANARY);
      const path = join(project.folder, 'other.sqlite');
      const unseal = await project.withTools(async (_, tools) => tools.sealing?.unseal);
      await rebuildFromArchive(archive, { type: 'sqlite', path }, unseal);
      await using other = await openLedger({ type: 'sqlite', path });
      expect((await other.answers.about('1'))[0]?.message).to.include(CANARY);
    } finally {
      await project.remove();
    }
  });

  it('are purged by rule: that there was an answer stays, what it said goes', async () => {
    const project = await makeProject({ connection: BOTH });
    try {
      await answered(project);
      const archive = join(project.folder, 'archive');
      const purge = (days: number) =>
        project.withTools((_, tools) => {
          const clock = { ...tools.clock, now: () => NOW_MS + days * 86_400_000 };
          const retention = { files: '2d', reports: '20d', hold: [] };
          return purgeConnection(
            { connection: 'north', retention, by: 'kim', dryRun: false },
            { ...tools, clock },
          );
        });
      for (const days of [5, 40]) {
        expect((await purge(days)).plan.runs).to.have.length.above(0);
        expect((await verifyArchive(archive)).problems).to.deep.equal([]);
        const ledger = await project.withTools((_, tools) => tools.ledger());
        const [about] = await ledger.answers.about('1');
        expect(about).to.deep.include({ verdict: 'refused', status: '', message: '' });
        const path = join(project.folder, `other${days}.sqlite`);
        const rebuilt = await rebuildFromArchive(archive, { type: 'sqlite', path });
        expect(rebuilt[0]?.runs).to.equal(1);
        await using other = await openLedger({ type: 'sqlite', path });
        expect(await Array.fromAsync(other.dump())).to.deep.equal(await Array.fromAsync(ledger.dump()));
      }
    } finally {
      await project.remove();
    }
  });
});
