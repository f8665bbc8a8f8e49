/** The drops of a story, and what has to come of each. */
import type { Dice } from '../year/dice.ts';

export interface SimDrop {
  /** Three digits that stand in each of its files, so that every file tells of which drop it is. */
  tag: string;
  /** A bad one cannot be read, and is to be refused. */
  isGood: boolean;
  /** By the names of the connection. */
  files: Readonly<Record<'students' | 'contacts', string>>;
  /** What is delivered of it; nothing of a bad one. */
  outputs: readonly string[];
  /** The sender wrote over it, perhaps before it was taken. */
  isOverwritten: boolean;
}

export const FILES = ['students', 'contacts'] as const;
const HEADER = 'ID,Last,First,DOB,Gender,Status,School,Grade';

export function makeDrop(number: number, dice: Dice): SimDrop {
  const tag = String(number).padStart(3, '0');
  const isGood = dice.chance(0.9);
  const students = isGood
    ? `${HEADER}\n1,Lee${tag},Ann,5/1/2015,F,A,10,5\n2,Diaz,Bob,6/2/2014,M,A,10,6\n3,Old,Gus,1/1/1990,M,G,10,12\n`
    : `ID,Last\n1,Lee${tag}\n`;
  return {
    tag,
    isGood,
    files: { students, contacts: `ID,Name\n1,Mum${tag}\n3,Kin\n` },
    outputs: isGood
      ? [
          `student_id,last_name,first_name,birth_date,gender\r\n1,Lee${tag},Ann,2015-05-01,Female\r\n2,Diaz,Bob,2014-06-02,Male\r\n`,
          `student_id,name\r\n1,Mum${tag}\r\n`,
        ]
      : [],
    isOverwritten: false,
  };
}

/** The tag of a file, of a drop or delivered; blank where it has none. */
export function tagOf(text: string): string {
  return /(?:Lee|Mum)(\d{3})/.exec(text)?.[1] ?? '';
}
