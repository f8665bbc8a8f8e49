/** The rules of the house as tables: which room may import which, and which room is the door to which package. */

const FOUNDATIONS = [
  'vocabulary',
  'errors',
  'package',
  'threads',
  'time',
  'log',
  'files',
  'sftp',
  'conditions',
  'likeness',
  'bytewise',
  'encryption',
  'phones',
] as const;

/** In the order in which a drop walks through them. */
export const CORRIDOR = [
  'source',
  'unwrap',
  'parse',
  'eligibility',
  'mapping',
  'tally',
  'compare',
  'render',
  'reconcile',
  'deliver',
  'acknowledge',
  'report',
  'archive',
] as const;

const STATIONS = Object.fromEntries(CORRIDOR.map((room) => [room, [...FOUNDATIONS]]));

/** Each room and the rooms that it may import from; itself always. */
export const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  vocabulary: [],
  errors: [],
  time: ['vocabulary', 'errors'],
  log: ['errors', 'time'],
  package: [],
  threads: ['errors', 'package'],
  files: ['errors', 'threads'],
  sftp: ['vocabulary', 'errors', 'time', 'log', 'files'],
  conditions: ['vocabulary', 'errors', 'time'],
  likeness: [],
  bytewise: [],
  encryption: ['vocabulary', 'errors', 'files'],
  phones: [],
  ...STATIONS,
  notify: [...FOUNDATIONS],
  ledger: [...FOUNDATIONS],
  review: [...FOUNDATIONS],
  daemon: ['vocabulary', 'errors', 'time', 'log', 'files'],
  sample: [...FOUNDATIONS],
  inspect: [...FOUNDATIONS, 'parse', 'mapping'],
  config: [...FOUNDATIONS, ...CORRIDOR, 'ledger', 'daemon', 'notify', 'console'],
  run: [...FOUNDATIONS, ...CORRIDOR, 'ledger', 'review', 'config', 'notify'],
  console: [...FOUNDATIONS, 'ledger', 'archive', 'report'],
  cli: [
    ...FOUNDATIONS,
    ...CORRIDOR,
    'ledger',
    'review',
    'daemon',
    'notify',
    'config',
    'inspect',
    'run',
    'console',
    'sample',
  ],
  'main.ts': ['cli'],
};

/** What `config` may import from the rooms that are no foundations, beside their schema.ts: checks without a row or a file. */
export const CONFIG_MAY_ALSO_IMPORT: readonly string[] = [
  'eligibility/state-rules.ts',
  'eligibility/why-incomplete.ts',
  'mapping/match-codes.ts',
  'parse/read-table.ts',
  'render/why-unwritable.ts',
  'render/oneroster-files.ts',
];

/** Rooms that touch nothing outside: no file, no network, no clock. */
export const PURE_ROOMS = new Set([
  'vocabulary',
  'errors',
  'conditions',
  'likeness',
  'bytewise',
  'eligibility',
  'mapping',
  'compare',
  'reconcile',
  'report',
  'review',
]);

/** Rooms of which only these files touch the outside. */
export const OUTSIDE_FILES: Readonly<Record<string, readonly string[]>> = {
  sample: ['sample/write-district.ts'],
  inspect: ['inspect/profile-file.ts'],
};

/** Each outside package and the rooms that may import it. zod has a rule of its own. */
export const DOORS: Readonly<Record<string, readonly string[]>> = {
  luxon: ['time'],
  'ssh2-sftp-client': ['sftp'],
  ssh2: ['sftp'],
  'csv-parse': ['parse'],
  'csv-stringify': ['report'],
  'node-cron': ['daemon'],
  chokidar: ['daemon'],
  yaml: ['config'],
  pino: ['log'],
  'iconv-lite': ['parse', 'render'],
  hono: ['report', 'console'],
  'libphonenumber-js': ['phones'],
  yauzl: ['unwrap'],
  yazl: ['render'],
  openpgp: ['encryption'],
  'age-encryption': ['encryption'],
  'd3-sankey': ['report'],
  'd3-shape': ['report'],
  nodemailer: ['notify'],
  'prom-client': ['console'],
  '@hono/node-server': ['console'],
  commander: ['cli'],
  'cli-progress': ['cli'],
  'fastest-levenshtein': ['likeness', 'config'],
};

/** The embedded database is an outside thing too, though it comes with Node. */
export const NODE_DOORS: Readonly<Record<string, readonly string[]>> = { 'node:sqlite': ['ledger'] };

export const EMPTY_NAMES = new Set([
  'utils',
  'util',
  'helpers',
  'helper',
  'common',
  'shared',
  'misc',
  'lib',
  'types',
  'constants',
  'manager',
  'service',
  'index',
]);

export const LONGEST_FILE = 200;
export const LONGEST_FUNCTION = 60;
