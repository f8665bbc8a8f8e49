import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { AppError } from '../../src/errors/app-error.ts';
import { countCodes } from '../../src/inspect/count-codes.ts';
import { nearestNames } from '../../src/inspect/nearest-names.ts';
import { useTempFolders } from '../doubles/temp-folder.ts';

const newFolder = useTempFolders();

async function inspected(content: string) {
  const path = join(await newFolder(), 'file.csv');
  await writeFile(path, content);
  return { path, file: 'file.csv' };
}

describe('inspect/count-codes', () => {
  it('counts each value as match_codes reads it, the most frequent first, then by the value', async () => {
    const file = await inspected('ID,Gender\n1,M\n2, F \n3,F\n4,\n5,X\n6,B\n7\n');
    expect(await countCodes(file, 'Gender')).to.deep.equal({
      column: 'Gender',
      codes: [
        { value: 'F', count: 2 },
        { value: 'B', count: 1 },
        { value: 'M', count: 1 },
        { value: 'X', count: 1 },
      ],
      blank: 1,
      rejected: 1,
    });
  });

  it('refuses a column that the file has not, and names the nearest', async () => {
    const file = await inspected('ID,Gender,Grade_Level\n1,M,5\n');
    const failed = await countCodes(file, 'gendr').catch((thrown: unknown) => thrown);
    expect(failed)
      .to.be.instanceOf(AppError)
      .and.to.include({ code: 'config_invalid', hint: 'Did you mean Gender?' });
    const lost = await countCodes(file, 'Xyzzy').catch((thrown: unknown) => thrown);
    expect(lost).to.have.property('hint', 'It has: ID, Gender, Grade_Level.');
  });

  it('passes on what is wrong with the file', async () => {
    const file = await inspected('ID,Gender\n1,"M\n');
    const failed = await countCodes(file, 'Gender').catch((thrown: unknown) => thrown);
    expect(failed).to.have.property('code', 'unclosed_quote');
  });

  it('finds names by their letters and by what they mean', () => {
    expect(nearestNames('Gradelevl', ['Gender', 'Grade_Level', 'Grade'])[0]).to.equal('Grade_Level');
    expect(nearestNames('Birthdate', ['Student_Number', 'DOB'])).to.deep.equal(['DOB']);
  });
});
