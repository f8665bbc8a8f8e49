import { join } from 'node:path';
import { openInput } from '../../parse/open-input.ts';
import { readSchema } from '../../parse/schema.ts';
import type { RowRemark } from '../../vocabulary/row-remark.ts';

/** What exceptions.csv says of each row, row by row, as they stand there: file by file, in the order of the rows. */
export async function* readRemarks(runFolder: string): AsyncGenerator<[RowRemark, ...RowRemark[]]> {
  const file = 'exceptions.csv';
  const read = readSchema.parse({ encoding: 'utf-8', delimiter: ',' });
  const { batches } = await openInput({ path: join(runFolder, file), file, read, wanted: [] });
  let group: [RowRemark, ...RowRemark[]] | undefined;
  for await (const batch of batches())
    for (const { values } of batch) {
      const remark = asRemark(values);
      if (group && group[0].file === remark.file && group[0].row === remark.row) group.push(remark);
      else {
        if (group) yield group;
        group = [remark];
      }
    }
  if (group) yield group;
}

function asRemark(values: readonly string[]): RowRemark {
  const [file = '', row, line, studentId = '', field = '', code = '', message = ''] = values;
  return { file, row: Number(row), line: Number(line), studentId, field, code, message };
}
