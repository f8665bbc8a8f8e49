import type { Command } from 'commander';
import type { Act } from './act.ts';

type Register = (program: Command, act: Act) => void;

/**
 * Every command, in the order in which the help lists them. Each is loaded when it is typed: `show` needs no SFTP and no
 * parser, and to load them takes longer than to show a report.
 */
const COMMANDS: Readonly<Record<string, () => Promise<Register>>> = {
  init: async () => (await import('./commands/init.ts')).registerInit,
  check: async () => (await import('./commands/check.ts')).registerCheck,
  trust: async () => (await import('./commands/trust.ts')).registerTrust,
  inspect: async () => (await import('./commands/inspect.ts')).registerInspect,
  preview: async () => (await import('./commands/preview.ts')).registerPreview,
  run: async () => (await import('./commands/run.ts')).registerRun,
  start: async () => (await import('./commands/start.ts')).registerStart,
  wake: async () => (await import('./commands/wake.ts')).registerWake,
  status: async () => (await import('./commands/status.ts')).registerStatus,
  runs: async () => (await import('./commands/runs.ts')).registerRuns,
  show: async () => (await import('./commands/show.ts')).registerShow,
  review: async () => (await import('./commands/review.ts')).registerReview,
  approve: async () => (await import('./commands/decide.ts')).registerApprove,
  cancel: async () => (await import('./commands/decide.ts')).registerCancel,
  history: async () => (await import('./commands/history.ts')).registerHistory,
  why: async () => (await import('./commands/why.ts')).registerWhy,
  disclosures: async () => (await import('./commands/disclosures.ts')).registerDisclosures,
  verify: async () => (await import('./commands/verify.ts')).registerVerify,
  purge: async () => (await import('./commands/purge.ts')).registerPurge,
  rebuild: async () => (await import('./commands/rebuild.ts')).registerRebuild,
  replay: async () => (await import('./commands/replay.ts')).registerReplay,
  schema: async () => (await import('./commands/schema.ts')).registerSchema,
  demo: async () => (await import('./commands/demo.ts')).registerDemo,
  docs: async () => (await import('./commands/docs.ts')).registerDocs,
};

/** The command that was typed; all of them where none was, or none that is known: the help and a guess need them. */
export async function chooseCommands(argv: readonly string[]): Promise<Register[]> {
  const word = wordOf(argv) ?? '';
  // Every object has a constructor, and that is no command.
  const load = Object.hasOwn(COMMANDS, word) ? COMMANDS[word] : undefined;
  return load ? [await load()] : Promise.all(Object.values(COMMANDS).map((one) => one()));
}

/** The first word that is no option and no value of one. */
function wordOf(argv: readonly string[]): string | undefined {
  return argv.find((word, at) => !word.startsWith('-') && argv[at - 1] !== '--config');
}
