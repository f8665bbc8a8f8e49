/**
 * Acknowledge: what the importing system answers, and what the district is told.
 *
 * in:       the settings of a connection
 * out:      the same, checked
 * promises: a configuration that names the answer files is read and kept
 * never:    looks for an answer yet: the keys are accepted, and every command says that they are not acted on
 */
import { z } from 'zod';

const columnName = z.string().min(1);

/** The file in which the importing system says what became of each student. */
export const acknowledgeSchema = z.strictObject({
  file: z.string().min(1).describe('The name of the answer file, * standing for any characters.'),
  id: columnName.describe('Its column with the id of the student.'),
  status: columnName.describe('Its column with the outcome.'),
  accepted: z.array(z.string()).min(1).describe('The outcomes that mean: taken over.'),
  message: columnName.optional().describe('Its column with the reason.'),
  within: z
    .string()
    .regex(/^\d+(m|h|d)$/, 'a number and a unit: 30m, 24h, 2d')
    .optional()
    .describe('How long the answer may take.'),
});

/** The result file for the district: each of its rows that was not carried, and why. */
export const answerSchema = z.strictObject({
  to: z.literal('source').default('source').describe('The side that gets the result file.'),
  path: z.string().min(1).describe('The folder at that side.'),
});
