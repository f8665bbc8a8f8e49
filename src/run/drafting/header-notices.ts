import type { CompiledMapping } from '../../mapping/compile-mapping.ts';
import type { InputFile } from '../../parse/open-input.ts';
import type { Notice } from '../../vocabulary/run.ts';

/**
 * What is worth knowing of the columns of a file though it stopped nothing.
 * @param mapping a field that lacks one of its columns and has another is not blank
 */
export function headerNotices(
  header: Pick<InputFile['header'], 'unused' | 'absent' | 'alike'>,
  file: string,
  { targets, absent: isAbsent }: Pick<CompiledMapping, 'targets' | 'absent'>,
): Notice[] {
  const filled = new Set(targets.filter((_target, at) => !isAbsent[at]));
  const absent = header
    .absent()
    .map((usedBy) => usedBy.replace(/^fields\./, ''))
    .filter((field) => !filled.has(field));
  const alike = header.alike().map(({ asked, column }) => `${column} for ${asked}`);
  const said: [code: string, what: string, names: readonly string[]][] = [
    ['unused_columns', 'The mapping uses none of', header.unused()],
    ['absent_columns', 'Blank, because the file has no column for them', absent],
    ['alike_columns', 'Taken, though the mapping names them a little otherwise', alike],
  ];
  return said.flatMap(([code, what, names]) =>
    names.length === 0 ? [] : [{ code, message: `${what}: ${names.join(', ')}`, file }],
  );
}
