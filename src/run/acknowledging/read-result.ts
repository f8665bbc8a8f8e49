import { openResultBook, type ResultBook } from '../../acknowledge/read-verdicts.ts';
import type { LoadedConnection } from '../../config/load-connection.ts';
import { openInput } from '../../parse/open-input.ts';

type Acknowledge = NonNullable<LoadedConnection['settings']['acknowledge']>;

/** Every row of a result file. Throws what parsing throws, and missing_column for one that the settings name. */
export async function readResult(path: string, file: string, settings: Acknowledge): Promise<ResultBook> {
  const { read, id, status, message } = settings;
  const wanted = [id, status, ...(message === undefined ? [] : [message])];
  const { header, batches } = await openInput({ path, file, read, wanted });
  const idOf = header.find(id, 'acknowledge.id');
  const statusOf = header.find(status, 'acknowledge.status');
  const messageOf = message === undefined ? () => '' : header.find(message, 'acknowledge.message');
  const [mistake] = header.mistakes();
  if (mistake) throw mistake;
  const book = openResultBook(settings);
  for await (const batch of batches())
    for (const { row, line, values } of batch)
      book.add({ row, line, id: idOf(values), status: statusOf(values), message: messageOf(values) });
  return book;
}
