import { expect } from 'chai';
import { sharedDeliveries } from '../../src/config/shared-deliveries.ts';
import { GOOD_FILES, loadProject, withProject } from './project.ts';

const connection = (name: string, more = '') => `  ${name}:
    source: { type: local, path: ${name} }
    files: { students: { match: "*.csv", mapping: mappings/students.yaml } }
    eligibility: { policy: everyone }
    destination: { type: local, path: out }
${more}`;

async function namesOf(...connections: string[]): Promise<string[]> {
  const text = `version: 1\nconnections:\n${connections.join('')}`;
  let names: string[] = [];
  await withProject({ ...GOOD_FILES, 'rosterferry.yaml': text }, async (folder) => {
    const shared = await sharedDeliveries((await loadProject(folder)).connections.values());
    names = [...shared].map(([name, sentence]) => `${name}: ${sentence.slice(0, 40)}`);
  });
  return names;
}

describe('config/shared-deliveries', () => {
  it('names the later of two that deliver one name into one folder', async () => {
    expect(await namesOf(connection('one'), connection('two'))).to.deep.equal([
      'two: one delivers students_{date}.csv there t',
    ]);
  });

  it('names none that is switched off, or delivers under a name of its own', async () => {
    expect(await namesOf(connection('one'), connection('two', '    enabled: false\n'))).to.deep.equal([]);
    const zip = '    package: { zip: "{connection}.zip" }\n';
    expect(await namesOf(connection('one', zip), connection('two', zip))).to.deep.equal([]);
    const byRun = '    package: { zip: "{run}.zip" }\n';
    expect(await namesOf(connection('one', byRun), connection('two', byRun))).to.deep.equal([]);
  });
});
