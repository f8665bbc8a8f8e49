import { expect } from 'chai';
import { answerReader, writeTodo } from '../../src/report/answer-reader.ts';
import { buildReport, type ReportFacts } from '../../src/report/build-report.ts';
import { emptyBooks } from '../../src/vocabulary/totals.ts';
import { sampleFacts } from './sample-facts.ts';

const ID = '20261122T093000Z-riverside-4f2a91';

function todoOf(held: number, given: Partial<ReportFacts> = {}): string[] {
  const books = emptyBooks();
  books.totals.held = held;
  const report = buildReport(sampleFacts({ books: new Map([['students', books]]), ...given }));
  return answerReader(report).todo.map(writeTodo);
}

describe('report/answer-reader', () => {
  const waiting = new Map([['students', { match: 1 }]]);

  it('asks nothing of anybody where nothing waits', () => {
    expect(todoOf(0)).to.deep.equal([]);
  });

  it('names the records that wait, also where the run itself went out', () => {
    expect(todoOf(1, { waiting })).to.deep.equal([
      `1 record waits for a person (1 likely match): rosterferry review ${ID} lists it`,
    ]);
    expect(todoOf(3)).to.deep.equal([`3 records wait for a person: rosterferry review ${ID} lists them`]);
  });

  it('leads through a held run: why, look, then release or cancel', () => {
    const heldReasons = ['School 410 is gone.'];
    const end = [
      `Then release it: rosterferry approve ${ID}`,
      `Or cancel it: rosterferry cancel ${ID} --reason "..."`,
    ];
    expect(todoOf(0, { outcome: 'held', heldReasons })).to.deep.equal([
      'School 410 is gone.',
      `Look through it: rosterferry review ${ID}`,
      ...end,
    ]);
    expect(todoOf(2, { outcome: 'held', heldReasons })).to.deep.equal([
      'School 410 is gone.',
      `2 records wait for a person: rosterferry review ${ID} lists them`,
      ...end,
    ]);
  });

  it('keeps the commands apart, to be typed as they stand', () => {
    const { todo } = answerReader(buildReport(sampleFacts({ outcome: 'held' })));
    expect(todo.flatMap(({ command }) => (command === undefined ? [] : [command]))).to.deep.equal([
      `rosterferry review ${ID}`,
      `rosterferry approve ${ID}`,
      `rosterferry cancel ${ID} --reason "..."`,
    ]);
  });

  it('names the first dozen reasons, and says how many more there are', () => {
    const heldReasons = Array.from({ length: 40 }, (_, at) => `School ${at} is gone.`);
    const todo = todoOf(0, { outcome: 'held', heldReasons });
    expect(todo.slice(11, 14)).to.deep.equal([
      'School 11 is gone.',
      'And 28 more reasons; the safeguards list them.',
      `Look through it: rosterferry review ${ID}`,
    ]);
  });

  it('asks for no decision about a run that is over, or that was none', () => {
    expect(todoOf(2, { outcome: 'cancelled', waiting })).to.deep.equal([]);
    expect(todoOf(2, { outcome: 'failed', waiting })).to.deep.equal([]);
    expect(todoOf(2, { outcome: 'dry_run', waiting })).to.deep.equal([
      '2 records would wait for a person (1 likely match).',
    ]);
  });

  it('counts what is asked where no row is held for it, but not what nobody waits for', () => {
    const questions = new Map([['students', { difference: 2, left_out: 9, removed: 400 }]]);
    expect(todoOf(0, { waiting: questions })).to.deep.equal([
      `2 records wait for a person (2 differences): rosterferry review ${ID} lists them`,
    ]);
  });
});
