import { rmSync } from 'node:fs';
import type { Span } from '../../files/append-file.ts';
import { openKeptCopy } from '../../render/copy-kept.ts';
import { type FinishedDraft, openDraft } from '../../render/draft.ts';
import { compileOutboundText } from '../../render/outbound-text.ts';
import type { FileDraft } from './file-draft.ts';

/** The outbound file of a run: drafted rows as they stand, and records that were written anew. */
export interface OutboundWriter {
  /** @param records how many of them stand in the span */
  keep(span: Span, records?: number): void;
  write(values: readonly string[]): void;
  rows(): number;
  /**
   * Undefined where there is no row, unless the header alone is asked for: a file without a record would tell the other
   * side that there is nobody.
   */
  finish(): Promise<{ rows: number; digest: FinishedDraft } | undefined>;
  /** See Draft. */
  pause(): Promise<void> | undefined;
  close(): Promise<void>;
}

/** How an outbound file is made. */
export interface OutboundForm {
  /** Without the header: its records go behind those of another file. */
  isContinued: boolean;
  /** Out of the drafted lines, which are gone after: they are kept in their order, and nobody reads them then. */
  isInPlace: boolean;
}

export async function openOutbound(
  path: string,
  { outbound: spool, plan, rules, writer }: FileDraft,
  { isContinued, isInPlace }: OutboundForm,
): Promise<OutboundWriter> {
  const { write } = plan.mapping;
  const text = compileOutboundText(write, rules.targets);
  // It was opened before anybody knew.
  if (!isInPlace) await writer?.end();
  const file =
    isInPlace && writer
      ? writer.open(path, text.bytesToDrop, spool)
      : await openDraft(path, text.bytesToDrop, isInPlace ? spool : undefined);
  const { recode } = text;
  const kept = openKeptCopy((span) =>
    recode ? file.append(recode(spool.read(span))) : file.copy(spool, span),
  );
  let rows = 0;
  if (!isContinued) file.append(text.head);
  return {
    rows: () => rows,
    close: file.close,
    pause: file.pause,
    keep(span, records = 1) {
      kept.keep(span);
      rows += records;
    },
    write(values) {
      kept.end();
      file.append(text.row(values));
      rows++;
    },
    async finish() {
      kept.end();
      const digest = await file.finish();
      const isWanted = !isContinued && write.header !== false && write.empty === 'header';
      if (rows > 0 || isWanted) return { rows, digest };
      rmSync(path);
      return undefined;
    },
  };
}
