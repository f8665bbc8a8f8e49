import { rmSync } from 'node:fs';
import type { Span } from '../../files/append-file.ts';
import { compileRow } from '../../render/compile-row.ts';
import { openKeptCopy } from '../../render/copy-kept.ts';
import { type FinishedDraft, openDraft } from '../../render/draft.ts';
import { openEncoder } from '../../render/encoder.ts';
import type { FileDraft } from './file-draft.ts';

/** The outbound file of a run: drafted rows as they stand, and records that were written anew. */
export interface OutboundWriter {
  keep(span: Span): void;
  write(values: readonly string[]): void;
  rows(): number;
  /** Undefined where there is no row: a file without a record would tell the other side that there is nobody. */
  finish(): { rows: number; digest: FinishedDraft } | undefined;
  close(): void;
}

export function openOutbound(path: string, { outbound: spool, plan, rules }: FileDraft): OutboundWriter {
  const { write } = plan.mapping;
  const encoder = openEncoder(write.encoding, write.bom);
  const renderRow = compileRow(write);
  const file = openDraft(path);
  const recode = encoder.isUtf8 ? undefined : (bytes: Buffer) => encoder.encode(bytes.toString());
  const kept = openKeptCopy(spool, file, recode);
  let rows = 0;
  file.append(encoder.mark);
  if (write.header) file.append(encoder.encode(renderRow(rules.targets)));
  return {
    rows: () => rows,
    close: file.close,
    keep(span) {
      kept.keep(span);
      rows++;
    },
    write(values) {
      kept.end();
      file.append(encoder.encode(renderRow(values)));
      rows++;
    },
    finish() {
      kept.end();
      const digest = file.finish();
      if (rows > 0) return { rows, digest };
      rmSync(path);
      return undefined;
    },
  };
}
