import { type ByteForm, type PlainBytes, plainBytesOf } from './plain-bytes.ts';

/** One target field: which columns it is made of, and what its ordinary form makes of them. */
export interface CellForm {
  /** Each once. Undefined where it looks at more than the columns that it names. */
  columns: readonly number[] | undefined;
  /** All that its steps do to the value of its one column, where bytes can be told by it. */
  forms: readonly ByteForm[] | undefined;
  /** As it stands in the outbound line; undefined where the row has to be judged by the ordinary forms. */
  textOf(values: readonly string[]): string | undefined;
  /** The same for a value that was made already. */
  carry(value: string): string | undefined;
}

/** The quickest way to the bytes of the ordinary form. */
export type CellWay =
  /** No column has a say in it. */
  | { kind: 'constant'; bytes: Buffer }
  | { kind: 'copied'; column: number; plain: PlainBytes; isTrimmed: boolean }
  /** The ordinary form is asked once for each value of the column. */
  | { kind: 'remembered'; column: number }
  /** It is asked about every row. */
  | { kind: 'asked' };

/** @param isUtf8 the outbound file has every character, and its delimiter is one of ASCII */
export function wayOfCell(form: CellForm, isUtf8: boolean): CellWay {
  const { columns, forms } = form;
  if (columns?.length === 0) {
    const text = form.textOf([]);
    return text === undefined ? { kind: 'asked' } : { kind: 'constant', bytes: Buffer.from(text) };
  }
  const [column] = columns ?? [];
  if (columns?.length !== 1 || column === undefined) return { kind: 'asked' };
  if (!forms) return { kind: 'remembered', column };
  const plain = plainBytesOf(form.carry, { forms, isUtf8 });
  return { kind: 'copied', column, plain, isTrimmed: forms.includes('trim') };
}
