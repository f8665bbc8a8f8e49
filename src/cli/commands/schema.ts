import { Argument, type Command } from 'commander';
import { jsonSchemaOf, SCHEMA_NAMES, type SchemaName } from '../../config/json-schema.ts';
import type { Act } from '../act.ts';
import { listPresets } from '../load-preset.ts';
import { printJson } from '../print.ts';

export function registerSchema(program: Command, act: Act): void {
  program
    .command('schema')
    .addArgument(new Argument('<kind>', 'the kind of file').choices(SCHEMA_NAMES))
    .action(
      act(async (context, kind: SchemaName) => {
        printJson(context, jsonSchemaOf(kind, await listPresets(context)));
        return 0;
      }),
    );
}
