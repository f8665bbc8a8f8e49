import { AppError } from '../errors/app-error.ts';
import { compileRow, lineEndOf } from './compile-row.ts';
import { openEncoder } from './encoder.ts';
import { compileFit } from './fit-values.ts';
import { headerNames } from './header-names.ts';
import type { WriteSettings } from './schema.ts';

/** The parts of an outbound file as bytes of its encoding. */
export interface OutboundText {
  /** The byte order mark and the header, where the file has them. */
  head: Buffer;
  /** A record that no fitted row of the drop stands for. Throws not_writable. */
  row(values: readonly string[]): Buffer;
  /** Lines of a draft, which are in UTF-8; undefined where they may be copied as they are. */
  recode: ((bytes: Buffer) => Buffer) | undefined;
  /** How many bytes at the very end are not to be written. */
  bytesToDrop: number;
}

/** @param targets the fields in the order of the values */
export function compileOutboundText(write: WriteSettings, targets: readonly string[]): OutboundText {
  const encoder = openEncoder(write.encoding, write.bom);
  const render = compileRow(write, targets);
  const fitValues = compileFit(write, targets);
  const names = headerNames(write, targets);
  const header = names ? compileRow(forNames(write), targets)(names) : '';
  return {
    head: Buffer.concat([encoder.mark, encoder.encode(header)]),
    row(values) {
      const fitted = fitValues(values);
      if ('code' in fitted) throw unfit(fitted.field, fitted.message);
      return encoder.encode(render(fitted));
    },
    recode: encoder.isUtf8 ? undefined : (bytes) => encoder.encode(bytes.toString()),
    bytesToDrop: write.final_line_ending ? 0 : encoder.encode(lineEndOf(write)).length,
  };
}

/** Names are padded with spaces, whatever pads the values. */
function forNames(write: WriteSettings): WriteSettings {
  const { fixed_width } = write;
  return {
    ...write,
    null: '',
    ...(fixed_width && { fixed_width: fixed_width.map((one) => ({ ...one, pad: ' ' })) }),
  };
}

/** What was delivered before is written again; the file may have been of another kind then. */
function unfit(field: string, why: string): AppError {
  return new AppError(
    'not_writable',
    `A record that was delivered before, or a value that is set for removed students, cannot be written in ${field}: ${why}`,
  );
}
