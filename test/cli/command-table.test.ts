import { expect } from 'chai';
import { Command } from 'commander';
import { COMMANDS } from '../../src/cli/command-table.ts';

describe('cli/command-table', () => {
  for (const [name, { takes = '', load }] of Object.entries(COMMANDS)) {
    it(`says of ${name} what it takes, as the command itself does`, async () => {
      const program = new Command();
      (await load())(program, () => async () => undefined);
      const [command, ...others] = program.commands;
      expect(others).to.deep.equal([]);
      const words = command?.registeredArguments.map((one) =>
        one.required ? `<${one.name()}>` : `[${one.name()}]`,
      );
      expect(`${command?.name()} ${words?.join(' ')}`).to.equal(`${name} ${takes}`);
    });
  }
});
