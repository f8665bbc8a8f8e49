import { join } from 'node:path';
import { expect } from 'chai';
import { CONTACTS_MAPPING } from '../../builders/project.ts';
import { makeReplayProject, NIGHTS, type ReplayProject, STUDENTS } from '../replay-nights.ts';

let project: ReplayProject;

describe('run/replay-run', () => {
  beforeEach(async () => {
    project = await makeReplayProject();
  });
  afterEach(() => project.remove());

  it('makes the very bytes of each night of a chain again', async () => {
    await project.carryNights();
    expect(project.reports.map(({ run }) => run.outcome)).to.deep.equal(new Array(5).fill('delivered'));
    const sums = (total: 'removed' | 'carried_forward' | 'reactivated') =>
      project.reports.map(({ totals }) => Object.values(totals).reduce((sum, one) => sum + one[total], 0));
    expect(sums('removed').filter((sum) => sum > 0)).to.have.length.greaterThan(1);
    expect(sums('carried_forward').filter((sum) => sum > 0)).to.have.length.greaterThan(1);
    for (const then of project.reports) {
      const { was, now, isIdentical, files, folder } = await project.replay(then.run.id);
      expect(isIdentical, then.run.business_date).to.equal(true);
      expect(was).to.deep.equal(then);
      expect(now.outputs.map(({ name, sha256 }) => [name, sha256])).to.deep.equal(
        then.outputs.map(({ name, sha256 }) => [name, sha256]),
      );
      expect(now.totals).to.deep.equal(then.totals);
      expect(now.run).to.include({ business_date: then.run.business_date, outcome: 'dry_run' });
      expect(files.every(({ records }) => records === undefined)).to.equal(true);
      expect(await project.names(folder))
        .to.include('report.json')
        .and.to.not.include('memory.ndjson');
    }
  });

  it('remembers nothing, delivers nothing and leaves only the folder of the dry run', async () => {
    await project.carryNights(NIGHTS.slice(0, 2));
    const before = [
      await project.dumped(),
      await project.names(project.outbound),
      await project.names(project.inbound),
    ];
    const archive = join(project.folder, 'archive');
    const names = await project.names(archive);
    const { folder, now } = await project.replay(project.idOf(0));
    expect([
      await project.dumped(),
      await project.names(project.outbound),
      await project.names(project.inbound),
    ]).to.deep.equal(before);
    expect(await project.names(archive)).to.deep.equal([...names, '.dry'].toSorted());
    expect(folder).to.equal(join(archive, '.dry', now.run.id));
    expect(await project.names(folder))
      .to.not.include('work')
      .and.to.not.include('state.json');
  });

  it('tells which records differ under another mapping, field by field', async () => {
    await project.carryNights();
    const changed = STUDENTS.replace('M: Male', 'M: m').replace(
      '  first_name: First\n',
      '  nickname: First\n',
    );
    await project.write('new.yaml', changed);
    const { isIdentical, totals, files, settings } = await project.replay(project.idOf(1), ['new.yaml']);
    expect(isIdentical).to.equal(false);
    expect(totals).to.deep.equal([
      { file: 'students', total: 'updated', was: 1, now: 2 },
      { file: 'students', total: 'unchanged', was: 1, now: 0 },
    ]);
    const [students, contacts] = files;
    expect(students).to.include({ name: 'students', bytes: 'differ' });
    // 0002 is broken on this night: its last record is carried forward, in the fields of now.
    const nickname = (id: string, after: string) => ({ id, before: '', after });
    expect(students?.records).to.deep.equal({
      onlyThen: { count: 0, examples: [] },
      onlyNow: { count: 0, examples: [] },
      differ: 3,
      fields: [
        {
          field: 'nickname',
          in: 'now',
          count: 2,
          examples: [nickname('0001', 'Ann'), nickname('0003', 'Cy')],
        },
        { field: 'gender', in: 'both', count: 1, examples: [{ id: '0003', before: 'Male', after: 'm' }] },
        {
          field: 'first_name',
          in: 'was',
          count: 3,
          examples: [
            { id: '0001', before: 'Ann', after: '' },
            { id: '0002', before: 'Bob', after: '' },
            { id: '0003', before: 'Cy', after: '' },
          ],
        },
      ],
    });
    expect(students?.verdicts).to.deep.equal([]);
    expect(contacts).to.deep.equal({
      name: 'contacts',
      bytes: 'same',
      rows: { was: 4, now: 4 },
      verdicts: [],
    });
    expect(settings).to.deep.equal([
      {
        file: 'students.yaml',
        in: 'both',
        changes: [
          { key: 'fields.nickname', was: null, now: '"First"' },
          { key: 'fields.gender.codes.M', was: '"Male"', now: '"m"' },
          { key: 'fields.first_name', was: '"First"', now: null },
        ],
      },
    ]);
  });

  it('tells which rows end in another verdict, and who is only sent then or only now', async () => {
    await project.carryNights();
    await project.write('new.yaml', STUDENTS.replace('F: Female', 'Q: Other'));
    await project.edit('rosterferry.yaml', 'inactive: [I, G]', 'inactive: [G]');
    const [fourth, fifth] = [
      await project.replay(project.idOf(3), ['students=new.yaml']),
      await project.replay(project.idOf(4), ['new.yaml']),
    ];
    const row = (number: number, id: string) => ({ row: number, line: number + 1, id });
    expect(fourth.files[0]?.verdicts).to.deep.equal([
      ...[
        {
          was: 'rejected',
          codeWas: 'unknown_code',
          now: 'carried',
          codeNow: '',
          rows: 1,
          examples: [row(2, '0004')],
        },
      ],
    ]);
    expect(fifth.files[0]?.verdicts).to.deep.equal([
      {
        was: 'carried',
        codeWas: '',
        now: 'rejected',
        codeNow: 'unknown_code',
        rows: 1,
        examples: [row(2, '0004')],
      },
      {
        was: 'ineligible',
        codeWas: 'age',
        now: 'rejected',
        codeNow: 'unknown_status',
        rows: 1,
        examples: [row(3, '0005')],
      },
    ]);
    expect(fifth.totals).to.deep.include({ file: 'students', total: 'rejected', was: 0, now: 2 });
    expect(fifth.settings.map(({ file }) => file)).to.deep.equal(['connection.yaml', 'students.yaml']);
    expect(fifth.settings[0]?.changes).to.deep.equal([
      { key: 'settings.eligibility.statuses.inactive', was: '["I","G"]', now: '["G"]' },
    ]);
    const second = await project.replay(project.idOf(1), ['students=new.yaml']);
    expect(second.files[0]?.verdicts).to.have.length(1);
    await project.write('all.yaml', STUDENTS.replace('DOB, format: M/d/yyyy', 'DOB, format: d/M/yyyy'));
    const third = await project.replay(project.idOf(2), ['all.yaml']);
    expect(third.isIdentical).to.equal(true);
    expect(third.settings).to.have.length(2);
  });

  it('counts contacts that only one side has, by their students', async () => {
    await project.carryNights(NIGHTS.slice(0, 3));
    await project.write(
      'new.yaml',
      CONTACTS_MAPPING.replace('required: true', 'required: true, pattern: "^[A-LN-Z].*"'),
    );
    const { files, totals } = await project.replay(project.idOf(0), ['new.yaml']);
    expect(files[1]?.records).to.deep.include({
      onlyThen: { count: 1, examples: ['0002'] },
      onlyNow: { count: 0, examples: [] },
      differ: 0,
      fields: [],
    });
    expect(totals).to.deep.include({ file: 'contacts', total: 'created', was: 3, now: 2 });
    await project.write(
      'open.yaml',
      CONTACTS_MAPPING.replace('Name, required', 'Name, max_length: 9, required'),
    );
    const third = await project.replay(project.idOf(1), ['open.yaml']);
    expect(third.files[1]?.bytes).to.equal('same');
  });

  it('says that the bytes alone differ where the layout is another one, and which rows are sent', async () => {
    await project.carryNights();
    await project.write('new.yaml', STUDENTS.replace('write: { ', 'write: { quote: always, '));
    const quoted = await project.replay(project.idOf(4), ['new.yaml']);
    const none = { count: 0, examples: [] };
    const same = { onlyThen: none, onlyNow: none, differ: 0, fields: [] };
    expect(quoted.isIdentical).to.equal(false);
    expect(quoted.files[0]).to.deep.include({ bytes: 'differ', records: same });
    await project.edit('rosterferry.yaml', 'reconcile: { ', 'reconcile: { deliver: changes, ');
    const { files, totals } = await project.replay(project.idOf(1));
    expect(files[0]).to.deep.include({ bytes: 'differ', rows: { was: 3, now: 1 }, records: same });
    expect(totals).to.deep.include({ file: 'students', total: 'delivered', was: 3, now: 1 });
  });

  it('tells that the run would be held now, and which safeguards are breached', async () => {
    await project.carryNights(NIGHTS.slice(0, 2));
    await project.edit('rosterferry.yaml', 'max_rejected: 100%', 'max_rejected: 5%');
    const { isIdentical, held, breached, now } = await project.replay(project.idOf(1));
    expect(isIdentical).to.equal(false);
    expect(breached).to.deep.equal({
      was: [],
      now: ['max_rejected of students', 'max_rejected of contacts'],
    });
    expect([held.was, held.now.length]).to.deep.equal([[], 2]);
    expect(now.run.outcome).to.equal('dry_run');
  });
});
