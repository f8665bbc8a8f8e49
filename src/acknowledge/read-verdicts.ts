import type { AcknowledgeSettings } from './schema.ts';

/** One row of a result file, as it was read. */
export interface ResultRow {
  row: number;
  line: number;
  id: string;
  status: string;
  message: string;
}

/** What a result file says of one student. */
export interface StudentVerdict {
  verdict: 'accepted' | 'refused';
  /** The word of the importing system. */
  status: string;
  message: string;
}

/** A row that says nothing: a line of exceptions.csv, but for its file. */
export interface UnclearRow extends ResultRow {
  field: 'id' | 'status';
  code: 'blank_id' | 'blank_status' | 'unknown_status' | 'unknown_student';
  why: string;
}

/** Every row is one of these, and they add up. */
export interface RowCounts {
  read: number;
  accepted: number;
  refused: number;
  unclear: number;
}

export interface ResultBook {
  add(row: ResultRow): void;
  ids(): ReadonlySet<string>;
  /** Closes the book. Students whom nothing was ever delivered for are unclear, whatever is said of them. */
  close(isKnown: (id: string) => boolean): ClosedBook;
}

export interface ClosedBook {
  rows: RowCounts;
  /** One student may have several rows: refused in one is refused. */
  students: ReadonlyMap<string, StudentVerdict>;
  unclear: readonly UnclearRow[];
  /** The words that were found, and how often; those of a column with no codes in it are one. */
  statuses: Readonly<Record<string, number>>;
}

/** Reads row after row of a result file. Ids count as they stand there, without blanks around them; capitals of words do not. */
export function openResultBook(settings: Pick<AcknowledgeSettings, 'accepted' | 'refused'>): ResultBook {
  const verdictOf = compileWords(settings);
  const said = new Map<string, { row: ResultRow; verdict: StudentVerdict['verdict'] }[]>();
  const unclear: UnclearRow[] = [];
  const words = new Map<string, number>();
  let read = 0;
  return {
    add(found) {
      const row = {
        ...found,
        id: found.id.trim(),
        status: found.status.trim(),
        message: found.message.trim(),
      };
      read += 1;
      words.set(row.status, (words.get(row.status) ?? 0) + 1);
      const verdict = verdictOf(row.status);
      if (row.id === '') unclear.push({ ...row, field: 'id', code: 'blank_id', why: 'The row has no id.' });
      else if (typeof verdict === 'object') unclear.push({ ...row, field: 'status', ...verdict });
      else said.set(row.id, [...(said.get(row.id) ?? []), { row, verdict }]);
    },
    ids: () => new Set(said.keys()),
    close(isKnown) {
      const students = new Map<string, StudentVerdict>();
      const rows = { read, accepted: 0, refused: 0, unclear: 0 };
      for (const [id, each] of said) {
        if (isKnown(id)) students.set(id, verdictOfStudent(each));
        else unclear.push(...each.map(({ row }) => ({ ...row, ...UNKNOWN_STUDENT })));
        for (const { verdict } of isKnown(id) ? each : []) rows[verdict] += 1;
      }
      rows.unclear = unclear.length;
      return {
        rows,
        students,
        unclear: unclear.toSorted((a, b) => a.row - b.row),
        statuses: countWords(words),
      };
    },
  };
}

const UNKNOWN_STUDENT = {
  field: 'id',
  code: 'unknown_student',
  why: 'Nothing was ever delivered for a student of this id.',
} as const;

type Unclear = Pick<UnclearRow, 'code' | 'why'>;

function compileWords({ accepted, refused }: Pick<AcknowledgeSettings, 'accepted' | 'refused'>) {
  const plain = (word: string) => word.trim().toLowerCase();
  const yes = new Set(accepted.map(plain));
  const no = refused && new Set(refused.map(plain));
  return (status: string): StudentVerdict['verdict'] | Unclear => {
    const word = plain(status);
    if (yes.has(word)) return 'accepted';
    if (no?.has(word)) return 'refused';
    // A blank says nothing, unless it is listed.
    if (word === '') return { code: 'blank_status', why: 'The row has no outcome.' };
    if (!no) return 'refused';
    return {
      code: 'unknown_status',
      why: 'The outcome is listed neither under acknowledge.accepted nor under acknowledge.refused.',
    };
  };
}

/** Messages of all refusals, each once. */
function verdictOfStudent(
  each: readonly { row: ResultRow; verdict: StudentVerdict['verdict'] }[],
): StudentVerdict {
  const refused = each.filter(({ verdict }) => verdict === 'refused');
  const telling = refused.length > 0 ? refused : each;
  const messages = new Set(telling.map(({ row }) => row.message).filter((message) => message !== ''));
  return {
    verdict: refused.length > 0 ? 'refused' : 'accepted',
    status: telling[0]?.row.status ?? '',
    message: [...messages].join('; '),
  };
}

/** A column with more words than this, or longer ones, holds texts; they stay in the file that is kept. */
const MOST_WORDS = 20;
const LONGEST_WORD = 40;

function countWords(words: ReadonlyMap<string, number>): Record<string, number> {
  const isTexts = words.size > MOST_WORDS || [...words.keys()].some((word) => word.length > LONGEST_WORD);
  const sum = [...words.values()].reduce((total, count) => total + count, 0);
  return isTexts ? { '(texts)': sum } : Object.fromEntries(words);
}
