import { expect } from 'chai';
import { buildReport } from '../../src/report/build-report.ts';
import { describeRule } from '../../src/report/describe-rule.ts';
import { sampleFacts } from './sample-facts.ts';

function ruleOf(reason: Parameters<typeof describeRule>[0], settings: Record<string, string>): string {
  return describeRule(reason, buildReport(sampleFacts({ settings })));
}

describe('report/describe-rule', () => {
  it('says the rule of the connection behind a reason', () => {
    const settings = {
      policy: 'active_only',
      age: '5 to 21 completed years on 2026-09-01',
      statuses: 'active: A',
    };
    expect(ruleOf('age', settings)).to.equal(
      'Only active students are carried. Of age: 5 to 21 completed years on 2026-09-01.',
    );
    expect(ruleOf('status', settings)).to.equal('Only active students are carried. Statuses: active: A.');
    expect(ruleOf('school', { schools: '410: future', categories: 'future, enrolled' })).to.equal(
      'The school of the student does not carry this category of students. Carried of each school: 410: future. Categories: future, enrolled.',
    );
  });

  it('says what the reason means everywhere where a report of an older version has no settings', () => {
    expect(ruleOf('age', {})).to.equal('The student is outside the ages that the policy carries.');
    expect(ruleOf('student_not_carried', { policy: 'everyone' })).to.equal(
      'The row belongs to a student who is not carried.',
    );
  });
});
