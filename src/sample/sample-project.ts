import { type SampleConfigOptions, type SampleFile, sampleConfig, sampleMappings } from './config.ts';
import { emptyContents } from './contents.ts';
import { planDistrict } from './district.ts';
import { renderContacts } from './render-contacts.ts';
import { renderStudents } from './render-students.ts';

export interface SampleProjectOptions extends Pick<SampleConfigOptions, 'connection' | 'timezone'> {
  students: number;
  seed: number;
  /** yyyy-MM-dd, best today's: ages and grades fit its school year. */
  businessDate?: string;
}

/** A day of the first school year that the sample was made for. */
const BUSINESS_DATE = '2026-11-22';

/** Everything that a first run needs: configuration, mappings, a small drop, and the folder that it is delivered to. */
export function sampleProject(options: SampleProjectOptions): SampleFile[] {
  const { connection = 'demo', seed, students } = options;
  const plan = planDistrict({
    seed,
    students,
    night: 0,
    businessDate: options.businessDate ?? BUSINESS_DATE,
  });
  const contents = emptyContents(plan.night);
  return [
    { path: 'rosterferry.yaml', content: sampleConfig({ ...options, connection }) },
    ...sampleMappings(connection),
    { path: `inbound/${connection}/students.csv`, content: [...renderStudents(plan, contents)].join('') },
    { path: `inbound/${connection}/contacts.csv`, content: [...renderContacts(plan, contents)].join('') },
    // A destination folder that is not there is an error, never made by the way.
    { path: `outbound/${connection}/.gitkeep`, content: '' },
  ];
}
