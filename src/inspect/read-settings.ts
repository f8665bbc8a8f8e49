import type { ReadSettings } from '../parse/schema.ts';
import { readSchema } from '../parse/schema.ts';
import type { Dialect } from './profile.ts';

/** A dialect as the `read` of a mapping would say it. */
export function readSettingsOf(dialect: Dialect, columns: readonly string[]): ReadSettings {
  return readSchema.parse({
    delimiter: dialect.delimiter,
    quote: dialect.quote,
    escape: dialect.escape,
    skip_lines: dialect.skipLines,
    ...(dialect.hasHeader ? {} : { header: [...columns] }),
  });
}
