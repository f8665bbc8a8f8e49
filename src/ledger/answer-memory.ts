/** What the importing system said of a student. */
export type AnswerVerdict = 'accepted' | 'refused';

export interface SaidOfStudent {
  verdict: AnswerVerdict;
  /** In the words of the importing system; blank once retention has destroyed the file in which they stood. */
  status: string;
  message: string;
}

/** One result file of the importing system, as it was sealed. */
export interface AppliedAcknowledgement {
  /** The link of the chain. */
  id: string;
  connection: string;
  /** The run that it answers. */
  run: string;
  /** ISO 8601 with offset: when it was read. */
  at: string;
  file: string;
  sha256: string;
  /** Students. */
  accepted: number;
  refused: number;
}

export interface StudentAnswer extends SaidOfStudent {
  id: string;
  acknowledgement: AppliedAcknowledgement;
}

export interface RefusedStudent extends StudentAnswer {
  /** Since then refused without a break: the run of the first of these answers. */
  sinceRun: string;
  since: string;
}

/** What the ledger knows of a student whom a result file names. */
export interface AnsweredStudent {
  /** Whether the run that is answered changed what is delivered for the student. */
  isTouched: boolean;
  last: SaidOfStudent | undefined;
}

/**
 * What importing systems answered, from sealed acknowledgements. A student is told of where the answer is news: refused in
 * other words than before, or accepted after a refusal, or the run sent the record new or changed.
 */
export interface AnswerMemory {
  /** Of one student, under whichever id, connection by connection and there the oldest first. */
  about(id: string, connection?: string): Promise<StudentAnswer[]>;
  /** Who is still delivered and was refused last, by id. */
  refused(connection: string): Promise<RefusedStudent[]>;
  /** The one that was read last comes first. */
  acknowledgements(connection: string): Promise<AppliedAcknowledgement[]>;
  /** Of these students those for whom something was ever delivered. */
  known(connection: string, run: string, ids: Iterable<string>): Promise<Map<string, AnsweredStudent>>;
}
