/** Drops of one student, and what has to come of them. */
import { CONNECTION } from '../builders/project.ts';

export const HEADER = 'ID,Last,First,DOB,Gender,Status,School,Grade\n';
export const CANARY = /Canary/;
/** Of which a whole drop may change. */
export const ROOMY = CONNECTION.replace('max_rejected: 100%', 'max_updated: 100%, max_size_change: 1000%');

export const dropOf = (last: string) => `${HEADER}1,${last},Ann,5/1/2015,F,A,10,5\n`;
export const outOf = (last: string) =>
  `student_id,last_name,first_name,birth_date,gender\r\n1,${last},Ann,2015-05-01,Female\r\n`;
