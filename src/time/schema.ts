import { z } from 'zod';
import { isCalendarDate } from './calendar-date.ts';

/** A day of every year, MM-dd. 02-29 is one; it is 02-28 where that February has 28 days. */
export const monthDay = z
  .string()
  .refine(
    (text) => /^\d\d-\d\d$/.test(text) && isCalendarDate(`2028-${text}`),
    'must be a month and a day: 09-01',
  );
