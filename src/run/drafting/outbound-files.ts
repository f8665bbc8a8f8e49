import { join } from 'node:path';
import { AppError } from '../../errors/app-error.ts';
import { type AppendFile, openAppendFile, type Span } from '../../files/append-file.ts';
import { whyUnsafe } from '../../files/safe-name.ts';
import type { FinishedDraft } from '../../render/draft.ts';
import { isBySchool, renderSchoolName } from '../../render/file-name.ts';
import type { FileDraft } from './file-draft.ts';
import { type OutboundForm, openOutbound } from './outbound-writer.ts';

/** A drafted file. */
export interface DraftedFile {
  file: string;
  rows: number;
  digest: FinishedDraft;
}

/** What becomes of the records of one file of the drop: one outbound file, or one a school. */
export interface OutboundFiles {
  /** Whether the schools of the records matter. */
  isBySchool: boolean;
  /** A drafted record as it stands, or so many that are neighbours. */
  keep(span: Span, school: string, records?: number): void;
  write(values: readonly string[], school: string): void;
  rows(): number;
  /** No file has no record, unless `write.empty` asks for its header. */
  finish(): Promise<DraftedFile[]>;
  /** See Draft. */
  pause(): Promise<void> | undefined;
  close(): Promise<void>;
}

export interface OutboundPlace extends OutboundForm {
  outboundFolder: string;
  workFolder: string;
  /** The name at the other side, {school} still in it. */
  file: string;
}

export async function openOutboundFiles(place: OutboundPlace, draft: FileDraft): Promise<OutboundFiles> {
  return isBySchool(place.file) ? openBySchool(place, draft) : openWhole(place, draft);
}

async function openWhole(place: OutboundPlace, draft: FileDraft): Promise<OutboundFiles> {
  const { outboundFolder, file } = place;
  const writer = await openOutbound(join(outboundFolder, file), draft, place);
  return {
    isBySchool: false,
    keep: (span, _, records) => writer.keep(span, records),
    write: writer.write,
    rows: writer.rows,
    close: writer.close,
    pause: writer.pause,
    async finish() {
      const finished = await writer.finish();
      return finished ? [{ file, ...finished }] : [];
    },
  };
}

/** Where records of a school lie until its file is written: drafted ones, neighbours together, or one written anew. */
type Piece = { kind: 'drafted' | 'anew'; span: Span; records: number };

/** A file a school, written one after the other when all is known: a district has more schools than open files. */
function openBySchool(place: OutboundPlace, draft: FileDraft): OutboundFiles {
  const schools = new Map<string, Piece[]>();
  const anew = openAppendFile(join(place.workFolder, `${draft.name}.anew`));
  let rows = 0;

  function add(school: string, piece: Piece): void {
    const name = school.trim();
    const pieces = schools.get(name);
    if (pieces) pieces.push(piece);
    else schools.set(name, [piece]);
    rows += piece.records;
  }

  return {
    isBySchool: true,
    keep: (span, school, records = 1) => add(school, { kind: 'drafted', span, records }),
    write(values, school) {
      add(school, { kind: 'anew', span: anew.appendText(JSON.stringify(values)), records: 1 });
    },
    rows: () => rows,
    // Nothing is written before the end.
    pause: () => undefined,
    close: async () => anew.close(),
    async finish() {
      const files: DraftedFile[] = [];
      for (const [school, pieces] of [...schools].toSorted(([a], [b]) => (a < b ? -1 : 1)))
        files.push(...(await writeSchool({ place, draft, anew }, school, pieces)));
      return files;
    },
  };
}

async function writeSchool(
  { place, draft, anew }: { place: OutboundPlace; draft: FileDraft; anew: AppendFile },
  school: string,
  pieces: readonly Piece[],
): Promise<DraftedFile[]> {
  const file = renderSchoolName(place.file, school);
  const why = whyUnsafe(file);
  if (why !== undefined)
    throw new AppError('unsafe_name', `The outbound file of a school cannot be named: ${why}`, {
      hint: 'Mend the school codes in the extract, or take {school} out of write.file of the mapping.',
    });
  const writer = await openOutbound(join(place.outboundFolder, file), draft, place);
  try {
    for (const { kind, span, records } of pieces)
      if (kind === 'drafted') writer.keep(span, records);
      else writer.write(JSON.parse(anew.read(span).toString()));
    const finished = await writer.finish();
    return finished ? [{ file, ...finished }] : [];
  } finally {
    await writer.close();
  }
}
