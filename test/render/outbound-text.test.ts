import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { AppError } from '../../src/errors/app-error.ts';
import { openDraft } from '../../src/render/draft.ts';
import { compileOutboundText } from '../../src/render/outbound-text.ts';
import { write } from './a-write.ts';

const TARGETS = ['Student_ID', 'Name'];
const head = (settings: object) => compileOutboundText(write(settings), TARGETS).head.toString();

describe('compileOutboundText', () => {
  it('names the columns as the other side wants them', () => {
    expect(head({})).to.equal('Student_ID,Name\r\n');
    expect(head({ header: false })).to.equal('');
    expect(head({ header: 'lower' })).to.equal('student_id,name\r\n');
    expect(head({ header: 'upper', bom: true })).to.equal('\ufeffSTUDENT_ID,NAME\r\n');
    expect(head({ header: { Name: 'Full "Name"' }, null: 'NULL' })).to.equal(
      'Student_ID,"Full ""Name"""\r\n',
    );
    expect(
      head({
        fixed_width: [
          ['Name', 6],
          ['Student_ID', 12],
        ],
      }),
    ).to.equal('Name  Student_ID  \r\n');
  });

  it('writes bytes of the encoding', () => {
    const latin = compileOutboundText(write({ encoding: 'iso-8859-1', line_ending: 'lf' }), TARGETS);
    expect([...latin.row(['1', 'é'])]).to.deep.equal([0x31, 0x2c, 0xe9, 0x0a]);
    expect([...(latin.recode?.(Buffer.from('é')) ?? [])]).to.deep.equal([0xe9]);
  });

  it('refuses a value that was delivered in a file of another kind, and shows none', () => {
    const { row } = compileOutboundText(write({ quote: 'never' }), TARGETS);
    expect(() => row(['1', 'Lee, Jr.']))
      .to.throw(AppError, /cannot be written in Name: .*the delimiter/)
      .that.satisfies((error: AppError) => error.code === 'not_writable' && !error.message.includes('Lee'));
  });

  it('leaves out the last line end alone', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'outbound-'));
    for (const [encoding, length] of [
      ['utf-8', 2],
      ['utf-16le', 4],
    ] as const) {
      const text = compileOutboundText(write({ final_line_ending: false, encoding }), TARGETS);
      expect(text.bytesToDrop).to.equal(length);
      const path = join(folder, encoding);
      const draft = await openDraft(path, text.bytesToDrop);
      for (const bytes of [text.head, text.row(['1', 'a']), text.row(['2', 'b'])]) draft.append(bytes);
      const { sizeBytes } = await draft.finish();
      await draft.close();
      const bytes = readFileSync(path);
      expect(bytes.length).to.equal(sizeBytes);
      expect(new TextDecoder(encoding).decode(bytes)).to.equal('Student_ID,Name\r\n1,a\r\n2,b');
    }
    rmSync(folder, { recursive: true });
  });
});
