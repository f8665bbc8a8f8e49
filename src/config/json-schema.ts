import { z } from 'zod';
import { reportSchema } from '../report/schema.ts';
import { configSchema } from './config-schema.ts';
import { mappingJsonSchema } from './preset-schema.ts';

export const SCHEMA_NAMES = ['config', 'mapping', 'report'] as const;
export type SchemaName = (typeof SCHEMA_NAMES)[number];

const SCHEMAS: Readonly<
  Record<Exclude<SchemaName, 'mapping'>, { schema: z.ZodType; title: string; io: 'input' | 'output' }>
> = {
  config: { schema: configSchema, title: 'rosterferry.yaml', io: 'input' },
  report: { schema: reportSchema, title: 'report.json of Rosterferry', io: 'output' },
};

/**
 * The JSON Schema (draft 2020-12) of a kind of file: of what may be written for config and mapping, of what is
 * written for report. Checks that JSON Schema has no word for, such as that a time zone exists, are left out.
 * @param presets the names that a mapping may start from
 */
export function jsonSchemaOf(name: SchemaName, presets: readonly string[] = []): object {
  if (name === 'mapping') return { title: 'A mapping of Rosterferry', ...mappingJsonSchema(presets) };
  const { schema, title, io } = SCHEMAS[name];
  return { title, ...z.toJSONSchema(schema, { io, unrepresentable: 'any' }) };
}
