import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import iconv from 'iconv-lite';
import type { ColumnProfile, Profile } from '../../src/inspect/profile.ts';
import { profileFile } from '../../src/inspect/profile-file.ts';
import { writeNight } from '../../src/sample/write-district.ts';
import { useTempFolders } from '../doubles/temp-folder.ts';

const newFolder = useTempFolders();

async function profileOf(content: string | Buffer, options?: { showsValues?: boolean }): Promise<Profile> {
  const path = join(await newFolder(), 'file.csv');
  await writeFile(path, content);
  return profileFile({ path, file: 'file.csv' }, options);
}

function columnOf(profile: Profile, name: string): ColumnProfile {
  const found = profile.columns.find((column) => column.name === name);
  if (!found) throw new Error(`no column ${name}`);
  return found;
}

function codesOf({ remarks }: { remarks: readonly { code: string }[] }): string[] {
  return remarks.map((remark) => remark.code);
}

/** A column of its own beside an id. */
async function columnFrom(header: string, values: readonly string[]): Promise<ColumnProfile> {
  const rows = values.map((value, index) => `${index + 100_000},"${value}"\n`).join('');
  return columnOf(await profileOf(`Student_ID,${header}\n${rows}`), header);
}

function times(count: number, make: (index: number) => string): string[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

describe('inspect/profile-file', () => {
  it('says of the made-up district what it is', async () => {
    const folder = await newFolder();
    await writeNight(folder, { seed: 7, students: 400, night: 0, businessDate: '2026-11-22' });
    const profile = await profileFile({ path: join(folder, 'students.csv'), file: 'students.csv' });
    const types = Object.fromEntries(profile.columns.map((column) => [column.name, column.type]));
    expect(types).to.include({
      Student_Number: 'id',
      State_StudentNumber: 'id',
      Last_Name: 'name',
      First_Name: 'name',
      Middle_Name: 'name',
      DOB: 'date',
      Gender: 'code',
      Grade_Level: 'code',
      SchoolID: 'code',
      Enroll_Status: 'code',
      EntryDate: 'date',
      LEP: 'boolean',
      Zip: 'postal_code',
      Home_Phone: 'phone',
      Email: 'email',
      Street: 'text',
      Notes: 'text',
    });
    expect(columnOf(profile, 'DOB').date?.formats[0]?.format).to.equal('M/d/yyyy');
    expect(columnOf(profile, 'Gender').values.map((one) => one.value)).to.include.members(['F', 'M']);
    expect(profile).to.include({ encoding: 'utf-8', delimiter: ',', lineEnding: 'crlf', hasHeader: true });
  });

  it('shows values of codes and of nobody', async () => {
    const rows = times(300, (index) => `${index},Cruz,Ana,3/25/2015,12 Main St,02139,a@b.org,M\n`).join('');
    const text = `ID,Last_Name,Nombre,DOB,Street,Zip,Email,Gender\n${rows}`;
    const shown = (profile: Profile) =>
      profile.columns.filter((column) => column.values.length > 0).map((column) => column.name);
    expect(shown(await profileOf(text))).to.deep.equal(['Gender']);
    expect(shown(await profileOf(text, { showsValues: true }))).to.include.members(['Last_Name', 'Street']);
  });

  it('shows nothing of names in a file without a header, and calls columns by number', async () => {
    const names = ['Cruz', 'Lee', 'Null', "O'Brien", 'Al'];
    const profile = await profileOf(
      times(60, (index) => `${10_000 + index},${names[index % 5]},3/${(index % 28) + 1}/2015,F\n`).join(''),
    );
    expect(profile.hasHeader).to.equal(false);
    expect(codesOf(profile)).to.include('no_header');
    expect(profile.rows).to.equal(60);
    expect(profile.columns.map((column) => [column.name, column.values.length])).to.deep.equal([
      ['Column_1', 0],
      ['Column_2', 0],
      ['Column_3', 0],
      ['Column_4', 1],
    ]);
  });

  it('counts different values exactly up to a bound, and says so beyond it', async () => {
    const text = `ID,Code\n${times(10_001, (index) => `${index},${index % 10_000}\n`).join('')}`;
    const profile = await profileOf(text);
    expect(columnOf(profile, 'ID')).to.include({ distinct: undefined, mostDistinct: 10_000 });
    expect(columnOf(profile, 'Code').distinct).to.equal(10_000);
  });

  it('counts rows that cannot be read apart, with their lines', async () => {
    const profile = await profileOf('ID,Name\n1,A\n2\n3,B,C\n4,D\n');
    expect(profile.rows).to.equal(4);
    expect(profile.rejected).to.deep.equal([{ code: 'field_count', count: 2, firstLines: [3, 4] }]);
    expect(columnOf(profile, 'ID').filled).to.equal(2);
  });

  it('says what ended the reading, and shows what came before', async () => {
    const profile = await profileOf('Student_ID,Last_Name\n1,Cruz\n2,"Oops\n3,Lee\n');
    expect(profile.stopped?.code).to.equal('unclosed_quote');
    expect(profile.stopped?.place).to.deep.equal({ file: 'file.csv', line: 3, column: 2 });
    expect(profile.rows).to.equal(1);
  });

  it('reads other encodings, and a byte order mark', async () => {
    const text = 'Student_ID\tLast_Name\r\n1\tMuñoz\r\n2\tGarcía\r\n';
    const wide = await profileOf(Buffer.concat([Buffer.from([0xff, 0xfe]), iconv.encode(text, 'utf-16le')]));
    expect(wide).to.include({ encoding: 'utf-16le', hasByteOrderMark: true, delimiter: '\t', rows: 2 });
    const western = await profileOf(iconv.encode(text, 'windows-1252'));
    expect(western).to.include({ encoding: 'windows-1252', hasByteOrderMark: false, rows: 2 });
  });

  it('tells a footer, a repeated header, a blank header and lines above', async () => {
    const body = times(9, (index) => `${index},Cruz,\n`).join('');
    const profile = await profileOf(
      `Title\nID,Last_Name,\n${body}ID,Last_Name,\n${body}***END OF FILE***,18\n`,
    );
    expect(codesOf(profile)).to.have.members(['lines_above', 'repeated_header', 'footer']);
    expect(profile.skipLines).to.equal(1);
    expect(codesOf(columnOf(profile, 'Column_3'))).to.deep.equal(['blank_header']);
  });

  it('suspects that a spreadsheet ate leading zeros', async () => {
    const eaten = await columnFrom(
      'State_ID',
      times(100, (index) => String(index < 12 ? 12_345 + index : 123_456 + index)),
    );
    expect(codesOf(eaten)).to.deep.equal(['leading_zeros']);
    const whole = await columnFrom(
      'State_ID',
      times(100, (index) => String(index).padStart(6, '0')),
    );
    expect(codesOf(whole)).to.deep.equal([]);
    const zips = await columnFrom(
      'Zip',
      times(50, (index) => (index % 2 ? '2139' : '10001')),
    );
    expect(codesOf(zips)).to.deep.equal(['leading_zeros']);
    const counter = await columnFrom(
      'Local_ID',
      times(60, (index) => String(index + 1)),
    );
    expect(codesOf(counter)).to.deep.equal([]);
  });

  it('names what spreadsheets and databases leave behind', async () => {
    const long = await columnFrom(
      'State_ID',
      times(50, (index) => (index < 5 ? '1.23E+09' : String(1_234_567_890 + index))),
    );
    expect(codesOf(long)).to.deep.equal(['scientific_notation']);
    const nulls = await columnFrom(
      'DOB',
      times(50, (index) => (index % 2 ? 'NULL' : `3/${(index % 12) + 14}/2015`)),
    );
    expect(nulls).to.include({ type: 'date', typeShare: 1 });
    expect(nulls.literals).to.deep.equal([{ value: 'NULL', count: 25 }]);
    const days = await columnFrom(
      'BirthDate',
      times(50, (index) => String(42_000 + index)),
    );
    expect(codesOf(days)).to.include('spreadsheet_days');
    const spaced = await columnFrom(
      'Gender',
      times(20, (index) => (index % 2 ? ' M' : 'F')),
    );
    expect(spaced.distinct).to.equal(2);
    expect(codesOf(spaced)).to.deep.equal(['white_space']);
  });

  it('says that dates are ambiguous, mixed or short of a century', async () => {
    const open = await columnFrom(
      'DOB',
      times(12, (index) => `${(index % 12) + 1}/4/2015`),
    );
    expect(codesOf(open)).to.deep.equal(['ambiguous_date']);
    const mixed = await columnFrom(
      'DOB',
      times(20, (index) => (index % 2 ? '2015-03-09' : '3/25/2015')),
    );
    expect(codesOf(mixed)).to.deep.equal(['mixed_dates']);
    const short = await columnFrom(
      'DOB',
      times(12, () => '3/25/15'),
    );
    expect(codesOf(short)).to.deep.equal(['two_digit_years']);
  });

  it('tells ids, numbers and flags apart', async () => {
    expect(
      (
        await columnFrom(
          'Locker',
          times(50, (index) => `L-${index}`),
        )
      ).type,
    ).to.equal('id');
    expect(
      (
        await columnFrom(
          'GPA',
          times(60, (index) => `3.${index}`),
        )
      ).type,
    ).to.equal('number');
    expect(
      (
        await columnFrom(
          'Bus',
          times(60, (index) => (index % 3 ? 'N' : 'Y')),
        )
      ).type,
    ).to.equal('boolean');
    expect(
      (
        await columnFrom(
          'Enroll_Status',
          times(60, (index) => String(index % 2)),
        )
      ).type,
    ).to.equal('code');
    expect(
      (
        await columnFrom(
          'Empty',
          times(5, () => ''),
        )
      ).type,
    ).to.equal('empty');
  });

  it('refuses what is no file', async () => {
    for (const path of [join(await newFolder(), 'none.csv'), await newFolder()]) {
      const failed = await profileFile({ path, file: 'x' }).catch((thrown: unknown) => thrown);
      expect(failed).to.have.property('code', 'usage');
    }
  });

  it('keeps memory flat and takes seconds for 200,000 rows', async function () {
    this.timeout(60_000);
    const path = join(await newFolder(), 'big.csv');
    const rows = times(
      200_000,
      (index) => `${1_000_000 + index},Name${index},3/25/2015,some longer text number ${index}\n`,
    );
    await writeFile(path, `Student_ID,Last_Name,DOB,Notes\n${rows.join('')}`);
    rows.length = 0;
    const startedMs = performance.now();
    const profile = await profileFile({ path, file: 'big.csv' });
    expect(profile.rows).to.equal(200_000);
    expect(performance.now() - startedMs).to.be.lessThan(20_000);
  });
});
