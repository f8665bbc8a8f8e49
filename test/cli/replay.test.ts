/** A change of a mapping, tried on an archived drop from the command line. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { makeReplayProject, NIGHTS, type ReplayProject, STUDENTS } from '../run/replay-nights.ts';
import { type Ended, rosterferry } from './rosterferry.ts';

describe('rosterferry replay', () => {
  let project: ReplayProject;
  const type = (...args: string[]): Promise<Ended> => rosterferry(args, { cwd: project.folder });

  before(async () => {
    project = await makeReplayProject();
    await project.carryNights(NIGHTS.slice(0, 4));
    const codes = STUDENTS.replace('M: Male', 'M: m').replace('F: Female', 'Q: Other');
    await project.write('new.yaml', codes);
    await project.write('lacks.yaml', STUDENTS.replace('first_name: First', 'first_name: Given'));
    await project.write('wrong.yaml', STUDENTS.replace('first_name: First', 'first_name: { type: dirct }'));
  });
  after(() => project.remove());

  it('says in one line that nothing would differ', async () => {
    const run = project.idOf(2);
    const [text, json] = await Promise.all([type('replay', run), type('--json', 'replay', run)]);
    expect([text.exit, text.stderr, json.exit, json.stderr]).to.deep.equal([0, '', 0, '']);
    const [folder = ''] = /^Dry run: .*$/m.exec(text.stdout) ?? [];
    expect(text.stdout).to.equal(
      [
        `Replay of ${run}`,
        'north, 2026-11-13; then: delivered',
        'Identical: 2 files with 7 records, the same to the byte.',
        '',
        'Nothing was delivered or remembered.',
        folder,
        '',
      ].join('\n'),
    );
    const { dry_run, ...document } = JSON.parse(json.stdout);
    expect(await project.names(dry_run.folder)).to.include('report.html');
    expect(document).to.deep.equal({
      run,
      connection: 'north',
      business_date: '2026-11-13',
      outcome: 'delivered',
      identical: true,
      mappings: [],
      error: null,
      error_then: null,
      settings: [],
      totals: [],
      held: { was: [], now: [] },
      breached: { was: [], now: [] },
      files: [
        { name: 'students', bytes: 'same', rows: { was: 4, now: 4 }, records: null, verdicts: [] },
        { name: 'contacts', bytes: 'same', rows: { was: 3, now: 3 }, records: null, verdicts: [] },
      ],
    });
  });

  it('shows what another mapping would change, and no values unless it is asked for them', async () => {
    const run = project.idOf(1);
    const { exit, stdout } = await type('replay', run, '--mapping', 'new.yaml');
    expect(exit).to.equal(0);
    for (const line of [
      'With new.yaml',
      'It would differ.',
      '  students.yaml: 3 keys',
      '    fields.gender.codes.M: "Male" -> "m"',
      'file      total            then  now',
      'students  rejected            1    2',
      'students: 3 records then, 3 now',
      '  2 records differ',
      '    last_name: 1 record: 0001',
      '    gender: 1 record: 0003',
      '  1 row carried then, rejected (unknown_code) now: row 1 (0001)',
    ])
      expect(stdout.split('\n')).to.include(line);
    expect(stdout).to.not.include('Leigh');
    const shown = await type('replay', run, '--mapping', 'students=new.yaml', '--values');
    expect(shown.stdout).to.include('      0001: Leigh -> Lee\n').and.to.include('      0003: Male -> m\n');
  });

  it('tells the same to programs', async () => {
    const run = project.idOf(1);
    const [plain, values] = await Promise.all([
      type('--json', 'replay', run, '--mapping', 'new.yaml'),
      type('--json', 'replay', run, '--mapping', 'new.yaml', '--values'),
    ]);
    const [students] = JSON.parse(plain.stdout).files;
    expect(JSON.parse(plain.stdout)).to.deep.include({ identical: false, mappings: ['new.yaml'] });
    const gender = { field: 'gender', in: 'both', count: 1 };
    expect(students.records.fields).to.deep.include({ ...gender, examples: [{ id: '0003' }] });
    expect(students.verdicts).to.deep.equal([
      ...[{ was: 'carried', code_was: null, now: 'rejected', code_now: 'unknown_code', rows: 1 }].map(
        (one) => ({
          ...one,
          examples: [{ row: 1, line: 2, id: '0001' }],
        }),
      ),
    ]);
    expect(JSON.parse(values.stdout).files[0].records.fields).to.deep.include({
      ...gender,
      examples: [{ id: '0003', before: 'Male', after: 'm' }],
    });
  });

  it('fails as a dry run does where the drop would fail now', async () => {
    const run = project.idOf(1);
    const [text, json] = await Promise.all([
      type('replay', run, '--mapping', 'lacks.yaml'),
      type('--json', 'replay', run, '--mapping', 'lacks.yaml'),
    ]);
    expect([text.exit, json.exit]).to.deep.equal([3, 3]);
    expect(text.stdout).to.include('The drop would fail now: missing_column.\n');
    for (const { stderr } of [text, json])
      expect(stderr).to.match(
        /^error\[missing_column\]: students\.csv:1:1: The header has no column "Given"/,
      );
    expect(JSON.parse(json.stdout)).to.deep.include({ identical: false, files: [] });
    expect(JSON.parse(json.stdout).error.code).to.equal('missing_column');
  });

  it('refuses what is wrong in what was typed, and says where', async () => {
    const run = project.idOf(1);
    const replies = await Promise.all([
      type('replay', '20200101T000000Z-north-000000'),
      type('replay', run, '--mapping', 'wrong.yaml'),
      type('replay', run, '--mapping', 'staff=new.yaml'),
      type('replay', run, '--mapping', 'none.yaml'),
    ]);
    expect(replies.map(({ exit, stdout }) => [exit, stdout])).to.deep.equal(new Array(4).fill([2, '']));
    const [unknown, wrong, staff, none] = replies.map(({ stderr }) => stderr);
    expect(unknown).to.match(/^error\[unknown_run\]: .*rosterferry runs lists the runs\.$/m);
    expect(wrong).to.match(/^error\[config_invalid\]: wrong\.yaml:\d+:\d+: .*Did you mean direct\?$/m);
    expect(staff).to.match(/^error\[usage\]: .*NAME is one of: students, contacts\.$/m);
    expect(none).to.match(/^error\[config_missing\]: none\.yaml: /);
  });

  it('says what is missing where the drop is not kept any more', async () => {
    const run = project.idOf(0);
    await rm(join(project.folder, 'archive/north/2026/11', run, 'inbound/contacts.csv'));
    const { exit, stderr } = await type('replay', run);
    expect(exit).to.equal(3);
    expect(stderr).to.match(
      /^error\[input_missing\]: The run .* its drop lacks .*contacts\.csv\. Put inbound\/ of/,
    );
  });
});
