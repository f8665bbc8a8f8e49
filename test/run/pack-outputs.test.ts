import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Decrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { expect } from 'chai';
import { CONNECTION, makeProject, type Project, STUDENTS_MAPPING } from '../builders/project.ts';
import { membersOf } from '../builders/read-zip.ts';

const HEADER = 'ID,Last,First,DOB,Gender,Status,School,Grade\n';
const STUDENTS = [
  '1,Lee,Ann,5/1/2015,F,A,10,5',
  '2,Diaz,Bob,6/2/2014,M,A,"East/West",6',
  '3,Poe,Cy,6/2/2014,M,A,10,6',
  '4,Ito,Di,6/2/2014,F,A,,6',
].map((line) => `${line}\n`);

describe('run/pack-outputs', () => {
  let project: Project;
  afterEach(() => project.remove());

  /** What lies at the destination, by name. */
  async function delivered(): Promise<Record<string, Buffer>> {
    const names = await project.names(project.outbound);
    const bytes = names.map(async (name) => [name, await readFile(join(project.outbound, name))] as const);
    return Object.fromEntries(await Promise.all(bytes));
  }

  describe('with a file for each school', () => {
    beforeEach(async () => {
      const mapping = STUDENTS_MAPPING.replace('students_{date}', '{school}_{sequence}');
      project = await makeProject({ mappings: { 'students.yaml': mapping } });
    });

    it('writes the students of each school into its own, and of none into one of theirs', async () => {
      await project.drop({ 'students.csv': HEADER + STUDENTS.join('') });
      const { report } = await project.carry();
      const names = ['10_1.csv', 'East%2FWest_1.csv', 'no_school_1.csv'];
      expect(await project.names(project.outbound)).to.deep.equal(names);
      expect(report.outputs.map(({ file, rows }) => [file, rows])).to.have.deep.members([
        ['10_1.csv', 2],
        ['East%2FWest_1.csv', 1],
        ['no_school_1.csv', 1],
      ]);
      expect(report.totals.students).to.include({ delivered: 4 });
      expect(report.balanced).to.equal(true);
      for (const { delivered_at } of report.outputs) expect(delivered_at).to.not.equal('');
      const text = String((await delivered())['10_1.csv']);
      expect(text.split('\r\n').map((line) => line.split(',')[0])).to.deep.equal([
        'student_id',
        '1',
        '3',
        '',
      ]);
    });

    for (const [what, schools, code] of [
      ['differ by capitals alone', ['Ab', 'aB'], 'output_collision'],
      ['are none and called none', ['', 'no_school'], 'output_collision'],
      ['are longer than any name', ['x'.repeat(300)], 'unsafe_name'],
      ['lead elsewhere', ['../../up', '..', 'C:\\up', 'a\u0000b', '-rf', '~'], undefined],
    ] as const)
      it(`loses nobody where schools ${what}`, async () => {
        const rows = schools.map((school, at) => `${at},Lee,Ann,5/1/2015,F,A,${school},5\n`);
        await project.drop({ 'students.csv': HEADER + rows.join('') });
        const { report } = await project.carry();
        expect(report.error?.code).to.equal(code);
        const names = await project.names(project.outbound);
        expect(names).to.have.length(code === undefined ? (report.totals.students?.delivered ?? 0) : 0);
        expect(await project.names(project.folder)).not.to.include.members(['up', 'up_1.csv']);
      });

    it('keeps what was carried forward at its school, and counts the deliveries', async () => {
      await project.drop({ 'students.csv': HEADER + STUDENTS.join('') });
      await project.carry();
      const broken = (STUDENTS[0] ?? '').replace('5/1/2015', '13/13/2015');
      await project.drop({ 'students.csv': HEADER + [broken, ...STUDENTS.slice(1)].join('') });
      const { report } = await project.carry();
      expect(report.totals.students).to.include({ rejected: 1, carried_forward: 1, delivered: 4 });
      const text = String((await delivered())['10_2.csv']);
      expect(text).to.include('\r\n1,Lee,Ann,2015-05-01,Female\r\n');
    });
  });

  describe('with one zip for all', () => {
    it('puts the files into it, and says what went out', async () => {
      const more = 'package: { zip: "north_{date}.zip" }\n';
      project = await makeProject({ connection: CONNECTION + more });
      await project.drop({ 'students.csv': HEADER + STUDENTS.join(''), 'contacts.csv': 'ID,Name\n1,Mum\n' });
      const { report, folder } = await project.carry();
      const [zip, ...others] = Object.entries(await delivered());
      expect(others).to.deep.equal([]);
      expect(zip?.[0]).to.equal('north_2026-11-22.zip');
      const bytes = zip?.[1] ?? Buffer.alloc(0);
      const members = await membersOf(bytes);
      expect(Object.keys(members)).to.deep.equal(['students_2026-11-22.csv', 'contacts.csv']);
      const kept = await project.read(join(folder, 'outbound/students_2026-11-22.csv'));
      expect(members['students_2026-11-22.csv']).to.equal(kept);
      expect(report.shipment).to.deep.equal([
        {
          file: 'north_2026-11-22.zip',
          bytes: bytes.length,
          sha256: createHash('sha256').update(bytes).digest('hex'),
          holds: ['students_2026-11-22.csv', 'contacts.csv'],
          delivered_at: report.outputs[0]?.delivered_at,
        },
      ]);
      expect(report.outputs.map(({ rows }) => rows)).to.deep.equal([4, 1]);
      expect(report.outputs[0]?.delivered_at).to.not.equal('');
    });

    it('has a manifest of OneRoster, and the files that are empty where they are asked for', async () => {
      const more = 'package: { zip: oneroster.zip, manifest: oneroster-1.1 }\ntitle: North, the district\n';
      const users = STUDENTS_MAPPING.replace('students_{date}', 'users');
      const orgs =
        'version: 1\nrecord: contacts\nwrite: { file: orgs.csv, empty: header }\nidentity: { id: ID }\nfields: { sourcedId: ID }\n';
      project = await makeProject({
        connection: CONNECTION + more,
        mappings: { 'students.yaml': users, 'contacts.yaml': orgs },
      });
      await project.drop({ 'students.csv': HEADER + STUDENTS.join(''), 'contacts.csv': 'ID,Name\n9,Who\n' });
      await project.carry();
      const members = await membersOf((await delivered())['oneroster.zip'] ?? Buffer.alloc(0));
      expect(Object.keys(members)).to.deep.equal(['users.csv', 'orgs.csv', 'manifest.csv']);
      expect(members['orgs.csv']).to.equal('sourcedId\r\n');
      const lines = members['manifest.csv']?.split('\r\n') ?? [];
      expect(lines.slice(0, 3)).to.deep.equal([
        'propertyName,value',
        'manifest.version,1.0',
        'oneroster.version,1.1',
      ]);
      expect(lines).to.include.members(['file.users,bulk', 'file.orgs,bulk', 'file.classes,absent']);
      expect(lines).to.include('source.systemName,"North, the district"');
    });
  });

  describe('encrypted for the other side', () => {
    async function carryFor(identity: string, more = '') {
      const recipient = await identityToRecipient(identity);
      const destination = `destination: { type: local, path: outbound, encrypt: { age: ${recipient} } }`;
      const connection = CONNECTION.replace('destination: { type: local, path: outbound }', destination);
      project = await makeProject({ connection: `${connection}${more}` });
      await project.drop({ 'students.csv': HEADER + STUDENTS.join('') });
      return project.carry();
    }

    it('delivers what only the receiver can read, and keeps what was drafted', async () => {
      const identity = await generateX25519Identity();
      const { report, folder } = await carryFor(identity);
      const sent = await delivered();
      expect(Object.keys(sent)).to.deep.equal(['students_2026-11-22.csv.age']);
      const [bytes = Buffer.alloc(0)] = Object.values(sent);
      const decrypter = new Decrypter();
      decrypter.addIdentity(identity);
      const kept = await project.read(join(folder, 'outbound/students_2026-11-22.csv'));
      expect(await decrypter.decrypt(bytes, 'text')).to.equal(kept);
      expect(report.outputs[0]).to.include({ file: 'students_2026-11-22.csv', rows: 4 });
      expect(report.shipment?.[0]).to.include({
        file: 'students_2026-11-22.csv.age',
        sha256: createHash('sha256').update(bytes).digest('hex'),
        delivered_at: report.outputs[0]?.delivered_at,
      });
    });

    it('locks the zip as a whole', async () => {
      const { report } = await carryFor(await generateX25519Identity(), 'package: { zip: all.zip }\n');
      expect(await project.names(project.outbound)).to.deep.equal(['all.zip.age']);
      expect(report.shipment?.map(({ holds }) => holds)).to.deep.equal([['students_2026-11-22.csv']]);
    });
  });
});
