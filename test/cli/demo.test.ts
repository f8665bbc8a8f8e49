import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { verifyPath } from '../../src/archive/verify-archive.ts';
import { useTempFolders } from '../doubles/temp-folder.ts';
import { rosterferryProcess } from './rosterferry.ts';

describe('rosterferry demo', () => {
  const newTempFolder = useTempFolders();

  it('carries two nights in an empty folder, and shows where everything lies', async () => {
    const cwd = await newTempFolder();
    const { exit, stdout, stderr } = await rosterferryProcess(['demo'], { cwd });
    expect(exit, stderr).to.equal(0);
    expect(stdout).to.match(/^\nrows +first night: students +first night: contacts +second night: students/);
    expect(stdout.match(/delivered, the books balance\./g)).to.have.length(2);
    const reports = [...stdout.matchAll(/^ {2}report +(.+)report\.html$/gm)].map(([, folder = '']) => folder);
    expect(reports).to.have.length(2);
    for (const folder of reports) {
      const report = JSON.parse(await readFile(join(cwd, folder.replace(cwd, ''), 'report.json'), 'utf8'));
      expect(report.balanced).to.equal(true);
      expect(report.totals.students.read).to.be.greaterThan(4900);
      expect(report.totals.students.rejected).to.be.greaterThan(0);
    }
    for (const [, path = '', rows = ''] of stdout.matchAll(/^ {2}outbound +(\S+) \((\d+) rows\)$/gm)) {
      const lines = (await readFile(join(cwd, path), 'utf8')).trimEnd().split('\r\n');
      expect(lines.length, path).to.equal(Number(rows) + 1);
    }
    expect((await verifyPath(join(cwd, 'archive'))).problems).to.deep.equal([]);
  });
});
