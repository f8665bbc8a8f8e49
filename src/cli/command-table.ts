import type { Command } from 'commander';
import type { Act } from './act.ts';

export interface Registration {
  /** One line of the help. */
  about: string;
  /** Its arguments, as the help shows them. */
  takes?: string;
  /** For contributors: works, and is not listed. */
  isHidden?: boolean;
  /** Says what the command takes and does. */
  load(): Promise<(program: Command, act: Act) => void>;
}

/**
 * Every command, in the order in which the help lists them. Each is loaded when it is typed: `show` needs no SFTP and no
 * parser, the help needs none of them, and to load them takes longer than to show a report.
 */
export const COMMANDS: Readonly<Record<string, Registration>> = {
  init: {
    about: 'write a working configuration, mappings and a sample drop; refuses to overwrite',
    takes: '[dir]',
    load: async () => (await import('./commands/init.ts')).registerInit,
  },
  check: {
    about:
      'validate configuration and mappings, resolve secrets, reach each host, list its folder and look at its rights; writes nothing there',
    takes: '[connection]',
    load: async () => (await import('./commands/check.ts')).registerCheck,
  },
  trust: {
    about: 'shows the key of an SFTP host, and writes it into the known_hosts file after a yes',
    takes: '<host> [end]',
    load: async () => (await import('./commands/trust.ts')).registerTrust,
  },
  inspect: {
    about: 'shows what a file is: how it is written, and of each column how full, how varied, of what type',
    takes: '<file>',
    load: async () => (await import('./commands/inspect.ts')).registerInspect,
  },
  preview: {
    about:
      'shows sample students from source to target, field by field, and why one would be left out; delivers nothing',
    takes: '<connection>',
    load: async () => (await import('./commands/preview.ts')).registerPreview,
  },
  run: {
    about: 'carries the drop that waits at the source, or the files that are named, now',
    takes: '<connection>',
    load: async () => (await import('./commands/run.ts')).registerRun,
  },
  acknowledge: {
    about: 'reads what the importing system answered, and lists whom it refused',
    takes: '<connection>',
    load: async () => (await import('./commands/acknowledge.ts')).registerAcknowledge,
  },
  start: {
    about:
      'the daemon: watches, polls and schedules until it is stopped; SIGHUP has it read the configuration anew',
    load: async () => (await import('./commands/start.ts')).registerStart,
  },
  wake: {
    about: 'switches the schedule of a sandbox connection on again, for one more run',
    takes: '<connection>',
    load: async () => (await import('./commands/wake.ts')).registerWake,
  },
  status: {
    about:
      'each connection: schedule, last run and its outcome, next run, and what waits for a person, is paused or late',
    load: async () => (await import('./commands/status.ts')).registerStatus,
  },
  runs: {
    about: 'lists runs, newest first',
    takes: '[connection]',
    load: async () => (await import('./commands/runs.ts')).registerRuns,
  },
  show: {
    about: 'prints the report of one run',
    takes: '<run>',
    load: async () => (await import('./commands/show.ts')).registerShow,
  },
  review: {
    about: 'shows what a run asks a person; gives it out as a spreadsheet and takes the filled one back',
    takes: '<run>',
    load: async () => (await import('./commands/review.ts')).registerReview,
  },
  approve: {
    about: 'releases a held run: delivers exactly the files that were held',
    takes: '<run>',
    load: async () => (await import('./commands/decide.ts')).registerApprove,
  },
  cancel: {
    about: 'cancels a held run: delivers nothing, and seals it with the reason',
    takes: '<run>',
    load: async () => (await import('./commands/decide.ts')).registerCancel,
  },
  history: {
    about: 'every run that touched a student: what was sent, before and after',
    takes: '<student-id>',
    load: async () => (await import('./commands/history.ts')).registerHistory,
  },
  why: {
    about: 'why a student is in the last delivery, or is not: of each connection, or of one run',
    takes: '<student-id>',
    load: async () => (await import('./commands/why.ts')).registerWhy,
  },
  disclosures: {
    about: 'every delivered file that carried a student: to whom, when, and with which fields',
    takes: '<student-id>',
    load: async () => (await import('./commands/disclosures.ts')).registerDisclosures,
  },
  verify: {
    about: "recomputes the archive's hashes and chain, and names each file that is missing, added or altered",
    takes: '[connection-or-folder]',
    load: async () => (await import('./commands/verify.ts')).registerVerify,
  },
  purge: {
    about: 'applies retention: destroys what is older, and leaves a sealed record of what went',
    takes: '[connection]',
    load: async () => (await import('./commands/purge.ts')).registerPurge,
  },
  rebuild: {
    about: 'makes the ledger anew from the sealed runs of the archive; losing it loses nothing',
    load: async () => (await import('./commands/rebuild.ts')).registerRebuild,
  },
  replay: {
    about:
      'carries the drop of an archived run again, with the settings of today, as a dry run, and shows what would differ',
    takes: '<run>',
    load: async () => (await import('./commands/replay.ts')).registerReplay,
  },
  schema: {
    about: 'print a JSON Schema, for editors and auditors',
    takes: '<kind>',
    load: async () => (await import('./commands/schema.ts')).registerSchema,
  },
  demo: {
    about:
      'carries two nights of a made-up district of 5,000 students in this folder, and shows both reconciliations',
    load: async () => (await import('./commands/demo.ts')).registerDemo,
  },
  docs: {
    isHidden: true,
    about: 'make the made parts of docs/ anew',
    load: async () => (await import('./commands/docs.ts')).registerDocs,
  },
};
