import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { CONTACTS_MAPPING, STUDENTS_MAPPING } from '../builders/project.ts';
import { rosterferryProcess, startRosterferry } from '../cli/rosterferry.ts';
import { findSshd, type Sshd, startSshd } from '../doubles/sshd.ts';

const STUDENTS =
  'ID,Last,First,DOB,Gender,Status,School,Grade\r\n1,O’Brien,Ann,5/1/2015,F,A,10,5\r\n2,Old,Gus,1/1/1990,M,G,10,12\r\n';
const CONTACTS = 'ID,Name\n1,Mum\n2,Kin\n';
const DELIVERED = 'student_id,last_name,first_name,birth_date,gender\r\n1,O’Brien,Ann,2015-05-01,Female\r\n';

interface Walk {
  folder: string;
  source: string;
  destination: string;
}

/** The whole program between two ends: as a person configures it, in processes of its own. */
function walkBetween(
  name: string,
  describeEnds: (walk: Walk) => Promise<{ source: string; destination: string }>,
): void {
  describe(`a walk between ${name}`, () => {
    let walk: Walk;
    beforeEach(async () => {
      const folder = await mkdtemp(join(tmpdir(), 'rosterferry-walk-'));
      walk = { folder, source: join(folder, 'from'), destination: join(folder, 'to') };
      for (const one of [walk.source, walk.destination]) await mkdir(one);
      const ends = await describeEnds(walk);
      await writeFile(join(folder, 'students.yaml'), STUDENTS_MAPPING);
      await writeFile(join(folder, 'contacts.yaml'), CONTACTS_MAPPING);
      await writeFile(join(folder, 'rosterferry.yaml'), configOf(ends));
    });
    afterEach(() => rm(walk.folder, { recursive: true, force: true }));

    it('delivers the right bytes, balances, verifies, and clears the source', async () => {
      await writeFile(join(walk.source, 'students.csv'), STUDENTS);
      await writeFile(join(walk.source, 'contacts.csv'), CONTACTS);
      const check = await rosterferryProcess(['check'], { cwd: walk.folder });
      expect(check.exit, check.stderr).to.equal(0);
      if (name.includes('sshd'))
        expect(check.stdout).to.match(/(source|destination)\.host +software OpenSSH_.*offers posix-rename/);
      const run = await rosterferryProcess(['--json', 'run', 'north', '--as-of', '2026-11-22'], {
        cwd: walk.folder,
      });
      expect(run.exit, run.stderr).to.equal(0);
      const report = JSON.parse(run.stdout);
      expect(report.balanced).to.equal(true);
      expect(report.totals.students).to.include({ read: 2, ineligible: 1, carried: 1, delivered: 1 });
      expect(report.totals.contacts).to.include({ read: 2, ineligible: 1, carried: 1, delivered: 1 });
      expect(await readFile(join(walk.destination, 'students_2026-11-22.csv'), 'utf8')).to.equal(DELIVERED);
      expect((await readdir(walk.destination)).toSorted()).to.deep.equal([
        'contacts.csv',
        'students_2026-11-22.csv',
      ]);
      expect(await readdir(walk.source)).to.deep.equal([]);
      const sealed = join(walk.folder, 'archive/north/2026/11', report.run.id);
      execFileSync('sha256sum', ['-c', '--quiet', 'SHA256SUMS'], { cwd: sealed });
      expect((await rosterferryProcess(['verify'], { cwd: walk.folder })).exit).to.equal(0);
      const runs = JSON.parse(
        (await rosterferryProcess(['--json', 'runs', 'north'], { cwd: walk.folder })).stdout,
      );
      expect(runs.runs).to.have.length(1);
      expect(runs.runs[0]).to.include({ id: report.run.id, connection: 'north', outcome: 'delivered' });
      const shown = JSON.parse(
        (await rosterferryProcess(['--json', 'show', report.run.id], { cwd: walk.folder })).stdout,
      );
      expect(shown).to.deep.equal(report);
    });

    it('is carried by the daemon soon after the drop is whole, never before', async () => {
      const { child, ended } = await startRosterferry(['start'], { cwd: walk.folder });
      try {
        await once(child.stderr ?? child, 'data');
        // Half a file, growing: not to be taken under its name until it rests.
        await writeFile(join(walk.source, 'students.csv.part'), STUDENTS.slice(0, 80));
        await writeFile(join(walk.source, 'students.csv.part'), STUDENTS);
        await rename(join(walk.source, 'students.csv.part'), join(walk.source, 'students.csv'));
        const names = await untilThere(walk.destination, 'students_');
        expect(names).to.have.length(1);
        expect(await readFile(join(walk.destination, names[0] ?? ''), 'utf8')).to.equal(DELIVERED);
        const status = JSON.parse(
          (await rosterferryProcess(['--json', 'status'], { cwd: walk.folder })).stdout,
        );
        expect(status.connections[0]).to.include({
          name: 'north',
          enabled: true,
          open_run: null,
          late: false,
        });
      } finally {
        child.kill('SIGTERM');
      }
      const { exit, stderr } = await ended;
      expect(exit, stderr).to.equal(0);
      expect(stderr).not.to.include('Brien');
    });
  });
}

async function untilThere(folder: string, start: string): Promise<string[]> {
  for (let look = 0; look < 200; look++) {
    const names = (await readdir(folder)).filter((name) => name.startsWith(start));
    if (names.length > 0) return names;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('nothing was delivered within 20 seconds');
}

function configOf(ends: { source: string; destination: string }): string {
  return `version: 1
timezone: America/Chicago
connections:
  north:
    source: { ${ends.source}, ready: { quiet: 200ms } }
    files:
      students: { match: "students*.csv", mapping: students.yaml }
      contacts: { match: "contacts*.csv", required: false, mapping: contacts.yaml }
    eligibility:
      statuses: { active: [A], inactive: [I, G] }
      age: { min: 5, max: 21, as_of: "09-01" }
    schedule: { every: 1s }
    destination: { ${ends.destination} }
`;
}

walkBetween('two folders', async () => ({
  source: 'type: local, path: from',
  destination: 'type: local, path: to',
}));

const program = findSshd();
if (program) {
  describe('on a real sshd', () => {
    let server: Sshd;
    before(async () => {
      server = await startSshd(program);
    });
    after(() => server.stop());
    walkBetween('two folders on a real sshd', async ({ folder, source, destination }) => {
      await writeFile(join(folder, 'id'), server.access.privateKey ?? '', { mode: 0o600 });
      const { host, port, username, trustedHostKeys } = server.access;
      const endpoint = (path: string) =>
        `type: sftp, host: ${host}, port: ${port}, username: ${username}, private_key: "file:id", host_key: "${trustedHostKeys[0]}", path: "${path}"`;
      return { source: endpoint(source), destination: endpoint(destination) };
    });
  });
}
