import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { renderPresetsPage } from '../../src/cli/presets-page.ts';
import { makeProject } from '../builders/project.ts';

const PAGE = await readFile(join(import.meta.dirname, '../../docs/presets.md'), 'utf8');

describe('docs/presets.md', () => {
  it('is up to date; rosterferry docs makes it anew', async () => {
    expect(await renderPresetsPage(PAGE)).to.equal(PAGE);
  });

  it('shows what a run does', async () => {
    const [mapping = '', extract = '', outbound = ''] = [...PAGE.matchAll(/```(?:yaml|csv)\n(.*?)```/gs)].map(
      ([, text = '']) => text,
    );
    const project = await makeProject({
      connection: `
source: { type: local, path: inbound, ready: { quiet: 1ms } }
files: { students: { match: "students*.csv", mapping: students.yaml } }
eligibility: { policy: everyone }
destination: { type: local, path: outbound }
`,
      mappings: { 'students.yaml': mapping },
    });
    try {
      await project.drop({ 'students.csv': extract });
      await project.carry();
      const written = await project.read(join(project.outbound, 'Student.txt'));
      expect(written.replaceAll('\r\n', '\n')).to.equal(outbound);
    } finally {
      await project.remove();
    }
  });
});
