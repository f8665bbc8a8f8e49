import { join } from 'node:path';
import { openDraft } from '../render/draft.ts';
import { renderFileName } from '../render/file-name.ts';
import { changesHeader } from '../report/changes-csv.ts';
import { exceptionsHeader } from '../report/exceptions-csv.ts';
import { formatSchoolYear } from '../time/school-year.ts';
import type { RunDay } from '../vocabulary/run.ts';
import { type AssembledFile, assembleFile } from './assemble-file.ts';
import type { FileDraft } from './draft-file.ts';
import type { OpenRun, OutputRecord } from './open-run.ts';

/** A drop whose files are ready to be judged: their books, and what would go out. */
export interface DraftedDrop {
  assembled: AssembledFile[];
  outputs: OutputRecord[];
}

/** Settled files to the outbound files, exceptions.csv and changes.csv of the run. */
export function assembleDrop(run: OpenRun, drafts: readonly FileDraft[], day: RunDay): DraftedDrop {
  const exceptions = openDraft(join(run.folder.path, 'exceptions.csv'));
  const changes = openDraft(join(run.folder.path, 'changes.csv'));
  try {
    exceptions.append(Buffer.from(exceptionsHeader));
    changes.append(Buffer.from(changesHeader));
    const assembled = drafts.map((draft) => {
      const file = renderFileName(draft.plan.mapping.write.file, nameTokens(run, day));
      return assembleFile(draft, {
        outboundFolder: run.folder.outbound,
        file,
        droppedAs: draft.input.file,
        exceptions,
        changes,
      });
    });
    exceptions.finish();
    changes.finish();
    const outputs = assembled.flatMap(({ name, output }) => {
      if (!output) return [];
      return [{ name, file: output.file, rows: output.rows, digest: output.digest, deliveredAt: '' }];
    });
    return { assembled, outputs };
  } finally {
    exceptions.close();
    changes.close();
  }
}

function nameTokens(run: OpenRun, day: RunDay) {
  const { facts } = run.record;
  return {
    date: day.date,
    time: day.time,
    school_year: formatSchoolYear(day.schoolYear, 'start'),
    run: facts.id,
    connection: facts.connection,
  };
}
