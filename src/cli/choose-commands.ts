import type { Command } from 'commander';
import type { Act } from './act.ts';
import { COMMANDS } from './command-table.ts';

/**
 * Registers the command that was typed. Where none was, or none that is known, it registers the names of all: the help and a
 * guess need no more.
 */
export async function chooseCommands(program: Command, act: Act, argv: readonly string[]): Promise<void> {
  const name = commandIn(argv);
  // Every object has a constructor, and that is no command.
  const chosen = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!chosen) return nameAll(program);
  const register = await chosen.load();
  register(program, act);
  program.commands.at(-1)?.description(chosen.about);
}

function nameAll(program: Command): void {
  for (const [name, { about, takes = '', isHidden = false }] of Object.entries(COMMANDS))
    program.command(`${name} ${takes}`, { hidden: isHidden }).description(about);
}

/** The first word that is no option and no value of one; after `help`, the next one. */
function commandIn(argv: readonly string[]): string {
  const words = argv.filter((word, at) => !word.startsWith('-') && argv[at - 1] !== '--config');
  return (words[0] === 'help' ? words[1] : words[0]) ?? '';
}
