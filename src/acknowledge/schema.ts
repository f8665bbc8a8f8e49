/**
 * Acknowledge: what the importing system answers, and what the district is told.
 *
 * in:       the rows of the importing system's result file; what a run could not carry
 * out:      student by student accepted or refused; the rows of the district's result file
 * promises: every row of a result file is one of accepted, refused and unclear, and they add up
 * never:    takes a word that it does not know for a yes
 */
import { z } from 'zod';

const columnName = z.string().min(1);
const words = z.array(z.string()).min(1);

/** The file in which the importing system says what became of each student. */
export const acknowledgeSchema = z.strictObject({
  file: z.string().min(1).describe('The name of the answer file, * standing for any characters.'),
  at: z
    .enum(['destination', 'source'])
    .default('destination')
    .describe('The end of the connection at which it lies.'),
  path: z.string().min(1).default('.').describe('The folder there, relative to the folder of that end.'),
  id: columnName.describe('Its column with the id of the student.'),
  status: columnName.describe('Its column with the outcome.'),
  accepted: words.describe('The outcomes that mean: taken over. Capitals do not count.'),
  refused: words
    .optional()
    .describe('The outcomes that mean: not taken over; every other one but a blank where it is left out.'),
  message: columnName.optional().describe('Its column with the reason.'),
  within: z
    .string()
    .regex(/^\d+(m|h|d)$/, 'a number and a unit: 30m, 24h, 2d')
    .optional()
    .describe('How long the answer may take.'),
});
export type AcknowledgeSettings = z.output<typeof acknowledgeSchema>;

/** The result file for the district. */
export const answerSchema = z.strictObject({
  to: z.literal('source').default('source').describe('The side that gets the result file.'),
  path: z
    .string()
    .min(1)
    .refine((folder) => !/^[./\\]*$/.test(folder), { message: 'a folder other than the drop folder itself' })
    .describe('The folder at that side, relative to the drop folder.'),
});
