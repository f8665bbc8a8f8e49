import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { describePause, pauseOn } from '../../src/reconcile/pause.ts';
import { type ReconcileFacts, reconcile } from '../../src/reconcile/reconcile.ts';
import { pauseSchema, safeguardsSchema } from '../../src/reconcile/schema.ts';
import { buildReport } from '../../src/report/build-report.ts';
import { renderReportText } from '../../src/report/report-text.ts';
import type { SchoolCounts } from '../../src/vocabulary/school-counts.ts';
import type { Totals } from '../../src/vocabulary/totals.ts';
import { sampleFacts } from '../report/sample-facts.ts';
import { balancedBooks } from './books.ts';

const PAGE = join(import.meta.dirname, '../../docs/safeguards.md');

/** A night of one file, and the limits that it is held against; the others are wide open. */
interface Night {
  counts?: Partial<Totals>;
  last?: number;
  settings?: object;
  facts?: Partial<ReconcileFacts>;
}

const OPEN = {
  max_rejected: '100%',
  max_removed: '100%',
  max_created: '100%',
  max_updated: '100%',
  max_size_change: '1000%',
};

function judge({ counts = {}, last = 0, settings = {}, facts = {} }: Night) {
  const books = balancedBooks(counts);
  const all: ReconcileFacts = {
    deliver: 'full',
    outputs: [{ name: 'students', rows: books.totals.delivered }],
    deactivationsSent: new Map(),
    businessDate: '2026-11-22',
    firstRun: false,
    lastDelivered: new Map([['students', last]]),
    bytes: new Map(),
    ...facts,
  };
  return reconcile(new Map([['students', books]]), all, safeguardsSchema.parse(settings));
}

const WORDS = { release: 'goes out', hold: 'is held', fail: 'fails' } as const;

describe('docs/safeguards.md', () => {
  let page = '';
  before(async () => {
    page = await readFile(PAGE, 'utf8');
  });

  function partOf(name: string): string {
    const [, part] = new RegExp(`<!-- checked: ${name} -->\n(.*?)<!-- end -->`, 's').exec(page) ?? [];
    if (part === undefined) throw new Error(`no part ${name}`);
    return part;
  }

  function rowsOf(name: string): string[][] {
    const rows = partOf(name).trim().split('\n').slice(2);
    expect(rows.length).to.be.greaterThan(2);
    return rows.map((row) =>
      row
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  }

  it('measures as it says', () => {
    const seen = new Set<string>();
    for (const [limit = '', tonight = '', value, what] of rowsOf('limits')) {
      const [, key = '', setting = ''] = /^`(\w+): (.+)`$/.exec(limit) ?? [];
      const settings = { ...OPEN, [key]: setting.endsWith('%') ? setting : Number(setting) };
      const { safeguards, verdict } = judge({ ...nightOf(tonight), settings });
      expect(safeguards.find((one) => one.name === key)?.value, tonight).to.equal(value);
      expect(WORDS[verdict], tonight).to.equal(what);
      seen.add(key);
    }
    expect([...seen].sort()).to.deep.equal(['min_rows', ...Object.keys(OPEN)].sort());
  });

  it('rounds as it says', () => {
    const { safeguards, verdict } = judge({ counts: { removed: 20_001, unchanged: 1 }, last: 200_000 });
    expect(safeguards.find((one) => one.name === 'max_removed')?.value).to.equal('10.001%');
    expect(verdict).to.equal('hold');
  });

  it('turns over when it says', () => {
    const settings = { rollover: {} };
    for (const [businessDate = '', limit, what] of rowsOf('rollover')) {
      const counts = { removed: 600, unchanged: 400 };
      const { safeguards, verdict } = judge({ counts, last: 1000, settings, facts: { businessDate } });
      expect(safeguards.find((one) => one.name === 'max_removed')?.limit, businessDate).to.equal(limit);
      expect(WORDS[verdict], businessDate).to.equal(what);
    }
  });

  it('says of a school that is gone what it says', () => {
    for (const [last, removed, removedBySelection, rollover, sentence] of rowsOf('schools')) {
      const { reasons } = judge({
        ...ofSchool({
          last: Number(last),
          removed: Number(removed),
          removedBySelection: Number(removedBySelection),
        }),
        settings: rollover === 'yes' ? { rollover: { from: '01-01', to: '12-31' } } : {},
      });
      expect(reasons.join(' ')).to.equal(sentence);
    }
  });

  it('measures a school as it says', () => {
    const settings = { per_school: { max_removed: '30%', from: 25 } };
    for (const [last = '', removed, value, what] of rowsOf('per_school')) {
      const counts = { last: Number(last), removed: Number(removed), carried: 1 };
      const { safeguards, verdict } = judge({ ...ofSchool(counts), settings });
      const breach = safeguards.find((one) => one.school === '410');
      expect(WORDS[verdict], last).to.equal(what);
      if (verdict === 'hold') expect(breach?.value).to.equal(value);
      else expect(breach).to.equal(undefined);
    }
  });

  it('pauses when it says', () => {
    const pauses = pauseSchema.parse([
      { from: '06-10', to: '07-20', reason: 'summer' },
      { from: '12-20', to: '01-05', reason: 'winter break', mode: 'additions_only' },
    ]);
    for (const [day = '', what] of rowsOf('pause')) {
      const pause = pauseOn(day, pauses);
      expect(pause ? describePause(pause) : 'everything is carried', day).to.equal(what);
    }
  });

  it('shows a held run as the terminal does', () => {
    const counts = { unchanged: 4688, ineligible: 312, removed: 312 };
    const night = ofSchool({ last: 312, removed: 312, removedBySelection: 312 });
    const { reasons, safeguards } = judge({ ...night, counts, last: 5000 });
    const facts = sampleFacts();
    const report = buildReport({
      ...facts,
      run: { ...facts.run, trigger: 'watch' },
      outcome: 'held',
      books: new Map([['students', balancedBooks(counts)]]),
      outputs: facts.outputs.map((output) => ({ ...output, rows: 4688 })),
      heldReasons: reasons,
      safeguards,
    });
    const shown = partOf('held').replaceAll(/```(?:text)?\n/g, '');
    expect(renderReportText(report, { width: 119 }).startsWith(`${shown}\n`)).to.equal(true);
  });
});

function nightOf(tonight: string): Night {
  const [, first = '', word = '', base = ''] =
    /^([\d,]+) (removed of|created of|updated of|of|rows?|bytes after) ?([\d,]*)/.exec(tonight) ?? [];
  const count = Number(first.replaceAll(',', ''));
  const last = Number(base.replaceAll(',', ''));
  switch (word) {
    case 'row':
    case 'rows':
      return { counts: { unchanged: count } };
    case 'of':
      return { counts: { rejected: count, unchanged: last - count } };
    case 'bytes after':
      return {
        counts: { unchanged: 1 },
        facts: { bytes: new Map([['students', count]]), lastBytes: new Map([['students', last]]) },
      };
    default:
      return { counts: { unchanged: 1, [word.slice(0, -' of'.length)]: count }, last };
  }
}

function ofSchool(counts: Partial<SchoolCounts>): Night {
  const school = {
    last: 0,
    carried: 0,
    created: 0,
    changed: 0,
    removed: 0,
    removedBySelection: 0,
    ...counts,
  };
  return {
    counts: { unchanged: 20_000 },
    last: 20_000,
    facts: { schools: new Map([['students', new Map([['410', school]])]]) },
  };
}
