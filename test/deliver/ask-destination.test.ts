import { mkdtempSync, readdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { askDestination, lookBefore, type Standing } from '../../src/deliver/ask-destination.ts';
import { type Destination, type OutboundFile, temporaryName } from '../../src/deliver/destination.ts';
import { openLocalDestination } from '../../src/deliver/local-destination.ts';
import { openSftpDestination } from '../../src/deliver/sftp-destination.ts';
import { draftOf, RUN } from '../contracts/destination-contract.ts';
import { faultOf } from '../doubles/fault-of.ts';
import { goodHosts, type Host } from '../doubles/hosts.ts';
import { useTempFolders } from '../doubles/temp-folder.ts';

const NAME = 'students.csv';
const TODAY = 'today: 2 rows';
const YESTERDAY = 'yesterday: 1 row';
const EARLIER = new Date('2026-11-20T03:00:00Z');

/** What the other side has when it is asked, and what follows from it. */
interface Case {
  title: string;
  before?: string;
  temporary?: string;
  final?: string;
  standing: Standing;
}

const BY_RENAME: Case[] = [
  { title: 'only the temporary file', temporary: TODAY, standing: 'staged' },
  {
    title: 'the temporary file beside the older one',
    before: YESTERDAY,
    temporary: TODAY,
    standing: 'staged',
  },
  {
    title: 'the temporary file beside a stranger',
    temporary: TODAY,
    final: 'a stranger',
    standing: 'staged',
  },
  { title: 'both names on the same bytes', temporary: TODAY, final: TODAY, standing: 'published' },
  { title: 'only the final file', before: YESTERDAY, final: TODAY, standing: 'published' },
  { title: 'nothing at all', standing: 'taken' },
  { title: 'nothing, where an older one lay', before: YESTERDAY, final: '', standing: 'taken' },
  { title: 'only the older file', before: YESTERDAY, standing: 'lost' },
  { title: 'a stranger alone', before: YESTERDAY, final: 'a stranger', standing: 'unknown' },
  { title: 'a stranger where nothing was', final: 'another 13 by', standing: 'unknown' },
];

const IN_PLACE: Case[] = [
  { title: 'nothing at all', standing: 'unknown' },
  { title: 'the older file', before: YESTERDAY, standing: 'staged' },
  { title: 'a part of the file', final: 'today', standing: 'staged' },
  { title: 'the whole file', before: YESTERDAY, final: TODAY, standing: 'published' },
  { title: 'a longer stranger', before: YESTERDAY, final: 'a stranger of 20 byt', standing: 'unknown' },
];

/** Files of the other side as a case has them; a blank final name stands for one that was taken. */
function layOut(folder: string, file: OutboundFile, { temporary, final }: Case): void {
  const path = join(folder, NAME);
  if (temporary !== undefined) writeFileSync(join(folder, temporaryName(file, RUN)), temporary);
  if (final === '') rmSync(path);
  else if (final !== undefined) {
    writeFileSync(`${path}.new`, final);
    renameSync(`${path}.new`, path);
  }
}

function standings(
  title: string,
  cases: readonly Case[],
  open: (folder: string) => Promise<Destination>,
): void {
  describe(`how far a delivery came: ${title}`, () => {
    const newTempFolder = useTempFolders();
    for (const one of cases)
      it(`${one.title}: ${one.standing}`, async () => {
        const folder = await newTempFolder();
        const file = await draftOf(await newTempFolder(), NAME, TODAY);
        if (one.before !== undefined) {
          writeFileSync(join(folder, NAME), one.before);
          utimesSync(join(folder, NAME), EARLIER, EARLIER);
        }
        const destination = await open(folder);
        const before = await lookBefore([file], destination);
        layOut(folder, file, one);
        const there = readdirSync(folder);
        expect(await askDestination(file, { destination, run: RUN, before })).to.equal(one.standing);
        expect(readdirSync(folder), 'asking changes nothing').to.deep.equal(there);
        rmSync(folder, { recursive: true });
        const asking = askDestination(file, { destination, run: RUN, before });
        expect((await faultOf(asking)).code, 'a folder that is gone').to.equal('destination_missing');
        await destination.close();
      });
  });
}

standings('a local folder', BY_RENAME, async (path) => openLocalDestination({ type: 'local', path }));

for (const profile of goodHosts().slice(0, 2)) {
  let host: Host;
  const place = { type: 'sftp' as const, host: '127.0.0.1', port: 22, username: 'ferry', timeout: '1s' };
  before(async () => {
    host = await profile.start();
  });
  after(() => host.stop());
  for (const [publish, cases] of [
    ['rename', BY_RENAME],
    ['in_place', IN_PLACE],
  ] as const)
    standings(`${profile.title}, ${publish}`, cases, (path) =>
      openSftpDestination({ ...place, publish, path }, host.access),
    );
}

describe('how far a delivery came', () => {
  it('is not known better where nobody looked before: then only what is certain is said', async () => {
    const folder = mkdtempSync('/tmp/rosterferry-before-');
    try {
      const file = await draftOf(folder, NAME, TODAY);
      const destination = openLocalDestination({ type: 'local', path: folder });
      writeFileSync(join(folder, NAME), YESTERDAY);
      expect(await askDestination(file, { destination, run: RUN, before: undefined })).to.equal('unknown');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
