import { CONTACTS_MAPPING } from './contacts-mapping.ts';
import { STUDENTS_MAPPING } from './students-mapping.ts';
import { MAX_AGE, MIN_AGE } from './verdict.ts';

export interface SampleConfigOptions {
  /** The name of the one connection and of its folders; default demo. */
  connection?: string;
  /** An IANA zone; default America/New_York. */
  timezone?: string;
  /** Relative paths are relative to the configuration file. */
  inbound?: string;
  outbound?: string;
  archive?: string;
  /** The folder of the mappings. */
  mappings?: string;
  /** How long a drop must have been quiet; default 5s. */
  quiet?: string;
}

/** The text of a working rosterferry.yaml for the extracts of this room, explained to a newcomer. */
export function sampleConfig(options: SampleConfigOptions = {}): string {
  const name = options.connection ?? 'demo';
  const inbound = options.inbound ?? `inbound/${name}`;
  const outbound = options.outbound ?? `outbound/${name}`;
  const mappings = options.mappings ?? `mappings/${name}`;
  return `# What Rosterferry carries, from where to where, and when. After a change, "rosterferry check" tells whether it is
# in order. Paths are relative to this file.
version: 1

# The day and the hour of everything: what "today" is, when a schedule is due.
timezone: ${options.timezone ?? 'America/New_York'}

# Every run leaves a sealed folder here: the bytes received, the bytes delivered, and the report.
archive: { path: ${options.archive ?? 'archive'} }

connections:
  # One connection joins the folder into which a district drops its files with the system that imports them.
  ${name}:
    title: Sample district to its enrollment system
    environment: production

    # "rosterferry start" watches the source folder and runs when a drop is whole.
    # Other ways: { cron: "30 2 * * *" } at half past two each night, { every: 15m }.
    schedule: { watch: true }

    # Where drops come from. An SFTP server is named with type: sftp, host, username, host_key and a private_key.
    source:
      type: local
      path: ${inbound}
      ready: { quiet: ${options.quiet ?? '5s'} }      # the drop is whole when no file has changed for so long
      after: remove             # what becomes of the files here once the run is sealed in the archive

    # The files of a drop, and the mapping that says how each becomes the file of the other side.
    files:
      students: { match: "students*.csv", mapping: ${mappings}/students.yaml }
      contacts: { match: "contacts*.csv", required: false, mapping: ${mappings}/contacts.yaml }

${RULES}    # Where the finished files go. They appear under their names when they are whole, never before.
    destination: { type: local, path: ${outbound} }
`;
}

/** Who is carried, and at what a person is asked first: the same for every name of the connection. */
const RULES = `    # Which students are carried: the active ones, and those who are not active but still of age to attend.
    eligibility:
      policy: active_or_age_eligible
      # The codes of the status column. A code that is in neither list rejects the row, so that a new code is noticed.
      # PowerSchool: 0 active, -1 pre-enrolled, 1 inactive, 2 transferred out, 3 graduated, 4 imported historical.
      statuses: { active: ["0"], inactive: ["-1", "1", "2", "3", "4"] }
      # Completed years on September 1 of the running school year, both ends included.
      age: { min: ${MIN_AGE}, max: ${MAX_AGE}, as_of: "09-01" }
      school_year_starts: "07-01"

    # A run that would change more than this is held, and a person is asked. These are the defaults; percentages are
    # of the rows read, or of the students last delivered. A first run has nothing to be measured against.
    safeguards:
      min_rows: 1
      max_rejected: 5%
      max_removed: 10%
      max_created: 25%
      max_updated: 50%
      max_size_change: 50%
      on_breach: hold

`;

export interface SampleFile {
  /** Relative to the configuration file, with slashes. */
  path: string;
  content: string;
}

/** The mappings that sampleConfig names. */
export function sampleMappings(connection = 'demo'): SampleFile[] {
  return [
    { path: `mappings/${connection}/students.yaml`, content: STUDENTS_MAPPING },
    { path: `mappings/${connection}/contacts.yaml`, content: CONTACTS_MAPPING },
  ];
}
