import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { loadPresets } from '../../src/cli/load-preset.ts';
import { mappingSchema } from '../../src/config/load-mapping.ts';
import { FROM_PACKAGE, listPresetFiles } from '../../src/config/preset-files.ts';
import { draftMapping } from '../../src/inspect/draft-mapping.ts';
import { profileFile } from '../../src/inspect/profile-file.ts';

const HEADER =
  'Student_Number\tState_StudentNumber\tLast_Name\tFirst_Name\tMiddle_Name\tDOB\tGender\tGrade_Level\tSchoolID\tEnroll_Status\tEntryDate\tStreet\tCity\tState\tZip\tHome_Phone\tStudent_Email';
const ROWS = [
  '00417\t0001234567\tCruz\tMaria\tAna\t3/9/2015\tF\t6\t410\t0\t8/18/2026\t12 Elm St\tMesa\tNM\t07030\t505-555-0123\tmc@example.org',
  '00418\t0001234568\tLee\tBo\t\t12/31/2014\tM\t6\t410\t2\t8/18/2026\t9 Oak Ave\tMesa\tNM\t07030\t505-555-0124\tbl@example.org',
];
const STUDENTS = (await listPresetFiles([FROM_PACKAGE])).filter(
  ({ name }) => /\/(students|users|roles|demographics|groups)$/.test(name) && !name.includes('-extract/'),
);

describe('a draft of a PowerSchool extract', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rosterferry-drafts-'));
    await writeFile(join(folder, 'students.txt'), `${[HEADER, ...ROWS].join('\n')}\n`);
  });
  after(() => rm(folder, { recursive: true }));

  for (const { name } of STUDENTS)
    it(`for ${name} is a mapping, with a column for each field that must have one`, async () => {
      const [preset] = (await loadPresets(name)).filter((one) => one.name === name);
      if (!preset) throw new Error(`no preset ${name}`);
      const profile = await profileFile({ path: join(folder, 'students.txt'), file: 'students.txt' });
      const { text, open } = draftMapping(profile, preset);
      const mapping = mappingSchema.parse(parse(text));
      expect(mapping.identity.id).to.equal('Student_Number');
      expect(open.filter(({ why }) => why.startsWith('required'))).to.deep.equal([]);
    });

  it('finds what a preset leaves switched off', async () => {
    const [preset] = await loadPresets('schoolmint-enroll/students');
    if (!preset) throw new Error('no preset');
    const profile = await profileFile({ path: join(folder, 'students.txt'), file: 'students.txt' });
    const { fields } = mappingSchema.parse(parse(draftMapping(profile, preset).text));
    expect(fields['students.zip']).to.include({ type: 'direct', column: 'Zip' });
    expect(fields['students_annual.sis_exitdate']).to.include({ type: 'do_not_map' });
  });
});
