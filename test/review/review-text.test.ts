import { expect } from 'chai';
import { reviewDocument } from '../../src/review/review-document.ts';
import { countKinds, renderReviewText } from '../../src/review/review-text.ts';
import { DIFFERENCE, decisionOf, ITEMS, item, questionsOf } from '../builders/review.ts';

describe('review/review-text', () => {
  it('groups the questions by kind, with what a person needs to know', () => {
    const text = renderReviewText(questionsOf()).map((line) => ' '.repeat(line.indent) + line.text);
    expect(text).to.include.members([
      'About the run as a whole (safeguard): 1',
      'Potential matches (match): 1',
      '  students 0012: A student of the other side is like this one.',
      '      S-123: 93, same birth date, last name one letter different',
      '      existing: 555-0199',
      '      new: 555-0101',
    ]);
  });

  it('shows the first few of each kind and counts the others', () => {
    const many = Array.from({ length: 12 }, (_, at) => item({ id: String(at), candidates: [] }));
    const text = renderReviewText(questionsOf(many)).map((line) => line.text);
    expect(text.filter((line) => line.startsWith('students '))).to.have.length(5);
    expect(text).to.include('... and 7 more');
    expect(countKinds(questionsOf(many))).to.deep.equal({ match: 12 });
  });

  it('says what was decided already, and by whom', () => {
    const text = renderReviewText(questionsOf(ITEMS, [decisionOf()])).map((line) => line.text);
    expect(text).to.include('Potential matches (match): 1, 1 decided');
    expect(text).to.include('decided: new, by ann, 2026-11-22T04:00:00.000-06:00');
  });

  it('is a document for programs', () => {
    const [one] = reviewDocument(questionsOf([DIFFERENCE]));
    expect(one).to.deep.include({
      kind: 'difference',
      student_id: '0013',
      existing: '555-0199',
      new: '555-0101',
      decisions: ['new', 'keep_existing', 'value', 'leave_out'],
      decision: null,
    });
  });
});
