import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { loadConfig } from '../../src/config/load-config.ts';
import { previewDrop } from '../../src/run/previewing/preview-drop.ts';
import { findArchivedRun } from '../../src/run/replaying/replay-archived.ts';
import { replayRun } from '../../src/run/replaying/replay-run.ts';
import { makeProject, type Project, STUDENTS_MAPPING } from '../builders/project.ts';
import { startWalk, type Walk } from './match-walk.ts';

const ANA = '1,T100,Ortiz,Ana,3/4/2015,555-0100';
const LIZ = '2,,Smith,Liz,5/6/2014,555-0200';
const SIS = ['S-1,T100,Ortiz,Ana,20150304,555-0100', 'S-2,T200,Smith,Elizabeth,20140506,'];

describe('reconcile.match beside other commands', () => {
  let walk: Walk;
  beforeEach(async () => {
    walk = await startWalk({ match: 'suggest: [last_name, first_name, birth_date], unresolved: hold_run' });
  });
  afterEach(() => walk.project.remove());

  it('is previewed as a run would do it', async () => {
    await walk.drop({ students: [ANA, LIZ], sis: SIS });
    const { rows, run } = await walk.project.withTools((connection, tools) =>
      previewDrop({ connection, students: [], sample: 5 }, tools),
    );
    expect(run.outcome).to.equal('held');
    expect(rows.map(({ file, id, verdict }) => [file, id, verdict])).to.deep.equal([
      ['students', '1', 'carried'],
      ['students', '2', 'held'],
    ]);
    expect(rows[0]?.fields.find(({ target }) => target === 'sis_id')).to.include({ mapped: '', sent: 'S-1' });
    expect(rows[1]?.why).to.include('A student of the other side is like this one');
  });

  it('is replayed with what was decided then', async () => {
    await walk.night({ students: [ANA, LIZ], sis: SIS });
    await walk.decide({ 2: { decision: 'match:S-2' } });
    const then = await walk.approve();
    const { settings } = await loadConfig(join(walk.project.folder, 'rosterferry.yaml'));
    const answer = await walk.project.withTools(async (connection, tools) => {
      const archived = await findArchivedRun(tools.archivePath, then.run.id);
      return replayRun({ archived, connection, ledger: settings.ledger }, tools);
    });
    expect(answer.isIdentical).to.equal(true);
    expect(answer.now.totals).to.deep.equal(then.totals);
  });
});

describe('what a mapping asks beside the row', () => {
  let project: Project;
  afterEach(() => project.remove());

  it('has the secret of a hash and the category of a student', async () => {
    const extra = `  pseudonym: { type: transformation, column: ID, apply: [ { hash: { secret: "env:PEPPER" } } ] }
  groups: { type: transformation, apply: [ { groups: [All, "All {category}"] } ] }
`;
    project = await makeProject({ mappings: { 'students.yaml': STUDENTS_MAPPING + extra } });
    const path = join(project.folder, 'rosterferry.yaml');
    const yaml = await project.read(path);
    await writeFile(
      path,
      yaml.replace(
        'eligibility:\n',
        'eligibility:\n      categories: { young: { column: Grade, in: ["5"] } }\n',
      ),
    );
    await project.drop({
      'students.csv':
        'ID,Last,First,DOB,Gender,Status,School,Grade\n004711,Lee,Ann,5/1/2015,F,A,10,5\n2,Diaz,Bob,6/2/2014,M,A,10,6\n',
    });
    const { folder } = await project.carry({}, { env: { PEPPER: 'an example, not a secret' } });
    const rows = (await project.read(join(folder, 'outbound/students_2026-11-22.csv'))).split('\r\n');
    expect(rows[1]).to.match(
      /,2c993ca0c74672751fc398780f34a2299a8ab00a64476d11ead9fe2f394d43ac,All;All young$/,
    );
    expect(rows[2]).to.match(/,All$/);
  });
});
