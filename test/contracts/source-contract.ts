/** What every source must do, whatever it is: run against folders, a real sshd and servers with bad manners. */
import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { appendFile, mkdir, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import type { SourceSettings } from '../../src/source/schema.ts';
import type { ListedFile, Source, TellNotice } from '../../src/source/source.ts';
import { faultOf } from '../doubles/fault-of.ts';
import { useTempFolders } from '../doubles/temp-folder.ts';

/** How the source clears, and how it tells that a drop is whole. */
export type Manners = Partial<Pick<SourceSettings, 'after' | 'ready'>>;

/** One kind of source over folders that the test can reach too. */
export interface SourceStand {
  /** An empty drop folder. */
  newFolder(): Promise<string>;
  open(folder: string, manners: Manners, tell?: TellNotice): Promise<Source>;
  stop(): Promise<void>;
}

/** Seconds: what SFTP can tell. */
const EARLIER = new Date('2026-11-20T03:00:00Z');

export function sourceContract(title: string, start: () => Promise<SourceStand>): void {
  describe(`source contract: ${title}`, () => {
    const newTempFolder = useTempFolders();
    const opened: Source[] = [];
    let stand: SourceStand;
    let folder: string;
    before(async () => {
      stand = await start();
    });
    after(() => stand.stop());
    beforeEach(async () => {
      folder = await stand.newFolder();
    });
    afterEach(async () => {
      for (const source of opened.splice(0)) await source.close();
    });
    const open = async (manners: Manners = {}, tell?: TellNotice) => {
      const source = await stand.open(folder, manners, tell);
      opened.push(source);
      return source;
    };
    const drop = async (name: string, content: string | Buffer) => {
      await writeFile(join(folder, name), content);
      await utimes(join(folder, name), EARLIER, EARLIER);
    };
    const listOne = async (source: Source, name: string): Promise<ListedFile> => {
      const file = (await source.list()).find((one) => one.name === name);
      return file ?? expect.fail(`${name} is not listed`);
    };
    const bench: Bench = { open, drop, listOne, newTempFolder, folder: () => folder };
    listing(bench);
    fetching(bench);
    clearing(bench);
    moving(bench);
  });
}

interface Bench {
  open(manners?: Manners, tell?: TellNotice): Promise<Source>;
  drop(name: string, content: string | Buffer): Promise<void>;
  listOne(source: Source, name: string): Promise<ListedFile>;
  newTempFolder(): Promise<string>;
  folder(): string;
}

function listing({ open, drop, folder }: Bench): void {
  it('lists regular files with size and time, and leaves out what nobody should take', async () => {
    await drop('students_1121.csv', 'id\n1\n');
    await drop('no ending', '');
    for (const name of [
      '.hidden',
      'a.part',
      'b.FILEPART',
      'c.tmp',
      'd.crdownload',
      'line\nbreak',
      'back\\slash',
      'con.csv',
    ])
      await drop(name, 'x');
    await mkdir(join(folder(), 'processed'));
    await symlink('/etc/passwd', join(folder(), 'link.csv'));
    const source = await open();
    expect(await source.list()).to.have.deep.members([
      { name: 'students_1121.csv', sizeBytes: 5, modifiedMs: EARLIER.getTime() },
      { name: 'no ending', sizeBytes: 0, modifiedMs: EARLIER.getTime() },
    ]);
    expect(await source.describe())
      .to.contain(folder())
      .and.contain('2 files, and 3 with an unsafe name');
  });

  it('tells of what it leaves out, in words that steer no terminal, and says nothing of folders', async () => {
    await drop('students.csv', 'x');
    await drop('line\nbreak\u202e.csv', 'x');
    await mkdir(join(folder(), 'processed'));
    await symlink('/etc/passwd', join(folder(), 'link.csv'));
    const told: string[] = [];
    const source = await open({}, ({ kind, name, message }) => {
      expect(message).to.contain(name);
      told.push(`${kind} ${name}`);
    });
    expect((await source.list()).map(({ name }) => name)).to.deep.equal(['students.csv']);
    expect(told).to.have.members(['unsafe_name line\\u{a}break\\u{202e}.csv', 'no_plain_file link.csv']);
  });

  it('lists the markers of files even where they are hidden', async () => {
    for (const name of ['students.csv', '.students.csv.ok', '.other.csv.ok']) await drop(name, '');
    const names = (await (await open({ ready: { marker: '.{name}.ok' } })).list()).map((file) => file.name);
    expect(names).to.have.members(['students.csv', '.students.csv.ok']);
  });

  it('never takes a folder that is not there for an empty one', async () => {
    const source = await open();
    expect(await source.list()).to.deep.equal([]);
    await rm(folder(), { recursive: true });
    expect((await faultOf(source.list())).code).to.equal('source_missing');
    expect((await faultOf(source.describe())).code).to.equal('source_missing');
    await writeFile(folder(), 'a file in its place');
    expect((await faultOf(source.list())).code).to.be.oneOf(['source_missing', 'source_unreadable']);
  });
}

function fetching({ open, drop, listOne, newTempFolder, folder }: Bench): void {
  for (const size of [0, 5, 2_500_000])
    it(`fetches ${size} bytes exactly, into a new file of mode 0600`, async () => {
      const content = randomBytes(size);
      await drop('students.csv', content);
      const source = await open();
      const to = join(await newTempFolder(), 'fetched');
      const sha256 = createHash('sha256').update(content).digest('hex');
      const listed = await listOne(source, 'students.csv');
      expect(await source.fetch(listed, to)).to.deep.equal({ sizeBytes: size, sha256 });
      expect(readFileSync(to).equals(content)).to.equal(true);
      expect(existsSync(join(folder(), 'students.csv'))).to.equal(true);
      expect((await faultOf(source.fetch(listed, to))).code).to.equal('local_io');
      expect(readFileSync(to).equals(content), 'what was there stays').to.equal(true);
    });

  const changes: Record<string, (path: string) => Promise<void>> = {
    grew: (path) => appendFile(path, 'x'),
    'has another time': (path) => utimes(path, EARLIER, new Date(EARLIER.getTime() + 5000)),
    'is gone': (path) => rm(path),
    'is a folder now': async (path) => {
      await rm(path);
      await mkdir(path);
    },
    'is a pipe now': async (path) => {
      await rm(path);
      execFileSync('mkfifo', [path]);
    },
    'is a link now': async (path) => {
      await rename(path, `${path}.real`);
      await symlink(`${path}.real`, path);
    },
  };
  for (const [how, change] of Object.entries(changes))
    it(`refuses a file that ${how}, and leaves nothing behind`, async () => {
      await drop('students.csv', 'id\n1\n');
      const source = await open();
      const listed = await listOne(source, 'students.csv');
      await change(join(folder(), 'students.csv'));
      const to = await newTempFolder();
      const fault = await faultOf(source.fetch(listed, join(to, 'fetched')));
      expect(fault.code).to.equal('source_changed');
      expect(readdirSync(to)).to.deep.equal([]);
    });

  it('says beforehand whether a file may be read', async () => {
    await drop('students.csv', 'id\n1\n');
    const source = await open();
    const listed = await listOne(source, 'students.csv');
    await source.expectReadable(listed);
    await rm(join(folder(), 'students.csv'));
    expect((await faultOf(source.expectReadable(listed))).code).to.equal('source_changed');
    expect((await faultOf(source.expectReadable({ ...listed, name: '../x' }))).code).to.equal('unsafe_name');
  });

  it('refuses names that lead elsewhere', async () => {
    const source = await open();
    const file = { name: '../x', sizeBytes: 1, modifiedMs: 0 };
    expect((await faultOf(source.fetch(file, join(await newTempFolder(), 'x')))).code).to.equal(
      'unsafe_name',
    );
    expect((await faultOf(source.clear(file))).code).to.equal('unsafe_name');
  });
}

function clearing({ open, drop, listOne, folder }: Bench): void {
  it('removes what was listed, twice if need be, and its marker with it', async () => {
    for (const name of ['a.csv', 'a.csv.done', 'b.csv', 'b.csv.done']) await drop(name, 'x');
    const source = await open({ after: 'remove', ready: { marker: '{name}.done' } });
    const listed = await listOne(source, 'a.csv');
    expect([await source.clear(listed), await source.clear(listed)]).to.deep.equal([true, true]);
    expect(readdirSync(folder())).to.have.members(['b.csv', 'b.csv.done']);
  });

  it('says beforehand that it could, and touches nothing', async () => {
    await drop('a.csv', 'x');
    for (const after of ['remove', 'leave', { move: 'processed' }] as const) {
      const doubt = await (await open({ after })).expectClearable();
      // A host may not tell enough to be sure; a folder of this machine does.
      expect(doubt ?? 'cannot be told').to.contain('cannot be told');
    }
    expect(readdirSync(folder())).to.deep.equal(['a.csv']);
  });

  it('leaves everything where it is told to', async () => {
    await drop('a.csv', 'x');
    const source = await open({ after: 'leave' });
    expect(await source.clear(await listOne(source, 'a.csv'))).to.equal(true);
    expect(readdirSync(folder())).to.deep.equal(['a.csv']);
  });

  it('does not touch a file that came in the place of the listed one', async () => {
    for (const after of ['remove', { move: 'processed' }] as const) {
      await drop('a.csv', 'x');
      const source = await open({ after, ready: { marker: '{name}.done' } });
      const listed = await listOne(source, 'a.csv');
      await drop('a.csv', 'another extract');
      await drop('a.csv.done', '');
      expect(await source.clear(listed)).to.equal(false);
      expect(readdirSync(folder())).to.have.members(['a.csv', 'a.csv.done']);
    }
  });

  it('does not call a file cleared because its folder is gone', async () => {
    await drop('a.csv', 'x');
    const source = await open({ after: 'remove' });
    const listed = await listOne(source, 'a.csv');
    await rm(folder(), { recursive: true });
    expect((await faultOf(source.clear(listed))).code).to.equal('source_not_cleared');
  });
}

function moving({ open, drop, listOne, folder }: Bench): void {
  it('moves into a folder beside the drop and overwrites nothing there', async () => {
    const source = await open({ after: { move: 'processed' }, ready: { marker: '{name}.done' } });
    for (const content of ['first', 'second', 'third']) {
      await drop('a.csv', content);
      await drop('a.csv.done', '');
      const listed = await listOne(source, 'a.csv');
      expect([await source.clear(listed), await source.clear(listed)]).to.deep.equal([true, true]);
    }
    const processed = join(folder(), 'processed');
    expect(readdirSync(folder())).to.deep.equal(['processed']);
    expect(readdirSync(processed)).to.include.members(['a.csv', 'a.2.csv', 'a.3.csv', 'a.csv.done']);
    expect(
      ['a.csv', 'a.2.csv', 'a.3.csv'].map((name) => readFileSync(join(processed, name), 'utf8')),
    ).to.deep.equal(['first', 'second', 'third']);
  });
}
