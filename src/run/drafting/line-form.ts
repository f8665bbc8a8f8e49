import type { CellForm } from '../../bytewise/cell-form.ts';
import type { LineForm } from '../../bytewise/compile-line.ts';
import type { CompiledMapping } from '../../mapping/compile-mapping.ts';
import { compileCell, lineEndOf } from '../../render/compile-row.ts';
import { openEncoder } from '../../render/encoder.ts';
import { compileFitValue } from '../../render/fit-values.ts';
import type { WriteSettings } from '../../render/schema.ts';

/** A target field with its ordinary forms: mapping, fitting, and the cell that comes of it. */
export interface OrdinaryCell extends CellForm {
  /** The value that goes out, before it is written; undefined where the row has to be judged. */
  valueOf(values: readonly string[]): string | undefined;
}

/**
 * The line of a record as its ordinary forms write it, cell by cell. Undefined where it is more than its cells: places of a
 * fixed width, a text that stands for a blank, a single field, or values that other rows and the house have a say in.
 */
export function lineFormOf(
  write: WriteSettings,
  { targets, fields }: CompiledMapping,
): (LineForm & { cells: readonly OrdinaryCell[] }) | undefined {
  const isPlain = !write.fixed_width && write.null === '' && targets.length > 1;
  if (!isPlain || fields.some(({ columns }) => columns === undefined)) return undefined;
  const fitValue = compileFitValue(write, targets);
  const render = compileCell(write);
  const cells = fields.map(({ columns, forms, map }, target): OrdinaryCell => {
    const fitted = (value: string) => {
      const made = fitValue(value, target);
      return typeof made === 'string' ? made : undefined;
    };
    const carry = (value: string) => {
      const made = fitted(value);
      return made === undefined ? undefined : render(made);
    };
    const mapped = (values: readonly string[]) => {
      const value = map(values);
      return typeof value === 'string' ? value : undefined;
    };
    const ask = (values: readonly string[], then: (value: string) => string | undefined) => {
      const value = mapped(values);
      return value === undefined ? undefined : then(value);
    };
    return {
      ...{ columns, forms, carry },
      valueOf: (values) => ask(values, fitted),
      textOf: (values) => ask(values, carry),
    };
  });
  const { isUtf8 } = openEncoder(write.encoding, false);
  return { cells, delimiter: write.delimiter, lineEnd: lineEndOf(write), isUtf8 };
}
