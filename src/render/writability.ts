import type { Finding } from '../vocabulary/finding.ts';
import { compileWritable } from './compile-row.ts';
import { openEncoder } from './encoder.ts';
import type { WriteSettings } from './schema.ts';

/**
 * What the outbound file cannot hold: a character that its encoding lacks, or one that would need quotes where
 * the mapping allows none. Nothing is replaced silently: the row is rejected and says so.
 */
export function compileWritability(
  write: WriteSettings,
  targets: readonly string[],
): (values: readonly string[]) => Finding | undefined {
  const encoder = openEncoder(write.encoding, false);
  const fitsUnquoted = compileWritable(write);
  const takesAll = write.quote !== 'never' && /^utf-?(8|16)/i.test(write.encoding);
  if (takesAll) return () => undefined;
  return (values) => {
    for (const [at, value] of values.entries()) {
      const field = targets[at] ?? '';
      if (!encoder.has(value))
        return finding(field, value, `The value has a character that ${write.encoding} lacks`);
      if (!fitsUnquoted(value))
        return finding(
          field,
          value,
          'The value has a delimiter, a quote or a line end, and quote: never allows none',
        );
    }
    return undefined;
  };
}

function finding(field: string, value: string, message: string): Finding {
  return { code: 'not_encodable', field, message, value };
}
