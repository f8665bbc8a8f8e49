import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import { renderReportDocs } from '../../src/report/docs-tables.ts';
import { FINDING_CODES } from '../../src/vocabulary/finding.ts';

describe('report/docs-tables', () => {
  it('has made docs/reports.md, which knows every code', async () => {
    const page = await readFile(new URL('../../docs/reports.md', import.meta.url), 'utf8');
    expect(page).to.equal(renderReportDocs(page));
    for (const [code, meaning] of Object.entries(FINDING_CODES))
      expect(page).to.include(`| \`${code}\` | ${meaning} |`);
    for (const part of ['equations', 'totals', 'reasons', 'removed', 'waiting', 'safeguards', 'codes'])
      expect(page).to.include(`<!-- made: ${part} -->`);
  });

  it('leaves what stands around the markers', () => {
    const page =
      'before\n<!-- made: removed -->\nold\n<!-- end -->\nafter\n<!-- made: nonsense -->\nkept\n<!-- end -->\n';
    const made = renderReportDocs(page);
    expect(made).to.match(
      /^before\n[\s\S]*`absent`[\s\S]*\nafter\n<!-- made: nonsense -->\nkept\n<!-- end -->\n$/,
    );
    expect(made).to.not.include('old');
  });
});
