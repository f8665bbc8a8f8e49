import { join } from 'node:path';
import { expect } from 'chai';
import {
  GOOD_CONFIG,
  GOOD_FILES,
  GOOD_MAPPING,
  loadProject,
  mistakesOf,
  spoil,
  withProject,
} from './project.ts';

const LAKESIDE = `lakeside:
  source: { type: local, path: drop }
  files:
    students: { match: "l*.csv", mapping: ../mappings/students.yaml }
  eligibility: { statuses: { active: [A] } }
  destination: { type: local, path: /srv/out }
`;

describe('config/load-config', () => {
  it('fills in every default and resolves every path', async () => {
    await withProject(GOOD_FILES, async (folder) => {
      const config = await loadProject(folder);
      expect(config.folder).to.equal(folder);
      expect(config.settings.archive).to.deep.equal({
        path: join(folder, 'archive'),
        retain: { files: '400d', reports: '7y' },
      });
      expect(config.settings.ledger.path).to.equal(join(folder, 'archive/ledger.sqlite'));
      const connection = config.connections.get('riverside');
      expect(connection?.settings).to.deep.include({
        environment: 'production',
        enabled: true,
        schedule: { watch: true },
      });
      expect(connection?.settings.source).to.deep.equal({
        type: 'local',
        path: join(folder, 'inbound'),
        ready: { quiet: '5s' },
        after: 'remove',
      });
      expect(connection?.settings.safeguards).to.include({ max_rejected: '5%', on_breach: 'hold' });
      expect(connection?.settings.eligibility.policy).to.equal('active_or_age_eligible');
      const students = connection?.files.get('students');
      expect(students?.mappingPath).to.equal(join(folder, 'mappings/students.yaml'));
      expect(students?.mappingText()).to.equal(GOOD_MAPPING);
      expect(students?.mapping.read).to.include({ encoding: 'auto', delimiter: 'auto', header: true });
      expect(students?.placeInMapping(['identity', 'id'])).to.include({ line: 5, column: 7 });
    });
  });

  it('takes the zone of the machine where none is written, and the ledger follows the archive', async () => {
    const text = spoil(GOOD_CONFIG, 'timezone: America/Chicago\n', '').replace(
      'path: archive',
      'path: /srv/kept',
    );
    await withProject({ ...GOOD_FILES, 'rosterferry.yaml': text }, async (folder) => {
      const { settings } = await loadProject(folder);
      expect(settings.timezone).to.equal(Intl.DateTimeFormat().resolvedOptions().timeZone);
      expect(settings.ledger.path).to.equal('/srv/kept/ledger.sqlite');
    });
  });

  it('leaves the ledger where it was put', async () => {
    const text = spoil(GOOD_CONFIG, 'connections:\n', 'ledger: { path: memory.sqlite }\nconnections:\n');
    await withProject({ ...GOOD_FILES, 'rosterferry.yaml': text }, async (folder) => {
      expect((await loadProject(folder)).settings.ledger.path).to.equal(join(folder, 'memory.sqlite'));
    });
  });

  for (const [what, text] of [
    ['as a map of connections', LAKESIDE],
    [
      'under the key connections',
      `version: 1\nconnections:\n  ${LAKESIDE.trimEnd().replaceAll('\n', '\n  ')}\n`,
    ],
  ] as const) {
    it(`includes files written ${what}, their paths being relative to themselves`, async () => {
      const main = spoil(GOOD_CONFIG, 'connections:\n', 'include: ["more/*.yaml"]\nconnections:\n');
      const files = { ...GOOD_FILES, 'rosterferry.yaml': main, 'more/lakeside.yaml': text };
      await withProject(files, async (folder) => {
        const { connections } = await loadProject(folder);
        expect([...connections.keys()]).to.deep.equal(['riverside', 'lakeside']);
        const lakeside = connections.get('lakeside');
        expect(lakeside?.folder).to.equal(join(folder, 'more'));
        expect(lakeside?.settings.source).to.include({ path: join(folder, 'more/drop') });
        expect(lakeside?.settings.destination).to.include({ path: '/srv/out' });
        expect(lakeside?.files.get('students')?.mappingPath).to.equal(join(folder, 'mappings/students.yaml'));
      });
    });
  }

  it('names every mistake of all files in one go, each file from top to bottom, a shared mapping once', async () => {
    const main = spoil(GOOD_CONFIG, 'connections:\n', 'include: ["more/*.yaml"]\nconnections:\n');
    const found = await mistakesOf({
      'rosterferry.yaml': spoil(spoil(main, 'max_removed', 'max_remove'), 'America/Chicago', 'Chicago'),
      'mappings/students.yaml': spoil(
        spoil(GOOD_MAPPING, 'record: students', 'record: pupils'),
        'Last_Name',
        '5',
      ),
      'more/a.yaml': LAKESIDE.replace('type: local, path: drop', 'type: local'),
      'more/b.yaml': 'riverside: 5\n',
    });
    expect(found.map((line) => line.split(': ')[0])).to.deep.equal([
      'config_invalid rosterferry.yaml:2:11',
      'config_invalid rosterferry.yaml:13:19',
      'config_invalid more/a.yaml:2:3',
      'config_invalid more/b.yaml:1:1',
      'config_invalid more/b.yaml:1:12',
      'config_invalid mappings/students.yaml:2:9',
      'config_invalid mappings/students.yaml:11:18',
    ]);
  });

  it('says where a mapping is named that is not there, for each connection that names it', async () => {
    const found = await mistakesOf({ 'rosterferry.yaml': GOOD_CONFIG });
    expect(found).to.deep.equal([
      'config_missing rosterferry.yaml:8:52: the file mappings/students.yaml is not there | Create it, or mend the path.',
    ]);
  });

  it('says that the configuration itself is not there', async () => {
    const [found] = await mistakesOf({});
    expect(found).to.match(
      /^config_missing rosterferry.yaml: the file is not there \| Start with rosterferry init/,
    );
  });

  for (const text of ['', '# nothing\n', 'version: 1\n', 'version: 1\nconnections:\n', '5\n', '- a\n']) {
    it(`refuses a file that says too little: ${JSON.stringify(text)}`, async () => {
      const found = await mistakesOf({ 'rosterferry.yaml': text });
      expect(found).to.have.lengthOf(1);
      expect(found[0]).to.match(/^config_invalid rosterferry.yaml:\d+:\d+: /);
    });
  }

  it('keeps codes as they are written: leading zeros, null, true', async () => {
    const text = spoil(
      GOOD_MAPPING,
      '{ M: Male, F: Female }',
      '{ 01: Male, null: None, true: Yes, 0x1: Hex, 2: "" }',
    );
    const config = GOOD_CONFIG.replace('active: ["0"]', 'active: [00, 1.0]').replace(
      'inactive: ["1"]',
      'inactive: [1]',
    );
    await withProject({ 'rosterferry.yaml': config, 'mappings/students.yaml': text }, async (folder) => {
      const connection = (await loadProject(folder)).connections.get('riverside');
      const gender = connection?.files.get('students')?.mapping.fields['students.gender'];
      expect(gender).to.have.deep.property('codes', {
        '01': 'Male',
        null: 'None',
        true: 'Yes',
        '0x1': 'Hex',
        2: '',
      });
      expect(connection?.settings.eligibility.statuses?.active).to.deep.equal(['00', '1.0']);
    });
  });

  it('keeps a NULL in capitals as the word that stands in a file', async () => {
    const text = spoil(
      GOOD_MAPPING,
      'record: students',
      'record: students\nread: { null: [NULL, Null, N/A, NA] }',
    );
    await withProject({ 'rosterferry.yaml': GOOD_CONFIG, 'mappings/students.yaml': text }, async (folder) => {
      const connection = (await loadProject(folder)).connections.get('riverside');
      const words = connection?.files.get('students')?.mapping.read.null;
      expect(words).to.deep.equal(['NULL', 'Null', 'N/A', 'NA']);
    });
  });

  it('fills in where answers lie and how they are read', async () => {
    const text = `${GOOD_CONFIG}    notify: { on: [held], webhook: env:HOOK }
    expect: { by: "05:00", days: [mon], newer_than: 36h }
    pause: [ { from: "06-10", to: "07-20", reason: summer } ]
    acknowledge: { file: "r*.csv", id: id, status: result, accepted: [OK], message: note, within: 24h }
    answer: { to: source, path: results }
    reconcile: { deliver: changes, reactivate: send, on_identical: skip }
`;
    await withProject({ ...GOOD_FILES, 'rosterferry.yaml': text }, async (folder) => {
      const { acknowledge, answer } =
        (await loadProject(folder)).connections.get('riverside')?.settings ?? {};
      expect(acknowledge).to.deep.include({
        at: 'destination',
        path: '.',
        after: 'leave',
        ready: { quiet: '5s' },
      });
      expect(acknowledge?.read).to.include({ encoding: 'auto', delimiter: 'auto' });
      expect(answer).to.deep.equal({ to: 'source', path: 'results' });
    });
  });

  it('finds the row of the table of states', async () => {
    const text = spoil(GOOD_CONFIG, 'age: { min: 5, max: 21, as_of: "09-01" }', 'age: { state: TX }');
    await withProject({ ...GOOD_FILES, 'rosterferry.yaml': text }, async (folder) => {
      const rule = (await loadProject(folder)).connections.get('riverside')?.stateRule;
      expect(rule).to.include({ state: 'TX', as_of: '09-01', min: 5 });
      expect(rule?.source).to.be.a('string').and.not.equal('');
    });
  });

  it('makes the lists of students absolute, relative to the file that names them', async () => {
    const text = spoil(
      GOOD_CONFIG,
      'eligibility:\n',
      'eligibility:\n      never_include: { file: lists/never.csv, id: id }\n',
    );
    const files = { ...GOOD_FILES, 'rosterferry.yaml': text, 'lists/never.csv': 'id\n1\n' };
    await withProject(files, async (folder) => {
      const rules = (await loadProject(folder)).connections.get('riverside')?.settings.eligibility;
      expect(rules?.never_include).to.deep.include({ file: join(folder, 'lists/never.csv') });
    });
  });
});
