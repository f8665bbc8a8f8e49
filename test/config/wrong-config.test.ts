import { expect } from 'chai';
import { expectMistakes, GOOD_CONFIG, GOOD_FILES, mistakesOf, spoil } from './project.ts';

/** What is wrong, the part of a right configuration, what stands there instead, and every mistake that is said. */
type Wrong = readonly [what: string, part: string, by: string, mistakes: readonly string[]];

const WRONG: readonly Wrong[] = [
  [
    'a pattern with a folder',
    'match: "students*.csv"',
    'match: "out/students*.csv"',
    [
      'config_invalid rosterferry.yaml:8:26: connections.riverside.files.students.match is "out/students*.csv", but must be a file name, without folders | Mend this value.',
    ],
  ],
  [
    'a switch that knows one word alone',
    'source: { type: local, path: inbound }',
    'schedule: { watch: false }\n    source: { type: local, path: inbound }',
    [
      'config_invalid rosterferry.yaml:6:24: connections.riverside.schedule.watch is false, but must be true | Mend this value.',
    ],
  ],
  [
    'a look without a pause',
    'source: { type: local, path: inbound }',
    'schedule: { every: 0m }\n    source: { type: local, path: inbound }',
    [
      'config_invalid rosterferry.yaml:6:24: connections.riverside.schedule.every is "0m", but must be longer than nothing | Mend this value.',
    ],
  ],
  [
    'a setting of a host for a folder of this machine',
    'destination: { type: local, path: outbound }\n',
    'destination: { type: local, path: outbound, publish: rename }\n',
    [
      'config_invalid rosterferry.yaml:13:49: connections.riverside.destination has no key publish | It belongs to type: sftp.',
    ],
  ],
  [
    'a day that no calendar has',
    'destination: { type: local, path: outbound }\n',
    'destination: { type: local, path: outbound }\n    archive: { hold: [{ from: 2026-13-01, reason: x }] }\n',
    [
      'config_invalid rosterferry.yaml:14:31: connections.riverside.archive.hold[1].from is "2026-13-01", but must be a day such as 2026-09-01 | Mend this value.',
    ],
  ],
  [
    'a word for a list of one',
    'destination: { type: local, path: outbound }\n',
    'destination: { type: local, path: outbound }\n    notify: { on: held, email: [a@b.example] }\n',
    [
      'config_invalid rosterferry.yaml:14:19: connections.riverside.notify.on is "held", but must be a list | Write it as a list: ["held"].',
    ],
  ],
  [
    'a passphrase without a key of PGP',
    'source: { type: local, path: inbound }',
    'source: { type: local, path: inbound, decrypt: { age: file:k, passphrase: env:P } }',
    [
      'config_invalid rosterferry.yaml:6:79: connections.riverside.source.decrypt.passphrase ("env:P") belongs to a PGP key; add pgp: or take it out | Mend this value.',
    ],
  ],
  [
    'a field of nobody for who is gone',
    'destination: { type: local, path: outbound }\n',
    'destination: { type: local, path: outbound }\n    reconcile: { removed: { deactivate: { students.gendr: Inactive } } }\n',
    [
      'config_invalid rosterferry.yaml:14:59: reconcile.removed.deactivate sets students.gendr, which no mapping of riverside delivers | Did you mean students.gender?',
    ],
  ],
  [
    'no field for who is gone',
    'destination: { type: local, path: outbound }\n',
    'destination: { type: local, path: outbound }\n    reconcile: { removed: { deactivate: {} } }\n',
    [
      'config_invalid rosterferry.yaml:14:29: connections.riverside.reconcile.removed.deactivate needs a field that says that the student is gone, such as { students.status: Inactive } | Mend this value.',
    ],
  ],
  [
    'a later version',
    'version: 1',
    'version: 2',
    ['config_invalid rosterferry.yaml:1:10: version is 2, but must be 1 | Mend this value.'],
  ],
  [
    'no version',
    'version: 1\n',
    '',
    ['config_invalid rosterferry.yaml:1:1: the file lacks version | Add it: 1.'],
  ],
  [
    'a zone that is none',
    'America/Chicago',
    'America/Chicagoo',
    [
      'config_invalid rosterferry.yaml:2:11: timezone is "America/Chicagoo": no time zone of the IANA database, which has names such as America/Chicago | Did you mean America/Chicago?',
    ],
  ],
  [
    'an offset for a zone',
    'America/Chicago',
    '"+06:00"',
    [
      'config_invalid rosterferry.yaml:2:11: timezone is "+06:00": no time zone of the IANA database, which has names such as America/Chicago | Mend this value.',
    ],
  ],
  [
    'an unknown key at the top',
    'archive: {',
    'archiv: {',
    ['config_invalid rosterferry.yaml:3:1: the file has no key archiv | Did you mean archive?'],
  ],
  [
    'an unknown key, far from any',
    'archive: {',
    'qqq: {',
    [
      'config_invalid rosterferry.yaml:3:1: the file has no key qqq | Known here: version, timezone, archive, ledger, mail, console, include, connections.',
    ],
  ],
  [
    'a blank archive',
    'archive: { path: archive }',
    'archive:',
    [
      'config_invalid rosterferry.yaml:3:9: archive is blank, but must be a map with path or retain or encrypt or decrypt | Mend this value.',
    ],
  ],
  [
    'a bad retention',
    'path: archive }',
    'path: archive, retain: { files: 400 } }',
    [
      'config_invalid rosterferry.yaml:3:44: archive.retain.files is 400, but must be a number of days, weeks or years: 400d, 7y | Mend this value.',
    ],
  ],
  [
    'another ledger',
    'archive: { path',
    'ledger: { type: postgres }\narchive: { path',
    [
      'config_invalid rosterferry.yaml:3:17: ledger.type is "postgres", but must be sqlite | Mend this value.',
    ],
  ],
  [
    'a list for a map',
    'connections:\n',
    'connections: []\nx:\n',
    [
      'config_invalid rosterferry.yaml:4:1: connections is an empty list, but must be a map | Mend this value.',
      'config_invalid rosterferry.yaml:5:1: the file has no key x | Known here: version, timezone, archive, ledger, mail, console, include, connections.',
    ],
  ],
  [
    'a name with a space',
    '  riverside:\n',
    '  river side:\n',
    [
      'config_invalid rosterferry.yaml:5:3: connections: the name "river side" must be a name of letters, digits, dash and underscore | Give it another name.',
    ],
  ],
  [
    'a wrong word',
    '    source:',
    '    environment: prod\n    source:',
    [
      'config_invalid rosterferry.yaml:6:18: connections.riverside.environment is "prod", but must be production or sandbox | Did you mean production?',
    ],
  ],
  [
    'a word for a switch',
    '    source:',
    '    enabled: yes\n    source:',
    [
      'config_invalid rosterferry.yaml:6:14: connections.riverside.enabled is "yes", but must be true or false | Did you mean true?',
    ],
  ],
  [
    'a schedule of no kind',
    '    source:',
    '    schedule: { crom: "0 2 * * *" }\n    source:',
    [
      'config_invalid rosterferry.yaml:6:17: connections.riverside.schedule has no key crom | Did you mean cron?',
    ],
  ],
  [
    'two schedules',
    '    source:',
    '    schedule: { every: 5m, cron: "0 2 * * *" }\n    source:',
    [
      'config_invalid rosterferry.yaml:6:5: connections.riverside.schedule must have exactly one of watch, cron, every | Mend this value.',
    ],
  ],
  [
    'a bad duration',
    '    source:',
    '    schedule: { every: 5 minutes }\n    source:',
    [
      'config_invalid rosterferry.yaml:6:24: connections.riverside.schedule.every is "5 minutes", but must be a number and a unit…',
    ],
  ],
  [
    'an hour that no day has',
    '    source:',
    '    schedule: { cron: "0 25 * * *" }\n    source:',
    [
      'config_invalid rosterferry.yaml:6:23: connections.riverside.schedule.cron is "0 25 * * *": no cron expression…',
    ],
  ],
  [
    'a path of known hosts without file:',
    'source: { type: local, path: inbound }',
    'source: { type: sftp, host: h, username: u, path: /out, password: env:P, known_hosts: k }',
    [
      'config_invalid rosterferry.yaml:6:91: connections.riverside.source.known_hosts must be file:PATH | Write file: before the path.',
    ],
  ],
  [
    'a text for a schedule',
    '    source:',
    '    schedule: nightly\n    source:',
    [
      'config_invalid rosterferry.yaml:6:15: connections.riverside.schedule is "nightly", but must be a map with watch, a map with cron or a map with every | Mend this value.',
    ],
  ],
  [
    'a bad day',
    '    source:',
    '    expect: { days: [monday] }\n    source:',
    [
      'config_invalid rosterferry.yaml:6:22: connections.riverside.expect.days[1] is "monday", but must be mon, tue, wed, thu, fri, sat or sun | Did you mean mon?',
    ],
  ],
  [
    'a bad pause',
    '    source:',
    '    pause: [ { from: "06-31x", to: "07-20" } ]\n    source:',
    [
      'config_invalid rosterferry.yaml:6:22: connections.riverside.pause[1].from is "06-31x", but must be a month and a day…',
    ],
  ],
  [
    'a pause that does what no pause does',
    '    source:',
    '    pause: [ { from: "06-10", to: "07-20", mode: hold } ]\n    source:',
    [
      'config_invalid rosterferry.yaml:6:50: connections.riverside.pause[1].mode is "hold", but must be stop or additions_only | Mend this value.',
    ],
  ],
  [
    'schools that are measured against nothing',
    'safeguards: { max_removed: 10% }',
    'safeguards: { per_school: { from: 20 } }',
    [
      'config_invalid rosterferry.yaml:12:19: connections.riverside.safeguards.per_school needs max_removed, max_created or max_updated: what is not given is not measured | Mend this value.',
    ],
  ],
  [
    'a school that is gone with a limit',
    'safeguards: { max_removed: 10% }',
    'safeguards: { school_gone: 10% }',
    [
      'config_invalid rosterferry.yaml:12:32: connections.riverside.safeguards.school_gone is "10%", but must be hold or off | Mend this value.',
    ],
  ],
  [
    'an unknown source',
    'source: { type: local, path: inbound }',
    'source: { type: ftp, path: inbound }',
    [
      'config_invalid rosterferry.yaml:6:21: connections.riverside.source.type is "ftp", but must be local or sftp | Did you mean sftp?',
    ],
  ],
  [
    'no source',
    'source: { type: local, path: inbound }',
    'title: x',
    [
      'config_invalid rosterferry.yaml:5:3: connections.riverside lacks source | Add it: a map with type and path or a map with type and host and username and path.',
    ],
  ],
  [
    'no destination',
    'destination: { type: local, path: outbound }\n',
    '',
    [
      'config_invalid rosterferry.yaml:5:3: connections.riverside lacks destination | Add it: a map with type and path or a map with type and host and username and path.',
    ],
  ],
  [
    'a source without a type',
    'source: { type: local, path: inbound }',
    'source: { path: inbound }',
    ['config_invalid rosterferry.yaml:6:5: connections.riverside.source lacks type | Add it: local or sftp.'],
  ],
  [
    'a key of the other kind of source',
    'source: { type: local, path: inbound }',
    'source: { type: local, path: inbound, host: x }',
    [
      'config_invalid rosterferry.yaml:6:43: connections.riverside.source has no key host | It belongs to type: sftp.',
    ],
  ],
  [
    'a marker without a name',
    'source: { type: local, path: inbound }',
    'source: { type: local, path: inbound, ready: { marker: done } }',
    [
      'config_invalid rosterferry.yaml:6:60: connections.riverside.source.ready.marker is "done", but must be a file name with {name} in it once | Mend this value.',
    ],
  ],
  [
    'what becomes of the files',
    'source: { type: local, path: inbound }',
    'source: { type: local, path: inbound, after: delete }',
    [
      'config_invalid rosterferry.yaml:6:50: connections.riverside.source.after is "delete", but must be remove, leave or a map with move | Mend this value.',
    ],
  ],
  [
    'no login',
    'source: { type: local, path: inbound }',
    'source: { type: sftp, host: sftp.example, username: ferry, path: /out, known_hosts: file:k }',
    [
      'config_invalid rosterferry.yaml:6:5: the source of riverside has neither password nor private_key | Write private_key: file:PATH, or password: env:NAME.',
    ],
  ],
  [
    'no host key',
    'source: { type: local, path: inbound }',
    'source: { type: sftp, host: sftp.example, username: ferry, path: /out, password: env:P }',
    [
      'config_invalid rosterferry.yaml:6:5: the source of riverside names no key by which sftp.example is known | Write host_key: "SHA256:..." with the fingerprint that the owner of the host names, or known_hosts: file:PATH.',
    ],
  ],
  [
    'a passphrase for no key',
    'source: { type: local, path: inbound }',
    'source: { type: sftp, host: sftp.example, username: ferry, path: /out, password: env:P, passphrase: env:Q, known_hosts: file:k }',
    [
      'config_invalid rosterferry.yaml:6:105: the source of riverside has a passphrase and no private_key | Add private_key, or take the passphrase out.',
    ],
  ],
  [
    'a bad host key',
    'source: { type: local, path: inbound }',
    'source: { type: sftp, host: sftp.example, username: ferry, path: /out, password: env:P, host_key: "MD5:aa" }',
    [
      'config_invalid rosterferry.yaml:6:103: connections.riverside.source.host_key is "MD5:aa", but must be a fingerprint such as…',
    ],
  ],
  [
    'a bad port',
    'source: { type: local, path: inbound }',
    'source: { type: sftp, host: sftp.example, username: ferry, path: /out, password: env:P, known_hosts: file:k, port: 70000 }',
    [
      'config_invalid rosterferry.yaml:6:120: connections.riverside.source.port is 70000, but must be at most 65535 | Mend this value.',
    ],
  ],
  [
    'a literal password',
    'source: { type: local, path: inbound }',
    'source: { type: sftp, host: sftp.example, username: ferry, path: /out, password: CANARY, known_hosts: file:k }',
    [
      'secret_literal rosterferry.yaml:6:86: connections.riverside.source.password holds a secret itself; it must be env:NAME or file:PATH | Put it into the environment or a file of mode 0600 and write env:NAME or file:PATH.',
    ],
  ],
  [
    'a literal number',
    'source: { type: local, path: inbound }',
    'source: { type: sftp, host: sftp.example, username: ferry, path: /out, password: 4711, known_hosts: file:k }',
    [
      'secret_literal rosterferry.yaml:6:86: connections.riverside.source.password holds a secret itself; it must be env:NAME or file:PATH | Put it into the environment or a file of mode 0600 and write env:NAME or file:PATH.',
    ],
  ],
  [
    'no file',
    'students: { match: "students*.csv", mapping: mappings/students.yaml }',
    '{}',
    [
      'config_invalid rosterferry.yaml:7:5: connections.riverside.files needs at least one file | Mend this value.',
    ],
  ],
  [
    'a file without a mapping',
    ', mapping: mappings/students.yaml',
    '',
    [
      'config_invalid rosterferry.yaml:8:7: connections.riverside.files.students lacks mapping | Add it: text.',
    ],
  ],
  [
    'a mapping that is not there',
    'mappings/students.yaml',
    'mappings/student.yaml',
    [
      'config_missing rosterferry.yaml:8:52: the file mappings/student.yaml is not there | Create it, or mend the path.',
    ],
  ],
  [
    'an unknown key of a file',
    'match: "stu',
    'requird: true, match: "stu',
    [
      'config_invalid rosterferry.yaml:8:19: connections.riverside.files.students has no key requird | Did you mean required?',
    ],
  ],
  [
    'a policy',
    'eligibility:\n',
    'eligibility:\n      policy: active\n',
    [
      'config_invalid rosterferry.yaml:10:15: connections.riverside.eligibility.policy is "active", but must be active_or_age_eligible, active_only, active_and_age_eligible or everyone | Mend this value.',
    ],
  ],
  [
    'a number of years',
    'max: 21',
    'max: lots',
    [
      'config_invalid rosterferry.yaml:11:27: connections.riverside.eligibility.age.max is "lots", but must be a whole number | Mend this value.',
    ],
  ],
  [
    'min above max',
    'min: 5',
    'min: 22',
    ['config_invalid rosterferry.yaml:11:7: connections.riverside.eligibility.age: min is above max…'],
  ],
  [
    'a day of the year',
    '"09-01"',
    '"09-31"',
    [
      'config_invalid rosterferry.yaml:11:38: connections.riverside.eligibility.age.as_of is "09-31", but must be a month and a day…',
    ],
  ],
  [
    'no statuses',
    'statuses: { active: ["0"], inactive: ["1"] }',
    'policy: active_only',
    ['config_invalid rosterferry.yaml:9:5: The policy active_only needs statuses…'],
  ],
  [
    'a status twice',
    'inactive: ["1"]',
    'inactive: ["0"]',
    [
      'config_invalid rosterferry.yaml:10:45: connections.riverside.eligibility.statuses.inactive[1] ("0") is listed as active…',
    ],
  ],
  [
    'an unknown category',
    'eligibility:\n',
    'eligibility:\n      categories: { new: { column: A, empty: true } }\n      schools: { default: [nwe] }\n',
    [
      'config_invalid rosterferry.yaml:11:28: connections.riverside.eligibility.schools.default[1] ("nwe") is none of the categories…',
    ],
  ],
  [
    'a condition with a slip',
    'eligibility:\n',
    'eligibility:\n      categories: { new: { colum: A, empty: true } }\n',
    [
      'config_invalid rosterferry.yaml:10:28: connections.riverside.eligibility.categories.new has no key colum | Did you mean column?',
    ],
  ],
  [
    'a state that is none',
    'age: { min: 5, max: 21, as_of: "09-01" }',
    'age: { state: Texas }',
    [
      'config_invalid rosterferry.yaml:11:21: connections.riverside.eligibility.age.state is "Texas", but must be two capital letters…',
    ],
  ],
  [
    'an unknown state',
    'age: { min: 5, max: 21, as_of: "09-01" }',
    'age: { state: QQ }',
    ['config_invalid rosterferry.yaml:11:21: the table of states has no row QQ…'],
  ],
  [
    'a list that is not there',
    'eligibility:\n',
    'eligibility:\n      always_include: { file: waivers.csv, id: student_id }\n',
    [
      'config_missing rosterferry.yaml:10:31: the file waivers.csv is not there | Create it, or mend the path.',
    ],
  ],
  [
    'a limit',
    'max_removed: 10%',
    'max_removed: ten',
    [
      'config_invalid rosterferry.yaml:12:32: connections.riverside.safeguards.max_removed is "ten", but must be a percentage such as…',
    ],
  ],
  [
    'a negative limit',
    'max_removed: 10%',
    'max_removed: -1',
    [
      'config_invalid rosterferry.yaml:12:32: connections.riverside.safeguards.max_removed is -1, but must be at least 0 | Mend this value.',
    ],
  ],
  [
    'an unknown limit',
    'max_removed: 10%',
    'max_remove: 10%',
    [
      'config_invalid rosterferry.yaml:12:19: connections.riverside.safeguards has no key max_remove | Did you mean max_removed?',
    ],
  ],
  [
    'on breach',
    'max_removed: 10%',
    'on_breach: stop',
    [
      'config_invalid rosterferry.yaml:12:30: connections.riverside.safeguards.on_breach is "stop", but must be hold or fail | Mend this value.',
    ],
  ],
  [
    'match against no file',
    '    safeguards',
    '    reconcile: { match: { against: student, identify: [a] } }\n    safeguards',
    [
      'config_invalid rosterferry.yaml:12:36: reconcile.match.against names student, which is no file of riverside | Did you mean students?',
    ],
  ],
  [
    'removed',
    '    safeguards',
    '    reconcile: { removed: delete }\n    safeguards',
    [
      'config_invalid rosterferry.yaml:12:27: connections.riverside.reconcile.removed is "delete", but must be report or a map with deactivate | Mend this value.',
    ],
  ],
  [
    'acknowledge',
    'destination: { type: local, path: outbound }\n',
    'destination: { type: local, path: outbound }\n    acknowledge: { file: "r*.csv", id: a, status: b }\n',
    [
      'config_invalid rosterferry.yaml:14:5: connections.riverside.acknowledge lacks accepted | Add it: a list.',
    ],
  ],
  [
    'an answer among the drops',
    'destination: { type: local, path: outbound }\n',
    'destination: { type: local, path: outbound }\n    answer: { path: ../inbound }\n',
    [
      'config_invalid rosterferry.yaml:14:21: the result files for the district would lie among the files of the source | Give them a folder of their own, such as results.',
    ],
  ],
  [
    'an acknowledgement that is the delivery',
    'destination: { type: local, path: outbound }\n',
    'destination: { type: local, path: outbound }\n    acknowledge: { file: "*.csv", id: a, status: b, accepted: [OK], refused: [ok] }\n',
    [
      'config_invalid rosterferry.yaml:14:26: a file that is delivered as students_*.csv could be taken for an answer of the importing system, because it fits *.csv | Make acknowledge.file narrower, or name the folder of the answers under acknowledge.path.',
      'config_invalid rosterferry.yaml:14:69: acknowledge says that ok means both accepted and refused | Mend the line that is named; rosterferry schema config and rosterferry schema mapping list what is allowed.',
    ],
  ],
  [
    'notify nobody',
    'destination: { type: local, path: outbound }\n',
    'destination: { type: local, path: outbound }\n    notify: { on: [held] }\n',
    [
      'config_invalid rosterferry.yaml:14:5: connections.riverside.notify needs email, webhook, or both | Mend this value.',
    ],
  ],
  [
    'a literal webhook',
    'destination: { type: local, path: outbound }\n',
    'destination: { type: local, path: outbound }\n    notify: { on: [held], webhook: "https://CANARY" }\n',
    [
      'secret_literal rosterferry.yaml:14:36: connections.riverside.notify.webhook holds a secret itself; it must be env:NAME or file:PATH | Put it into the environment or a file of mode 0600 and write env:NAME or file:PATH.',
    ],
  ],
  [
    'an address',
    'destination: { type: local, path: outbound }\n',
    'destination: { type: local, path: outbound }\n    notify: { on: [held], email: [registrar] }\n',
    [
      'config_invalid rosterferry.yaml:14:35: connections.riverside.notify.email[1] is "registrar", but must be an e-mail address | Mend this value.',
    ],
  ],
  [
    'the drop folder as destination',
    'destination: { type: local, path: outbound }\n',
    'destination: { type: local, path: inbound }\n',
    [
      'config_invalid rosterferry.yaml:13:39: students_{date}.csv would be delivered into the source folder and taken for the next drop, because it fits students*.csv | Give the destination a folder of its own.',
    ],
  ],
  [
    'a repeated key',
    'destination: { type: local, path: outbound }\n',
    'destination: { type: local, path: outbound }\n    title: a\n    title: b\n',
    [
      'config_invalid rosterferry.yaml:15:5: the key stands here a second time in the same map | Mend the line that is named.',
    ],
  ],
  [
    'a bracket not closed',
    'inactive: ["1"] }',
    'inactive: ["1" }',
    [
      'config_invalid rosterferry.yaml:10:49: the indentation does not fit the lines above, or a bracket is not closed | Mend the line that is named.',
    ],
  ],
  [
    'a tab',
    'destination: { type: local, path: outbound }\n',
    '	destination: {}\n',
    [
      'config_invalid rosterferry.yaml:13:5: a tab is used as indentation; YAML takes spaces only | Mend the line that is named.',
    ],
  ],
  [
    'an include that is not there',
    'connections:\n',
    'include: [more.yaml]\nconnections:\n',
    ['config_missing rosterferry.yaml:4:11: the file more.yaml is not there | Create it, or mend the path.'],
  ],
];

describe('a wrong configuration', () => {
  it('is told from a right one', async () => {
    expect(await mistakesOf(GOOD_FILES)).to.deep.equal([]);
  });

  for (const [what, part, by, mistakes] of WRONG) {
    it(`is told by file, line and column: ${what}`, async () => {
      const files = { ...GOOD_FILES, 'rosterferry.yaml': spoil(GOOD_CONFIG, part, by) };
      expectMistakes(await mistakesOf(files), mistakes);
    });
  }
});
