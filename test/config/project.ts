import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, sep } from 'node:path';
import { expect } from 'chai';
import { errorsOf } from '../../src/cli/print-error.ts';
import { type LoadedConfig, loadConfig } from '../../src/config/load-config.ts';
import { describePlace } from '../../src/errors/app-error.ts';

/** A configuration that is right, with one mapping; tests spoil it. */
export const GOOD_CONFIG = `version: 1
timezone: America/Chicago
archive: { path: archive }
connections:
  riverside:
    source: { type: local, path: inbound }
    files:
      students: { match: "students*.csv", mapping: mappings/students.yaml }
    eligibility:
      statuses: { active: ["0"], inactive: ["1"] }
      age: { min: 5, max: 21, as_of: "09-01" }
    safeguards: { max_removed: 10% }
    destination: { type: local, path: outbound }
`;

export const GOOD_MAPPING = `version: 1
record: students
write: { file: "students_{date}.csv" }
identity:
  id: Student_Number
  status: Enroll_Status
  birth_date: { column: DOB, format: M/d/yyyy }
  school: SchoolID
fields:
  students.id: { type: direct, column: Student_Number, required: true }
  students.name: Last_Name
  students.gender: { type: match_codes, column: Gender, codes: { M: Male, F: Female } }
`;

export const GOOD_FILES: Readonly<Record<string, string>> = {
  'rosterferry.yaml': GOOD_CONFIG,
  'mappings/students.yaml': GOOD_MAPPING,
};

/** Writes files into a folder of their own, hands it over, and removes it. */
export async function withProject<Answer>(
  files: Readonly<Record<string, string>>,
  work: (folder: string) => Promise<Answer>,
): Promise<Answer> {
  const folder = await mkdtemp(join(tmpdir(), 'rosterferry-config-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text, { mode: 0o600 });
    }
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

export function loadProject(folder: string): Promise<LoadedConfig> {
  return loadConfig(join(folder, 'rosterferry.yaml'));
}

/** Every mistake of a project as `code place: sentence | hint`, paths relative to it. */
export function mistakesOf(files: Readonly<Record<string, string>>): Promise<string[]> {
  return withProject(files, async (folder) => {
    try {
      await loadProject(folder);
      return [];
    } catch (thrown) {
      return errorsOf(thrown).map(({ code, place, message, hint }) =>
        `${code} ${place ? describePlace(place) : 'nowhere'}: ${message} | ${hint}`.replaceAll(
          folder + sep,
          '',
        ),
      );
    }
  });
}

/** What ends with … must only begin so: the words behind it are another room's. */
export function expectMistakes(found: readonly string[], wanted: readonly string[]): void {
  const cut = found.map((line, index) => {
    const want = wanted[index];
    return want?.endsWith('…') && line.startsWith(want.slice(0, -1)) ? want : line;
  });
  expect(cut).to.deep.equal(wanted);
}

/** The text with one part replaced; a part that is not there once is a mistake of the test. */
export function spoil(text: string, part: string, by: string): string {
  if (text.split(part).length !== 2) throw new Error(`"${part}" is not there exactly once`);
  return text.replace(part, () => by);
}
