import { expect } from 'chai';
import { z } from 'zod';
import { AppError } from '../../src/errors/app-error.ts';
import { buildReport, renderReportJson } from '../../src/report/build-report.ts';
import { reportSchema } from '../../src/report/schema.ts';
import { emptyBooks } from '../../src/vocabulary/totals.ts';
import { sampleFacts } from './sample-facts.ts';

describe('report/build-report', () => {
  it('puts the keys in one order, and fits its own schema', () => {
    const report = buildReport(sampleFacts());
    expect(Object.keys(report).slice(0, 11)).to.deep.equal([
      'schema',
      'run',
      'inputs',
      'outputs',
      'totals',
      'ineligible',
      'removed',
      'rejected',
      'safeguards',
      'decisions',
      'balanced',
    ]);
    expect(report.schema).to.equal('rosterferry/report/1');
    expect(Object.keys(report.run)).to.deep.equal([
      'id',
      'connection',
      'environment',
      'trigger',
      'business_date',
      'started_at',
      'finished_at',
      'outcome',
    ]);
    expect(Object.keys(report.totals.students ?? {})).to.deep.equal(Object.keys(emptyBooks().totals));
    expect(reportSchema.parse(JSON.parse(renderReportJson(report)))).to.deep.equal(report);
  });

  it('lists the codes that occurred, and every reason', () => {
    const report = buildReport(sampleFacts());
    expect(report.rejected).to.deep.equal({ students: { unknown_status: 7, bad_date: 5 } });
    expect(Object.keys(report.rejected.students ?? {})).to.deep.equal(['unknown_status', 'bad_date']);
    expect(report.ineligible).to.deep.equal({
      students: { never_include: 0, school: 21, status: 0, age: 391, student_not_carried: 0 },
    });
    expect(report.removed).to.deep.equal({ students: { absent: 0, ineligible: 0 } });
  });

  it('leaves out what a run did not have', () => {
    const report = buildReport(sampleFacts());
    expect(report).to.not.have.any.keys('error', 'held', 'lane', 'imbalances', 'notices', 'waiting');
    const quiet = new Map([
      ['students', { match: 0 }],
      ['contacts', {}],
    ]);
    expect(buildReport(sampleFacts({ waiting: quiet }))).to.not.have.any.keys('waiting');
  });

  it('takes an error of ours as it is', () => {
    const error = new AppError('missing_column', 'The header has no column DOB.', {
      place: { file: 'students.csv', line: 1 },
    });
    const report = buildReport(sampleFacts({ outcome: 'failed', outputs: [], books: new Map(), error }));
    expect(report.error).to.deep.equal({
      code: 'missing_column',
      message: 'The header has no column DOB.',
      hint: error.hint,
      place: { file: 'students.csv', line: 1 },
    });
    expect(reportSchema.parse(report)).to.deep.equal(report);
  });

  it('keeps decisions whole, with whatever they carry', () => {
    const decisions = [
      { decision: 'approve', by: 'registrar', at: '2026-11-22T08:00:00-06:00', reason: 'ok', extra: 1 },
    ];
    const report = buildReport(sampleFacts({ decisions }));
    expect(reportSchema.parse(report).decisions).to.deep.equal(decisions);
  });

  it('says what waits for a person, and which school a limit is about', () => {
    const waiting = new Map([['students', { match: 2, difference: 0, reactivated: 1 }]]);
    const gone = {
      name: 'school_gone',
      file: 'students',
      school: '410',
      limit: 'hold',
      value: '312',
      breached: true,
    };
    const report = buildReport(sampleFacts({ waiting, safeguards: [gone] }));
    expect(report.waiting).to.deep.equal({ students: { match: 2, difference: 0, reactivated: 1 } });
    expect(report.safeguards).to.deep.equal([gone]);
    expect(reportSchema.parse(JSON.parse(renderReportJson(report)))).to.deep.equal(report);
  });

  it('knows the keys of a decision about a record', () => {
    const who = { decision: 'corrected', by: 'm.lee', at: '2026-11-22T08:00:00-06:00' };
    const about = { file: 'students', student_id: '00123', field: 'students.DOB', before: 'a', after: 'b' };
    const report = buildReport(sampleFacts({ decisions: [{ ...who, ...about }] }));
    expect(reportSchema.parse(report).decisions).to.deep.equal([{ ...who, ...about }]);
    const spoiled = { ...report, decisions: [{ ...who, student_id: 123 }] };
    expect(reportSchema.safeParse(spoiled).success).to.equal(false);
  });

  it('is the same byte for byte for the same facts, and ends in a newline', () => {
    const text = renderReportJson(buildReport(sampleFacts()));
    expect(text).to.equal(renderReportJson(buildReport(sampleFacts())));
    expect(text.endsWith('}\n')).to.equal(true);
  });

  it('survives a file of an awkward name', () => {
    const books = new Map([['__proto__', emptyBooks()]]);
    const report = JSON.parse(renderReportJson(buildReport(sampleFacts({ books }))));
    expect(Object.keys(report.totals)).to.deep.equal(['__proto__']);
  });

  it('has a schema that auditors can print', () => {
    const schema = z.toJSONSchema(reportSchema);
    expect(schema.required).to.include.members(['run', 'totals', 'balanced']).and.not.include('error');
  });
});
