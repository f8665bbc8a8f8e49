import { rm } from 'node:fs/promises';
import type { AppError } from '../errors/app-error.ts';
import type { Report } from '../report/schema.ts';
import { advance, type OpenRun } from './open-run.ts';
import { now, type RunTools } from './run-tools.ts';
import { writeReport } from './write-report.ts';

/** The run ends here, and nothing of it is at the other side: what is known is reported, the drop stays whole. */
export async function failRun(run: OpenRun, tools: RunTools, known: Report, error: AppError): Promise<void> {
  await rm(run.folder.outbound, { recursive: true, force: true });
  await writeReport(run, {
    ...known,
    run: { ...known.run, outcome: 'failed', finished_at: now(tools) },
    outputs: [],
    totals: Object.fromEntries(
      Object.entries(known.totals).map(([name, totals]) => [name, { ...totals, delivered: 0 }]),
    ),
    error: {
      code: error.code,
      message: error.message,
      hint: error.hint,
      ...(error.place ? { place: { ...error.place } } : {}),
    },
  });
  await advance(run, 'failed', { outputs: [] });
}
