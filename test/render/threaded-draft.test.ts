import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { asAppError } from '../../src/errors/app-error.ts';
import { openAppendFile } from '../../src/files/append-file.ts';
import { type DraftWriter, openDraftWriter } from '../../src/render/threaded-draft.ts';
import { faultOf } from '../doubles/fault-of.ts';
import { useTempFolders } from '../doubles/temp-folder.ts';

describe('a draft that another thread writes', () => {
  const newTempFolder = useTempFolders();
  let writer: DraftWriter;
  beforeEach(() => {
    writer = openDraftWriter();
  });
  afterEach(() => writer.end());

  async function lines(text: string) {
    const folder = await newTempFolder();
    const over = openAppendFile(join(folder, 'lines'));
    return { folder, over, span: over.append(Buffer.from(text)) };
  }

  it('has what was not yet written out when it began', async () => {
    const { folder, over, span } = await lines('1,Moss\n2,Fern\n');
    const draft = writer.open(join(folder, 'out.csv'), 0, over);
    draft.append(Buffer.from('id,name\n'));
    draft.copy(over, span);
    const { sizeBytes } = await draft.finish();
    await draft.close();
    over.close();
    expect(readFileSync(join(folder, 'out.csv'), 'utf8')).to.equal('id,name\n1,Moss\n2,Fern\n');
    expect(sizeBytes).to.equal(22);
  });

  it('asks to wait while much new text is on its way, and not for long', async () => {
    const { folder, over } = await lines('');
    const draft = writer.open(join(folder, 'out.csv'), 0, over);
    let waits = 0;
    for (let at = 0; at < 200; at++) {
      const pause = draft.pause();
      if (pause) waits += 1;
      await pause;
      draft.append(Buffer.alloc(1 << 17, 'x'));
    }
    expect(waits).to.be.greaterThan(0);
    expect((await draft.finish()).sizeBytes).to.equal(200 << 17);
    over.close();
  });

  it('tells what befell the thread, in its words, where it ends', async () => {
    const { folder, over, span } = await lines('1,Moss\n');
    const draft = writer.open(join(folder, 'gone', 'out.csv'), 0, over);
    draft.copy(over, span);
    const { code, message } = await faultOf(draft.finish());
    expect(code).to.equal('local_io');
    expect(message).to.contain(`Cannot write ${join(folder, 'gone', 'out.csv')}: ENOENT`);
    over.close();
  });

  it('tells it before, to whoever hands over more', async () => {
    const { folder, over } = await lines('');
    const draft = writer.open(join(folder, 'gone', 'out.csv'), 0, over);
    await faultOf(draft.finish());
    const more = async () => {
      for (let at = 0; at < 9; at++) draft.append(Buffer.alloc(1 << 18));
    };
    expect((await more().catch(asAppError))?.code).to.equal('local_io');
    over.close();
  });

  it('is a defect where the thread ends without an answer', async () => {
    const { folder, over, span } = await lines('1,Moss\n');
    const draft = writer.open(join(folder, 'out.csv'), 0, over);
    draft.copy(over, span);
    await writer.end();
    expect((await faultOf(draft.finish())).code).to.equal('defect');
    over.close();
  });
});
